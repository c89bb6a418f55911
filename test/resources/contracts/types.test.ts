import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventTypes } from '../../../resources/contracts/types';
import type { DeclaredStream } from '../../../resources/streams/declared';
import { declaredOnDev } from '../../support/in-process-stage';

const typesOf = (schemas: Readonly<Record<string, object>>) =>
  eventTypes(
    Object.entries(schemas).map(([name, schema]) => ({
      ...(declaredOnDev({ a: {} })[0] as DeclaredStream),
      name,
      contract: { schemaFile: 'a.json', sampleFile: 'b.json', schema, sample: '{}' },
    })),
  );

test('the type of an event, its definitions and what its schema says of them', () => {
  expect(eventTypes(declaredOnDev({ orders: { schema: 'schemas/order.json' } }))).toBe(`\
// The events of streams.ts, from their schemas. Written by each package, deploy and start, and by
// npx serverless contracts. Do not edit: change the schema.

/** Order. An order as the shop places it. */
export interface OrdersEvent {
  orderId: string;
  customerId: string;
  placedAt: string;
  currency?: "EUR" | "USD" | "GBP";
  note?: string | null;
  lines: OrdersEventLine[];
}

export interface OrdersEventLine {
  sku: string;
  quantity: number;
  price?: number;
}
`);
});

test('streams without a schema have none', () => {
  expect(eventTypes(declaredOnDev({ clicks: {} }))).not.toContain('export');
});

test.each<[object, string]>([
  [
    { type: 'object', required: ['a-b'], properties: { c: {} } },
    '{ c?: unknown; "a-b": unknown; [name: string]: unknown; }',
  ],
  [{ type: 'object', additionalProperties: { type: 'integer' } }, '{ [name: string]: number; }'],
  [
    {
      type: 'object',
      patternProperties: { '^x': { type: 'string' }, '^y': { type: 'boolean' } },
      additionalProperties: false,
    },
    '{ [name: string]: string | boolean; }',
  ],
  [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
  [
    { type: ['array', 'null'], items: { type: ['string', 'number'] } },
    '(string | number)[] | null',
  ],
  [
    { items: [{ type: 'string' }, { enum: [1, 2] }], additionalItems: false, type: 'array' },
    '[string?, (1 | 2)?]',
  ],
  [{ items: [{ type: 'string' }], type: 'array' }, '[string?, ...unknown[]]'],
  [{ enum: ['a', null, { b: ['*/'] }] }, '"a" | null | {"b":["*/"]}'],
  [
    {
      type: 'object',
      properties: { a: { type: 'string' } },
      additionalProperties: false,
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    '{ a?: string; } & ({ a: unknown; [name: string]: unknown; } | { b: unknown; [name: string]: unknown; })',
  ],
  [{ oneOf: [{ type: 'string' }, {}] }, 'unknown'],
  [
    {
      allOf: [{ $ref: '#/definitions/a' }],
      definitions: { a: { type: 'object', properties: { next: { $ref: '#/definitions/a' } } } },
    },
    'XEventA',
  ],
  [{ minLength: 1 }, 'unknown'],
])('%j is %s', (schema, type) => {
  const [, first = ''] = typesOf({ x: schema }).split(/^export (?:interface|type) XEvent (?:= )?/m);
  const [own = ''] = first.split(/;?\n(?:\n|$)/);
  expect(own.replaceAll(/\s+/g, ' ')).toBe(type);
});

test('a comment cannot be left by what a schema says', () => {
  const text = typesOf({ x: { description: 'a */ b\nc', type: 'string' } });
  expect(text).toContain('/**\n * a *\\/ b\n * c\n */\nexport type XEvent = string;');
});

test('names of definitions that come to the same stay apart', () => {
  const text = typesOf({
    x: {
      definitions: { line: { type: 'string' }, Line: { type: 'number' } },
      properties: { a: { $ref: '#/definitions/Line' } },
    },
  });
  expect(text).toContain('a?: XEventLine2;');
  expect(text).toContain('export type XEventLine2 = number;');
});

test('TypeScript takes the sample, and refuses what is not so', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'types-'));
  try {
    const [orders] = declaredOnDev({ orders: { schema: 'schemas/order.json' } });
    writeFileSync(path.join(folder, 'events.d.ts'), eventTypes(orders ? [orders] : []));
    writeFileSync(
      path.join(folder, 'use.ts'),
      `import type { OrdersEvent } from './events';
export const good: OrdersEvent = ${orders?.contract?.sample};
// @ts-expect-error a member that the schema does not have
export const bad: OrdersEvent = { ...good, custmerId: 'c-7' };
// @ts-expect-error a number for a text
export const worse: OrdersEvent['lines'] = [{ sku: 7, quantity: 1 }];
`,
    );
    const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
    const compilerOptions = { strict: true, noEmit: true, types: [] };
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['use.ts'] }),
    );
    const compile = () => execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(compile).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
