import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contractOf } from '../../../resources/contracts/contract';

const folder = mkdtempSync(path.join(tmpdir(), 'contract-'));
mkdirSync(path.join(folder, 'schemas'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown) =>
  writeFileSync(
    path.join(folder, name),
    typeof content === 'string' ? content : JSON.stringify(content),
  );

const SCHEMA = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };

const contract = (settings: Parameters<typeof contractOf>[1]) =>
  contractOf('orders', settings, folder);

beforeEach(() => {
  write('schemas/order.json', SCHEMA);
  write('schemas/order.sample.json', '{ "id": "ü-1",\r\n"total": 1.50 }\r\n');
});

test('a stream without a schema has none', () => {
  expect(contract({ shards: 1 })).toBeUndefined();
});

test('the sample is beside the schema, and stays as it is written, in lines of Unix', () => {
  expect(contract({ schema: 'schemas/order.json' })).toEqual({
    schemaFile: 'schemas/order.json',
    sampleFile: 'schemas/order.sample.json',
    schema: SCHEMA,
    sample: '{ "id": "ü-1",\n"total": 1.50 }',
  });
});

test('the sample may be elsewhere', () => {
  write('one.json', { id: 'one' });
  expect(contract({ schema: 'schemas/order.json', sample: 'one.json' })).toMatchObject({
    sampleFile: 'one.json',
    sample: '{"id":"one"}',
  });
});

describe('refuses', () => {
  test('a sample without a schema', () => {
    expect(() => contract({ sample: 'one.json' })).toThrow(
      'streams.ts: orders.sample is an event of orders.schema, which is missing.',
    );
  });

  test('a schema without a sample, and says where it looked', () => {
    write('other.json', SCHEMA);
    expect(() => contract({ schema: 'other.json' })).toThrow(
      'Put a valid event beside it, in other.sample.json, or name its file in orders.sample.',
    );
  });

  test('a schema that is no object', () => {
    write('schemas/order.json', '[]');
    expect(() => contract({ schema: 'schemas/order.json' })).toThrow(
      'schemas/order.json: a JSON Schema is an object (orders.schema).',
    );
  });

  test('what API Gateway lacks, with the place in the file', () => {
    write('schemas/order.json', { ...SCHEMA, properties: { id: { const: 'x' } } });
    expect(() => contract({ schema: 'schemas/order.json' })).toThrow(
      /^schemas\/order\.json#\/properties\/id\/const: .*'enum' with one value\.$/,
    );
  });

  test('all of it at once, a line each', () => {
    write('schemas/order.json', { ...SCHEMA, $defs: {}, required: [] });
    expect(() => contract({ schema: 'schemas/order.json' })).toThrow(
      /^schemas\/order\.json has 2 mistakes \(docs\/events\.md#schemas\):\n {2}\S+#\/required: .*\n {2}\S+#\/\$defs: /,
    );
  });

  test('a sample that is not what the schema says, with each reason', () => {
    write('schemas/order.sample.json', { id: 7 });
    expect(() => contract({ schema: 'schemas/order.json' })).toThrow(
      'schemas/order.sample.json is not what schemas/order.json says: /id must be string.',
    );
  });

  test('a sample that the framework would read a variable in', () => {
    write('schemas/order.sample.json', { id: '${self:service}' });
    expect(() => contract({ schema: 'schemas/order.json' })).toThrow('Write \\u0024{');
    write('schemas/order.sample.json', '{"id": "\\u0024{self:service}"}');
    expect(contract({ schema: 'schemas/order.json' })).toMatchObject({
      sample: '{"id": "\\u0024{self:service}"}',
    });
  });
});
