import type { Properties } from '../../src/core/resource-handler';
import { apiUnderTest, kinesisIntegration } from './api-under-test';

const RECORD = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['Data', 'PartitionKey'],
  properties: {
    PartitionKey: { type: 'string', minLength: 1, maxLength: 5 },
    Count: { type: 'integer', minimum: 0, exclusiveMinimum: true },
    Kind: { enum: ['a', 'b'] },
  },
};

async function validated(schema: unknown, properties: Properties = {}) {
  const api = await apiUnderTest();
  const { physicalId: model } = await api.stack.create('Model', {
    RestApiId: api.restApiId,
    Name: 'Record',
    ContentType: 'application/json',
    Schema: schema,
  });
  const { physicalId: validator } = await api.stack.create('RequestValidator', {
    RestApiId: api.restApiId,
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  });
  await api.route({
    method: 'POST',
    path: '/{issuer}',
    properties: {
      RequestValidatorId: validator,
      RequestModels: { 'application/json': model },
      ...properties,
    },
    integration: kinesisIntegration(),
  });
  await api.stack.create('GatewayResponse', {
    RestApiId: api.restApiId,
    ResponseType: 'BAD_REQUEST_BODY',
    ResponseTemplates: {
      'application/json': '"$context.error.message: $context.error.validationErrorString"',
    },
  });
  await api.deploy();
  return api;
}

describe('body validation', () => {
  test.each([
    [{}, '[object has missing required properties (["Data","PartitionKey"])]'],
    [
      { Data: 1, PartitionKey: 7 },
      '[instance type (integer) does not match any allowed primitive type (allowed: ["string"])]',
    ],
    [{ Data: 1, PartitionKey: '' }, '[string "" is too short (length: 0, required minimum: 1)]'],
    [
      { Data: 1, PartitionKey: '😀😀😀😀😀😀' },
      '[string "😀😀😀😀😀😀" is too long (length: 6, maximum allowed: 5)]',
    ],
    [
      { Data: 1, PartitionKey: 'p', Count: 0 },
      '[numeric instance is not strictly greater than the required minimum 0]',
    ],
    [
      { Data: 1, PartitionKey: 'p', Kind: 'c' },
      '[instance value ("c") not found in enum (possible values: ["a","b"])]',
    ],
    [[], '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
  ])('of %j says %s', async (body, problem) => {
    const api = await validated(RECORD);

    const response = await api.call({ method: 'POST', path: '/x', body: JSON.stringify(body) });

    expect(response.status).toBe(400);
    expect(JSON.parse(response.text)).toBe(`Invalid request body: ${problem}`);
    expect(response.headers['x-amzn-ErrorType']).toBe('BadRequestException');
    expect(api.sent).toEqual([]);
  });

  test('lets a valid body through as it came', async () => {
    const api = await validated(RECORD);
    const body = '{"Data": {"ü": 1}, "PartitionKey": "p", "__proto__": {"x": 1}}';

    const response = await api.call({ method: 'POST', path: '/x', body });

    expect(response.status).toBe(200);
    expect(api.sent[0]?.request.body.toString()).toBe(body);
  });

  test('takes an empty body for an empty object, and refuses what is no JSON', async () => {
    const api = await validated(RECORD);

    const empty = await api.call({ method: 'POST', path: '/x' });
    const broken = await api.call({ method: 'POST', path: '/x', body: '{"Data":' });

    expect(empty.text).toContain('missing required properties');
    expect(broken).toMatchObject({ status: 400, text: '"Invalid request body: [Invalid JSON]"' });
  });

  test.each([
    ['^[a-z&&[^x]]+$', 'abc', 200],
    ['^[a-z&&[^x]]+$', 'axc', 400],
    ['\\p{Alpha}', '1a1', 200],
  ])('reads patterns as Java does: %s', async (pattern, text, status) => {
    const api = await validated({ type: 'object', properties: { a: { type: 'string', pattern } } });
    const body = JSON.stringify({ a: text });
    expect((await api.call({ method: 'POST', path: '/x', body })).status).toBe(status);
  });

  test('keeps the patterns of one model apart', async () => {
    const api = await validated({
      properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } },
      patternProperties: { '^x': { type: 'string' } },
    });
    const statusOf = async (body: object) =>
      (await api.call({ method: 'POST', path: '/x', body: JSON.stringify(body) })).status;

    expect(await statusOf({ a: 'a', b: 'b', x: '' })).toBe(200);
    expect(await statusOf({ a: 'a', b: 'a' })).toBe(400);
    expect(await statusOf({ a: 'a', b: 'b', x: 1 })).toBe(400);
  });

  test('is not held up by a pattern that would take for ever', async () => {
    const pattern = '^(a+)+$';
    const api = await validated({ type: 'object', properties: { a: { type: 'string', pattern } } });
    const body = JSON.stringify({ a: `${'a'.repeat(60)}!` });
    expect((await api.call({ method: 'POST', path: '/x', body })).status).toBe(500);
  });

  test('does not look at content types without a model', async () => {
    const api = await validated(RECORD);

    const response = await api.call({
      method: 'POST',
      path: '/x',
      headers: { 'content-type': 'text/plain' },
      body: 'anything',
    });

    expect(response.status).toBe(200);
  });

  test('follows references to other models and to definitions', async () => {
    const api = await apiUnderTest();
    const model = (Name: string, Schema: unknown) =>
      api.stack.create('Model', {
        RestApiId: api.restApiId,
        Name,
        ContentType: 'application/json',
        Schema,
      });
    await model('Item', { definitions: { key: { type: 'string' } }, $ref: '#/definitions/key' });
    await model('Items', {
      type: 'array',
      maxItems: 2,
      items: {
        $ref: `https://apigateway.amazonaws.com/restapis/${api.restApiId}/models/Item`,
      },
    });
    const { physicalId: RequestValidatorId } = await api.stack.create('RequestValidator', {
      RestApiId: api.restApiId,
      ValidateRequestBody: true,
    });
    await api.route({
      method: 'POST',
      properties: { RequestValidatorId, RequestModels: { $default: 'Items' } },
      integration: kinesisIntegration(),
    });
    await api.deploy();
    const post = (body: string) => api.call({ method: 'POST', path: '/', body });

    expect((await post('["a"]')).status).toBe(200);
    expect((await post('[1]')).status).toBe(400);
    expect((await post('["a","b","c"]')).status).toBe(400);
  });

  test('follows references that lead in circles', async () => {
    const api = await apiUnderTest();
    const url = (name: string) =>
      `https://apigateway.amazonaws.com/restapis/${api.restApiId}/models/${name}`;
    const model = (Name: string, Schema: unknown) =>
      api.stack.create('Model', {
        RestApiId: api.restApiId,
        Name,
        ContentType: 'application/json',
        Schema,
      });
    // A model must be there before another refers to it.
    await model('House', { type: 'object' });
    await model('Person', {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, house: { $ref: url('House') } },
    });
    await api.stack.update('Model', 'House', {
      RestApiId: api.restApiId,
      Name: 'House',
      ContentType: 'application/json',
      Schema: {
        type: 'object',
        required: ['contains'],
        properties: { contains: { type: 'array', items: { $ref: url('Person') } } },
      },
    });
    const { physicalId: RequestValidatorId } = await api.stack.create('RequestValidator', {
      RestApiId: api.restApiId,
      ValidateRequestBody: true,
    });
    await api.route({
      method: 'POST',
      properties: { RequestValidatorId, RequestModels: { 'application/json': 'Person' } },
      integration: kinesisIntegration(),
    });
    await api.deploy();
    const post = async (body: unknown) =>
      (await api.call({ method: 'POST', path: '/', body: JSON.stringify(body) })).status;

    expect(await post({ name: 'Ann', house: { contains: [{ name: 'Bob' }] } })).toBe(200);
    expect(await post({ name: 'Ann', house: { contains: [{ nobody: true }] } })).toBe(400);
  });
});

describe('parameter validation', () => {
  test('names what is missing or blank', async () => {
    const api = await validated(
      { type: 'object' },
      {
        RequestParameters: {
          'method.request.querystring.qs1': true,
          'method.request.header.x-header-param': true,
          'method.request.path.issuer': true,
          'method.request.path.other': true,
          'method.request.querystring.optional': false,
        },
      },
    );

    const missing = await api.call({ method: 'POST', path: '/x', query: 'qs1=' });

    expect(missing).toMatchObject({
      status: 400,
      text: '{"message": "Missing required request parameters: [x-header-param, other, qs1]"}',
    });
  });
});
