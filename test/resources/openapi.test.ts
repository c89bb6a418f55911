import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from '@readme/openapi-parser';
import Ajv from 'ajv-draft-04';
import fc from 'fast-check';
import { CONTENT_TYPES, type ModelName, models } from '../../resources/models';
import { openApiDocument } from '../../resources/openapi';
import { errorsOf } from '../../resources/openapi/errors';
import { examples } from '../../resources/openapi/examples';
import { requestName } from '../../resources/openapi/request-schemas';
import { type Action, type Route, routes } from '../../resources/routes';
import { cases } from '../contract/cases';
import { responseSchemas } from '../contract/response-schemas';

const committed = readFileSync(path.join(__dirname, '..', '..', 'openapi.json'), 'utf8');
const document = JSON.parse(JSON.stringify(openApiDocument()));
const rows: readonly (Route & { readonly action: Action })[] = routes;
const actions = rows.map(({ action }) => action);

test('openapi.json is what npm run generate:openapi makes of the tables', () => {
  expect(JSON.parse(committed)).toEqual(document);
});

test('it is valid OpenAPI', async () => {
  expect(await validate(structuredClone(document))).toMatchObject({ valid: true });
});

test('the validator finds what is wrong', async () => {
  const broken = structuredClone(document);
  broken.paths['/streams/{stream-name}'].get.parameters = [];
  expect(await validate(broken)).toMatchObject({ valid: false });
});

test.each(rows)('$method $path is $action, with its parameters', (row) => {
  const { method, path: route, action, query = {}, headers = [], model } = row;
  const operation = document.paths[route][method.toLowerCase()];

  expect(operation.operationId).toBe(action);
  expect('requestBody' in operation).toBe(model !== undefined);
  const named = operation.parameters.map(
    (parameter: { in: string; name: string; required: boolean }) =>
      [parameter.in, parameter.name, parameter.required] as const,
  );
  expect(named).toEqual([
    ...(route.includes('{stream-name}') ? [['path', 'stream-name', true]] : []),
    ...Object.entries(query).map(([name, required]) => ['query', name, required]),
    ...headers.map((name) => ['header', name, false]),
  ]);
});

test('nothing is said of routes that are not there', () => {
  const operations = Object.values<object>(document.paths).flatMap((item) => Object.keys(item));
  expect(operations).toHaveLength(rows.length);
});

test.each(actions)('the statuses of %s are those that the contract shows', (action) => {
  const { method, path: route } = rows.find((row) => row.action === action) ?? rows[0] ?? {};
  const declared = Object.keys(
    document.paths[String(route)][String(method).toLowerCase()].responses,
  );
  const shown = cases.filter((one) => one.action === action).flatMap((one) => one.cases);
  const statuses = new Set([
    ...shown.map(({ status }) => String(status)),
    ...errorsOf(action).map(({ status }) => String(status)),
  ]);
  expect(declared.sort()).toEqual([...statuses].sort());
});

describe('examples', () => {
  const schemas = responseSchemas(document, true);
  const all = actions.flatMap((action) =>
    examples[action].map((example) => ({ action, ...example })),
  );

  test('each name is given once per route: a request and its answer find each other by it', () => {
    const names = all.map(({ action, name }) => `${action} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(all)('$action, $name: the answer fits its schema', ({ action, status, answer }) => {
    expect(schemas.problems(action, status, answer)).toEqual([]);
  });
});

describe('request schemas', () => {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(document, 'openapi.json', undefined, false);
  const text = fc.oneof(
    fc.constantFrom('', 'ON_DEMAND', '0', '340282366920938463463374607431768211455'),
    fc.string(),
  );
  const value = fc.oneof(text, fc.integer({ min: -2, max: 3 }), fc.constant(null), fc.boolean());
  const member = (names: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.jsonValue({ maxDepth: 1 })));
  const entry = member(['data', 'partition-key', 'explicit-hash-key']);
  const kinesisEntry = member(['Data', 'PartitionKey', 'ExplicitHashKey']);
  const bodies = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    member(['ShardCount', 'StreamMode', 'StreamModeDetails']),
    member(['Data', 'PartitionKey', 'ExplicitHashKey', 'SequenceNumberForOrdering']),
    fc.record({ records: fc.array(entry, { maxLength: 3 }) }),
    fc.record({ Records: fc.array(kinesisEntry, { maxLength: 3 }) }),
    fc.record({ StreamModeDetails: member(['StreamMode']) }),
  );
  const pairs = (Object.keys(models) as ModelName[]).flatMap((model) =>
    CONTENT_TYPES.map((type) => [model, type] as const),
  );

  test.each(pairs)('%s as %s takes what the model takes, and nothing else', (model, type) => {
    const byModel = ajv.compile(models[model][type]);
    const byDocument = ajv.getSchema(
      `openapi.json#/components/schemas/${requestName(model, type)}`,
    );
    fc.assert(
      fc.property(bodies, (body) => {
        expect(byDocument?.(body)).toBe(byModel(body));
      }),
      { numRuns: 2_000 },
    );
  });
});
