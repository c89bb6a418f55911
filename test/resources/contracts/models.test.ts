import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resource } from '../../../resources/cloudformation';
import { bodySchema, checkModelSizes } from '../../../resources/contracts/models';
import type { Streams } from '../../../resources/streams/declaration';
import { deployInProcess, ENDPOINT, type InProcessStage } from '../../support/in-process-stage';

const folder = mkdtempSync(path.join(tmpdir(), 'models-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly keyword: string;
  readonly schema: object;
  readonly good: unknown;
  readonly bad: unknown;
  /** What API Gateway says of the bad one. */
  readonly says: string;
}

/** Each keyword constrains a member of its own. */
const ROWS: readonly Row[] = [
  {
    keyword: 'type',
    schema: { type: 'integer' },
    good: 7,
    bad: 'seven',
    says: 'instance type (string) does not match',
  },
  {
    keyword: 'types',
    schema: { type: ['string', 'null'] },
    good: null,
    bad: 7,
    says: 'instance type (integer) does not match',
  },
  { keyword: 'enum', schema: { enum: ['EUR', 3] }, good: 3, bad: 'DM', says: 'not found in enum' },
  {
    keyword: 'minimum',
    schema: { minimum: 1 },
    good: 1,
    bad: 0.5,
    says: 'lower than the required minimum',
  },
  {
    keyword: 'exclusiveMinimum',
    schema: { minimum: 1, exclusiveMinimum: true },
    good: 1.1,
    bad: 1,
    says: 'not strictly greater than the required minimum',
  },
  {
    keyword: 'maximum',
    schema: { maximum: 9 },
    good: 9,
    bad: 10,
    says: 'greater than the required maximum',
  },
  {
    keyword: 'exclusiveMaximum',
    schema: { maximum: 9, exclusiveMaximum: true },
    good: 8,
    bad: 9,
    says: 'not strictly lower than the required maximum',
  },
  {
    keyword: 'multipleOf',
    schema: { multipleOf: 5 },
    good: 15,
    bad: 7,
    says: 'remainder of division is not zero',
  },
  { keyword: 'minLength', schema: { minLength: 2 }, good: '🚲🚲', bad: '🚲', says: 'is too short' },
  { keyword: 'maxLength', schema: { maxLength: 2 }, good: '🚲🚲', bad: 'abc', says: 'is too long' },
  {
    keyword: 'pattern',
    schema: { pattern: '^[A-Z]{2}-\\d+$' },
    good: 'DE-1',
    bad: 'de-1',
    says: 'does not match input string',
  },
  {
    keyword: 'date-time',
    schema: { format: 'date-time' },
    good: '2026-01-31T09:30:00Z',
    bad: 'today',
    says: 'invalid against requested format',
  },
  {
    keyword: 'email',
    schema: { format: 'email' },
    good: 'a@b.example',
    bad: 'a',
    says: 'invalid against requested format',
  },
  {
    keyword: 'hostname',
    schema: { format: 'hostname' },
    good: 'b.example',
    bad: '-',
    says: 'invalid against requested format',
  },
  {
    keyword: 'ipv4',
    schema: { format: 'ipv4' },
    good: '192.0.2.1',
    bad: '192.0.2',
    says: 'invalid against requested format',
  },
  {
    keyword: 'ipv6',
    schema: { format: 'ipv6' },
    good: '2001:db8::1',
    bad: '2001',
    says: 'invalid against requested format',
  },
  {
    keyword: 'uri',
    schema: { format: 'uri' },
    good: 'https://b.example/',
    bad: 'b',
    says: 'invalid against requested format',
  },
  {
    keyword: 'regex',
    schema: { format: 'regex' },
    good: '[a]',
    bad: '[',
    says: 'invalid against requested format',
  },
  {
    keyword: 'required',
    schema: { required: ['a'] },
    good: { a: 1 },
    bad: { b: 1 },
    says: 'missing required properties (["a"])',
  },
  {
    keyword: 'properties',
    schema: { properties: { a: { type: 'string' } } },
    good: { a: '', b: 1 },
    bad: { a: 1 },
    says: 'instance type (integer) does not match',
  },
  {
    keyword: 'additionalProperties',
    schema: { properties: { a: {} }, additionalProperties: false },
    good: { a: 1 },
    bad: { b: 1 },
    says: 'not allowed by the schema: ["b"]',
  },
  {
    keyword: 'patternProperties',
    schema: { patternProperties: { '^x-': { type: 'string' } } },
    good: { 'x-a': '' },
    bad: { 'x-a': 1 },
    says: 'instance type (integer) does not match',
  },
  {
    keyword: 'minProperties',
    schema: { minProperties: 1 },
    good: { a: 1 },
    bad: {},
    says: 'too few properties',
  },
  {
    keyword: 'maxProperties',
    schema: { maxProperties: 1 },
    good: { a: 1 },
    bad: { a: 1, b: 1 },
    says: 'too many properties',
  },
  {
    keyword: 'dependencies',
    schema: { dependencies: { a: ['b'] } },
    good: { a: 1, b: 1 },
    bad: { a: 1 },
    says: 'missing property dependencies',
  },
  {
    keyword: 'items',
    schema: { items: { type: 'string' } },
    good: ['a'],
    bad: [1],
    says: 'instance type (integer) does not match',
  },
  {
    keyword: 'additionalItems',
    schema: { items: [{}], additionalItems: false },
    good: [1],
    bad: [1, 2],
    says: 'additional items are not allowed',
  },
  { keyword: 'minItems', schema: { minItems: 1 }, good: [1], bad: [], says: 'array is too short' },
  {
    keyword: 'maxItems',
    schema: { maxItems: 1 },
    good: [1],
    bad: [1, 2],
    says: 'array is too long',
  },
  {
    keyword: 'uniqueItems',
    schema: { uniqueItems: true },
    good: [1, 2],
    bad: [1, 1],
    says: 'must not contain duplicate elements',
  },
  {
    keyword: 'allOf',
    schema: { allOf: [{ minimum: 1 }, { maximum: 2 }] },
    good: 1,
    bad: 3,
    says: 'greater than the required maximum',
  },
  {
    keyword: 'anyOf',
    schema: { anyOf: [{ type: 'string' }, { minimum: 5 }] },
    good: 5,
    bad: 4,
    says: 'failed to match at least one',
  },
  {
    keyword: 'oneOf',
    schema: { oneOf: [{ minimum: 1 }, { minimum: 5 }] },
    good: 2,
    bad: 6,
    says: 'failed to match exactly one schema',
  },
  {
    keyword: 'not',
    schema: { not: { type: 'string' } },
    good: 1,
    bad: 'a',
    says: 'should not have',
  },
  {
    keyword: '$ref',
    schema: { $ref: '#/definitions/node' },
    good: { next: { next: {} } },
    bad: { next: { next: 1 } },
    says: 'instance type (integer) does not match',
  },
];

const SCHEMA = {
  title: 'All keywords',
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', description: 'Its id' },
    ...Object.fromEntries(ROWS.map(({ keyword, schema }) => [keyword, schema])),
  },
  additionalProperties: false,
  definitions: {
    node: { type: 'object', properties: { next: { $ref: '#/definitions/node' } } },
  },
};

const STREAMS: Streams = {
  all: {
    schema: path.join(folder, 'all.json'),
    senders: ['json', 'json-array', 'cloudevents', 'cloudevents-batch'],
    authorization: 'NONE',
  },
  plain: {
    senders: ['json', 'json-array', 'cloudevents', 'cloudevents-batch'],
    authorization: 'NONE',
  },
  hook: {
    schema: path.join(folder, 'all.json'),
    senders: ['webhook'],
    refusedIsLost: true,
    authorization: 'NONE',
  },
};

let stage: InProcessStage;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'all.json'), JSON.stringify(SCHEMA));
  writeFileSync(path.join(folder, 'all.sample.json'), '{"id": "1"}');
  stage = await deployInProcess({}, undefined, {}, undefined, STREAMS);
});

async function send(route: string, body: unknown, contentType = 'application/json') {
  const answer = await stage.transport(
    new Request(`${ENDPOINT}/_aws/execute-api/${stage.restApiId}/dev/events/${route}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
  const { message = '', code = '' } = (await answer.json()) as { message?: string; code?: string };
  return { status: answer.status, code, message };
}

const CLOUD_EVENT = { specversion: '1.0', id: '1', source: '/shop', type: 'order.placed' };
const wrapped = (data: unknown) => ({ ...CLOUD_EVENT, data });

describe.each(ROWS)('$keyword', ({ keyword, good, bad, says }) => {
  const ok = { id: '1', [keyword]: good };
  const notOk = { id: '1', [keyword]: bad };

  test.each([
    ['an event', 'all', ok, notOk, undefined],
    ['an event among others', 'all/batch', [{ id: '0' }, ok], [{ id: '0' }, notOk], undefined],
    [
      'the data of a CloudEvent',
      'all',
      wrapped(ok),
      wrapped(notOk),
      'application/cloudevents+json',
    ],
    [
      'the data of one among others',
      'all/batch',
      [wrapped(ok)],
      [wrapped(ok), wrapped(notOk)],
      'application/cloudevents-batch+json; charset=utf-8',
    ],
  ])('holds for %s', async (_, route, accepted, refused, type) => {
    expect(await send(route, accepted, type)).toMatchObject({ status: 200 });
    expect(await send(route, refused, type)).toEqual({
      status: 400,
      code: 'ValidationException',
      message: expect.stringContaining(says),
    });
  });
});

describe('with a contract', () => {
  test.each([
    ['an empty body', 'all', '', 'missing required properties (["id"])'],
    ['what is no JSON', 'all', '{"id": ', ''],
    ['an empty batch', 'all/batch', '', 'instance type (object) does not match'],
    ['a batch of none', 'all/batch', [], 'array is too short: must have at least 1'],
    ['an event where a batch should be', 'all/batch', { id: '1' }, 'instance type (object)'],
    [
      'more than Kinesis takes',
      'all/batch',
      Array.from({ length: 501 }, () => ({ id: '1' })),
      'must have at most 500 elements',
    ],
    ['a batch where an event should be', 'all', [{ id: '1' }], 'instance type (array)'],
  ])('%s is refused', async (_, route, body, says) => {
    expect(await send(route, body)).toEqual({
      status: 400,
      code: 'ValidationException',
      message: expect.stringContaining(says),
    });
  });

  test.each(['application/json;charset=UTF-8', 'application/json; charset=utf-8'])(
    'it holds for %s as well',
    async (type) => {
      expect(await send('all', {}, type)).toMatchObject({ status: 400 });
      expect(await send('all', { id: '1' }, type)).toMatchObject({ status: 200 });
    },
  );

  test('a webhook may send JSON and CloudEvents, and no text or form', async () => {
    expect(await send('hook', { id: '1' })).toMatchObject({ status: 200 });
    expect(await send('hook', {})).toMatchObject({ status: 400 });
    const ce = 'application/cloudevents+json';
    expect(await send('hook', wrapped({ id: '1' }), ce)).toMatchObject({ status: 200 });
    expect(await send('hook', 'id=1', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 415,
    });
  });
});

describe('a CloudEvent', () => {
  const CE = 'application/cloudevents+json';
  const { specversion: _, ...old } = CLOUD_EVENT;

  test.each([
    ['has what the specification requires', CLOUD_EVENT],
    [
      'has optional attributes and extensions',
      {
        ...CLOUD_EVENT,
        time: '2018-04-05T17:31:00.25+02:00',
        subject: 'a',
        datacontenttype: null,
        traceparent: 'x',
      },
    ],
    ['has any data', wrapped([1, null])],
    ['has bytes', { ...CLOUD_EVENT, data_base64: 'AAE=' }],
  ])('%s', async (_name, event) => {
    expect(await send('plain', event, CE)).toMatchObject({ status: 200 });
  });

  test.each([
    ['without an attribute', old, 'missing required properties (["specversion"])'],
    ['of another version', { ...CLOUD_EVENT, specversion: '0.3' }, 'not found in enum'],
    ['with an empty id', { ...CLOUD_EVENT, id: '' }, 'is too short'],
    ['with a number for its type', { ...CLOUD_EVENT, type: 7 }, 'instance type (integer)'],
    ['with a time that is none', { ...CLOUD_EVENT, time: 'today' }, 'does not match input string'],
    ['that is empty', '', 'missing required properties'],
  ])('%s is refused', async (_name, event, says) => {
    const refusal = { status: 400, message: expect.stringContaining(says) };
    expect(await send('plain', event, CE)).toMatchObject(refusal);
  });

  test('bytes are refused where a schema describes the data', async () => {
    const bytes = { ...CLOUD_EVENT, data_base64: 'AAE=' };
    expect(await send('all', bytes, CE)).toMatchObject({ status: 400 });
    expect(await send('all', { ...wrapped({ id: '1' }), data_base64: 'AAE=' }, CE)).toMatchObject({
      status: 400,
      message: expect.stringContaining('allowed: ["null"]'),
    });
    expect(await send('all', { ...wrapped({ id: '1' }), data_base64: null }, CE)).toMatchObject({
      status: 200,
    });
  });

  test('one that is wrong is enough for a batch', async () => {
    const type = 'application/cloudevents-batch+json';
    expect(await send('plain/batch', [CLOUD_EVENT, CLOUD_EVENT], type)).toMatchObject({
      status: 200,
    });
    expect(await send('plain/batch', [CLOUD_EVENT, old], type)).toMatchObject({ status: 400 });
  });
});

test('a model has the schema without its notes, and its definitions at the root', () => {
  expect(bodySchema('json-array', SCHEMA)).toMatchObject({
    type: 'array',
    minItems: 1,
    maxItems: 500,
    items: { type: 'object', properties: { id: { type: 'string' } } },
    definitions: SCHEMA.definitions,
  });
  expect(JSON.stringify(bodySchema('json', SCHEMA))).not.toMatch(/title|description/);
});

test('members that have names of notes stay', () => {
  const schema = { properties: { description: { type: 'string', description: 'x' }, id: {} } };
  expect(bodySchema('json', schema)).toEqual({
    properties: { description: { type: 'string' }, id: {} },
  });
});

test('more models than an API takes are refused, with the largest', () => {
  const model = (length: number) =>
    resource('AWS::ApiGateway::Model', {
      RestApiId: '',
      Schema: { enum: Array.from({ length }, (_, index) => `value ${index}`) },
    });
  expect(() => checkModelSizes({ AModel: model(20_000) })).not.toThrow();
  expect(() => checkModelSizes({ AModel: model(20_000), BModel: model(15_000) })).toThrow(
    /^The schemas of this API come to \d+ KiB, and API Gateway takes 400 KiB \(the largest: AModel \d+ KiB, BModel \d+ KiB\)\./,
  );
});
