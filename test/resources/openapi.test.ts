import { validate } from '@readme/openapi-parser';
import Ajv from 'ajv-draft-04';
import fc from 'fast-check';
import { endpoints } from '../../resources/endpoints';
import { modelSchema } from '../../resources/endpoints/shared/body-schema';
import { CONTENT_TYPES } from '../../resources/endpoints/shared/content-types';
import { takesBody } from '../../resources/endpoints/shared/good-request';
import { openApiDocument } from '../../resources/openapi';
import { errorsOf } from '../../resources/openapi/errors';
import { requestName } from '../../resources/openapi/request-schemas';
import { cases } from '../contract/cases';
import { responseSchemas } from '../contract/response-schemas';

const document = JSON.parse(JSON.stringify(openApiDocument()));

test('it is valid OpenAPI', async () => {
  expect(await validate(structuredClone(document))).toMatchObject({ valid: true });
});

test('the validator finds what is wrong', async () => {
  const broken = structuredClone(document);
  broken.paths['/streams/{stream-name}'].get.parameters = [];
  expect(await validate(broken)).toMatchObject({ valid: false });
});

test.each(endpoints)('$method $path is $id, with its parameters', (endpoint) => {
  const { id, method, path: route, query = {}, headers = {} } = endpoint;
  const operation = document.paths[route][method.toLowerCase()];

  expect(operation.operationId).toBe(id);
  expect('requestBody' in operation).toBe(takesBody(endpoint));
  const named = operation.parameters.map(
    (parameter: { in: string; name: string; required: boolean }) =>
      [parameter.in, parameter.name, parameter.required] as const,
  );
  expect(named).toEqual([
    ...(route.includes('{stream-name}') ? [['path', 'stream-name', true]] : []),
    ...Object.entries(query).map(([name, { required = false }]) => ['query', name, required]),
    ...Object.entries(headers).map(([name, { required = false }]) => ['header', name, required]),
  ]);
});

test('nothing is said of endpoints that do not exist', () => {
  const operations = Object.values<object>(document.paths).flatMap((item) => Object.keys(item));
  expect(operations).toHaveLength(endpoints.length);
});

test.each(endpoints)('the statuses of $id are those that the contract shows', (endpoint) => {
  const { id, method, path: route } = endpoint;
  const declared = Object.keys(document.paths[route][method.toLowerCase()].responses);
  const shown = cases.filter((one) => one.endpoint === id).flatMap((one) => one.cases);
  const statuses = new Set([
    ...shown.map(({ status }) => String(status)),
    ...errorsOf(endpoint).map(({ status }) => String(status)),
  ]);
  expect(declared.sort()).toEqual([...statuses].sort());
});

describe('the header ErrorCode', () => {
  const schemas = responseSchemas(document, true);
  const declared = (status: number) => ({
    always: schemas.headers('GetRecords', status).includes('ErrorCode'),
    sometimes: schemas.mayHave('GetRecords', status, 'ErrorCode'),
  });

  test.each([404])('is on every %i: they are all Kinesis’s', (status) => {
    expect(declared(status)).toEqual({ always: true, sometimes: true });
  });

  test.each([400, 403, 429, 502])('is on some %i: API Gateway answers them too', (status) => {
    expect(declared(status)).toEqual({ always: false, sometimes: true });
  });

  test.each([200, 415, 500, 504])('is on no %i: Kinesis answers none of them', (status) => {
    expect(declared(status)).toEqual({ always: false, sometimes: false });
  });
});

describe('examples', () => {
  const schemas = responseSchemas(document, true);
  const all = endpoints.flatMap(({ id, examples }) =>
    examples.map((example) => ({ id, ...example })),
  );

  test('each name is given once per endpoint: a request and its answer find each other by it', () => {
    const names = all.map(({ id, name }) => `${id} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(all)('$id, $name: the answer fits its schema', ({ id, status, answer }) => {
    expect(schemas.problems(id, status, answer)).toEqual([]);
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
  /** True for bodies that the model accepts for old clients or leaves to Kinesis to reject. */
  function isDocumentedMoreNarrowly(body: unknown): boolean {
    const { ShardCount: count, SequenceNumberForOrdering: number, ...others } = Object(body);
    const { StreamMode: mode, StreamModeDetails: details } = others;
    const isOnDemand = mode === 'ON_DEMAND' || Object(details).StreamMode === 'ON_DEMAND';
    if (count !== undefined && isOnDemand) return true;
    return count === null || count === '' || typeof number === 'string';
  }

  const pairs = endpoints.flatMap(({ id, requests }) =>
    CONTENT_TYPES.flatMap((type) => {
      const body = requests[type]?.body;
      return body === undefined ? [] : [[id, type, body] as const];
    }),
  );

  test.each(pairs)('%s as %s takes what the model takes', (id, type, body) => {
    const byModel = ajv.compile(modelSchema(body));
    const byDocument = ajv.getSchema(`openapi.json#/components/schemas/${requestName(id, type)}`);
    fc.assert(
      fc.property(bodies, (one) => {
        fc.pre(!isDocumentedMoreNarrowly(one));
        expect(byDocument?.(one)).toBe(byModel(one));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([null, '', 2])('ShardCount %j is accepted, and documented as a number', (count) => {
    const [, , body] = pairs.find(([id]) => id === 'CreateStream') ?? [];
    expect(ajv.compile(modelSchema(body ?? {}))({ ShardCount: count })).toBe(true);
    const { ShardCount: documented } = document.components.schemas.CreateStreamInput.properties;
    expect(ajv.compile(documented)(count)).toBe(typeof count === 'number');
    expect(documented).not.toHaveProperty('anyOf');
  });
});
