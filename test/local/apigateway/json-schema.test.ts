import { validateBody } from '../../../local/apigateway/json-schema';
import type { ApiDefinition } from '../../../local/apigateway/model';

/** What a deployment has of the API, as far as models go. */
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
  validateBody(definition, api, model, body);

test('a model of the same name is another one in another deployment, and the old one again later', () => {
  const text = { Model: type('string') };

  expect(problem(deployed(text), 7)).toMatch(/string/);
  expect(problem(deployed({ Model: type('integer') }), 7)).toBeUndefined();
  expect(problem(deployed(text), 7)).toMatch(/string/);
  expect(problem(deployed(text), 'seven')).toBeUndefined();
});

test('what a model refers to counts as well', () => {
  const model = { $ref: url('api', 'Other') };

  expect(problem(deployed({ Model: model, Other: type('string') }), 7)).toMatch(/string/);
  expect(problem(deployed({ Model: model, Other: type('integer') }), 7)).toBeUndefined();
});

test('models of the same text in two APIs refer each to their own', () => {
  const models = (api: string, other: string) =>
    deployed({ Model: { $ref: url(api, 'Other') }, Other: type(other) });

  expect(problem(models('one', 'string'), 7, 'one')).toMatch(/string/);
  expect(problem(models('two', 'integer'), 7, 'two')).toBeUndefined();
});

test('a name or a text that looks like the end of another is none', () => {
  const definition = deployed({ 'A","B': type('string'), __proto__: {}, A: type('integer') });

  expect(problem(definition, 7, 'api', 'A","B')).toMatch(/string/);
  expect(problem(definition, 7, 'api', 'A')).toBeUndefined();
});

test('hundreds of models, one after another, each by its own schema', () => {
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
