import { validateBody } from '../../src/apigateway/json-schema';
import type { ApiDefinition } from '../../src/apigateway/model';

/** A deployment of an API with these models. */
function deployed(models: Readonly<Record<string, object>>): ApiDefinition {
  const entries = Object.entries(models).map(
    ([name, schema]) => [name, { name, schema: JSON.stringify(schema) }] as const,
  );
  return { models: new Map(entries) } as unknown as ApiDefinition;
}

const url = (api: string, name: string) =>
  `https://apigateway.amazonaws.com/restapis/${api}/models/${name}`;
const type = (name: string) => ({ type: name });

const problem = (definition: ApiDefinition, body: unknown, api = 'api', model = 'Model') =>
  validateBody(definition, api, model, body, JSON.stringify(body).length);

test('a model name refers to the model of its deployment, also to an earlier one', () => {
  const text = { Model: type('string') };

  expect(problem(deployed(text), 7)).toMatch(/string/);
  expect(problem(deployed({ Model: type('integer') }), 7)).toBeUndefined();
  expect(problem(deployed(text), 7)).toMatch(/string/);
  expect(problem(deployed(text), 'seven')).toBeUndefined();
});

test('referenced models are applied as well', () => {
  const model = { $ref: url('api', 'Other') };

  expect(problem(deployed({ Model: model, Other: type('string') }), 7)).toMatch(/string/);
  expect(problem(deployed({ Model: model, Other: type('integer') }), 7)).toBeUndefined();
});

test('equal models in two APIs refer to the models of their own API', () => {
  const models = (api: string, other: string) =>
    deployed({ Model: { $ref: url(api, 'Other') }, Other: type(other) });

  expect(problem(models('one', 'string'), 7, 'one')).toMatch(/string/);
  expect(problem(models('two', 'integer'), 7, 'two')).toBeUndefined();
});

test('names and schemas that look like the end of another are not confused', () => {
  const definition = deployed({ 'A","B': type('string'), __proto__: {}, A: type('integer') });

  expect(problem(definition, 7, 'api', 'A","B')).toMatch(/string/);
  expect(problem(definition, 7, 'api', 'A')).toBeUndefined();
});

test('validates hundreds of models, each with its own schema', () => {
  const lengths = Array.from({ length: 300 }, (_, index) => index);
  const definitions = lengths.map((maxLength) => deployed({ Model: { maxLength } }));

  for (const length of [...lengths, ...lengths]) {
    const definition = deployed({ Model: { maxLength: length } });
    for (const each of [definition, definitions[length] ?? definition]) {
      expect(problem(each, 'x'.repeat(length))).toBeUndefined();
      expect(problem(each, 'x'.repeat(length + 1))).toContain(String(length));
    }
  }
});

describe('a body that would take forever', () => {
  const words = (count: number) => Array.from({ length: count }, (_, index) => `word ${index}`);

  test('has unique elements, or a duplicate at the end', () => {
    const definition = deployed({ Model: { uniqueItems: true } });
    const items = words(100_000).map((name, index) => ({ name, nested: [{ a: index, b: 1 }] }));

    expect(problem(definition, items)).toBeUndefined();
    expect(problem(definition, [...items, { nested: [{ b: 1, a: 5 }], name: 'word 5' }])).toBe(
      '[array must not contain duplicate elements]',
    );
    expect(problem(definition, [1, '1', true, 'true', null, [1], { 0: 1 }])).toBeUndefined();
  });

  test('has hundreds of thousands of disallowed members', () => {
    const definition = deployed({ Model: { additionalProperties: false } });
    const body = Object.fromEntries(words(300_000).map((name) => [name, 1]));

    expect(problem(definition, body)).toBe(
      '[object instance has properties which are not allowed by the schema: ["word 0"]]',
    );
  });

  test('is invalid in every element', () => {
    const definition = deployed({ Model: { items: { enum: words(1_000) } } });

    expect(problem(definition, words(20_000).reverse())).toMatch(/^\[instance value [^\n]*\)\]$/);
    const told = problem(definition, new Array(30_000).fill(1)) ?? '';
    expect(told.split('not found in enum').length - 1).toBe(1_000);
  });

  test.each<[string, object, unknown]>([
    [
      'is evaluated twice as often with every level',
      {
        anyOf: [
          { properties: { a: { $ref: '#' } }, required: ['b'] },
          { properties: { a: { $ref: '#' } }, required: ['c'] },
        ],
      },
      Array.from({ length: 60 }).reduce((inner) => ({ a: inner }), {}),
    ],
    ['has a text with catastrophic backtracking', { pattern: '^(a+)+$' }, `${'a'.repeat(50)}b`],
    [
      'has many texts that a pattern is slow for',
      { items: { pattern: '^(a|aa)+$' } },
      new Array(1_000).fill(`${'a'.repeat(24)}b`),
    ],
  ])('%s', (_, schema, body) => {
    const definition = deployed({ Model: schema });

    expect(() => problem(definition, body)).toThrow(/too many steps|more than \d+ steps/);
  });

  test('nests a hundred thousand levels deep', () => {
    const definition = deployed({ Model: { type: 'array', maxItems: 1 } });
    const body: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));

    expect(validateBody(definition, 'api', 'Model', body, 200_000)).toBeUndefined();
  });
});
