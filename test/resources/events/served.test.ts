import type { Fault } from 'embedded-aws/kinesis';
import { eventsDocument } from '../../../resources/contracts/openapi';
import { endpoints } from '../../../resources/endpoints';
import { senderNames } from '../../../resources/events/senders';
import { errorsOf } from '../../../resources/openapi/errors';
import type { Streams } from '../../../resources/streams/declaration';
import { failure } from '../../contract/faults';
import { responseSchemas } from '../../contract/response-schemas';
import { deployEvents, type EventStage } from '../../support/event-stage';
import { declaredOnDev } from '../../support/in-process-stage';

// The event endpoints as clients meet them.

const STREAMS: Streams = {
  orders: { key: '$.customerId' },
  any: { senders: senderNames },
  clicks: {
    shards: 'on-demand',
    senders: ['beacon', 'pixel', 'ndjson'],
    authorization: 'NONE',
    origins: ['https://shop.example'],
    envelope: true,
  },
  github: {
    senders: ['webhook'],
    authorization: 'NONE',
    envelope: true,
    keepHeaders: ['X-Hub-Signature-256', 'X-GitHub-Event'],
    key: '$.repository.full_name',
  },
  quiet: { senders: ['json', 'json-array', 'pixel'], answer: 'empty', pixel: 'empty' },
  // The embedded AWS lets in pages of declared origins only.
  others: { origins: ['https://evil.example', 'https://shop.example.evil'] },
  several: { origins: ['https://a.example', 'https://b.example'] },
};

let events: EventStage;
/** Of Kinesis, while it is set. */
let fault: Fault | undefined;

beforeAll(async () => {
  events = await deployEvents(STREAMS, undefined, { faults: () => fault });
});

const DOCUMENT = eventsDocument(declaredOnDev(STREAMS), {
  service: 'kinesis-rest-proxy',
  stage: 'dev',
  authorization: 'NONE',
  writeScopes: '',
  identitySource: '',
});
const schemas = responseSchemas(DOCUMENT as unknown as Parameters<typeof responseSchemas>[0], true);

/** Calls `/events/<path>`. The OpenAPI document has each answer's status, headers and body. */
async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await events.send(path, init);
  const [method, own] = [init.method ?? 'GET', `/events/${path.replace(/\?.*/, '')}`];
  if (method === 'OPTIONS') return answer;
  const { operationId = own } =
    Object.entries(DOCUMENT.paths[own] ?? {})
      .filter(([name]) => name === method.toLowerCase())
      .map(([, operation]) => operation)[0] ?? {};
  const text = await answer.clone().text();
  const isJson = answer.headers.get('content-type') === 'application/json' && text !== '';
  expect(
    schemas.problems(operationId, answer.status, isJson ? JSON.parse(text) : undefined),
  ).toEqual([]);
  const missing = schemas
    .headers(operationId, answer.status)
    .filter((name) => !answer.headers.has(name));
  expect(missing).toEqual([]);
  return answer;
}

const post = (path: string, body: string, type?: string, headers: Record<string, string> = {}) =>
  send(path, {
    method: 'POST',
    body: Buffer.from(body),
    headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
  });

const textOf = async (name: string) =>
  (await events.stored(name)).map(({ data }) => data.toString());

const last = async (name: string) => (await events.stored(name)).at(-1);

describe('one event', () => {
  test.each([
    ['application/json', '{"customerId": "c-1", "total": 1.10}'],
    ['application/json;charset=UTF-8', '{"customerId":1e5}'],
    ['application/json; charset=utf-8', '\ufeff{"a":"\u0000\u2028"}\r\n'],
    ['text/plain;charset=UTF-8', 'it\'s "text" #set($x = 1) $input.body é🎉'],
    ['text/plain', '\n'],
    ['application/x-www-form-urlencoded;charset=UTF-8', 'a=%zz&b=+'],
    [
      'application/cloudevents+json; charset=utf-8',
      '{"specversion":"1.0","id":"1","source":"/s","type":"t"}',
    ],
    [undefined, '[1,2]'],
  ])('of %s is stored byte for byte', async (type, body) => {
    const answer = await post('any', body, type);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      SequenceNumber: expect.stringMatching(/^\d{56}$/),
      ShardId: 'shardId-000000000000',
    });
    expect(await textOf('any')).toContain(body);
  });

  test.each(['application/octet-stream', 'multipart/form-data; boundary=x', 'application/xml'])(
    'of %s is 415',
    async (type) => {
      const answer = await post('any', 'x', type);
      expect(answer.status).toBe(415);
      expect(await answer.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'of %s is not empty',
    async (type) => {
      const answer = await post('any', '', type);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        code: 'EmptyBody',
        message: 'The body has no event.',
        requestId: answer.headers.get('x-amzn-requestid'),
      });
    },
  );

  test('has its key from a member', async () => {
    await post('orders', '{"customerId": "c-1"}', 'application/json');
    expect((await last('orders'))?.key).toBe('c-1');
  });

  test.each(['{}', '{"customerId":{}}', '{"customerId":""}', '[]', '"x"', 'null'])(
    'without its key (%s) is refused by name',
    async (body) => {
      const before = await events.stored('orders');
      const answer = await post('orders', body, 'application/json');
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        code: 'PartitionKeyMissing',
        message: 'The event has no member $.customerId, which is its partition key.',
      });
      expect(await events.stored('orders')).toEqual(before);
    },
  );

  test('whose key is longer than 256 characters is refused, and the answer does not quote it', async () => {
    const answer = await post(
      'orders',
      JSON.stringify({ customerId: 'x'.repeat(257) }),
      'application/json',
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'PartitionKeyTooLong',
      message: 'The event has a partition key (member $.customerId) of more than 256 characters.',
    });
  });

  test('that is broken JSON is 400 where its members are read', async () => {
    const answer = await post('orders', '{"customerId": ', 'application/json');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ requestId: expect.any(String) });
  });

  test('may be answered with nothing', async () => {
    const answer = await post('quiet', '{}', 'application/json');
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  test('without CORS is answered without CORS headers', async () => {
    const answer = await post('any', '{}', 'application/json', { origin: 'https://a.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a batch', () => {
  test('of JSON is a record an element', async () => {
    const answer = await post(
      'any/batch',
      '[{"a": 1.10, "b": "x/y"}, null, "", [ ], "é🎉"]',
      'application/json',
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      FailedRecordCount: 0,
      Records: Array(5).fill({ ShardId: 'shardId-000000000000' }),
    });
    expect((await textOf('any')).slice(-5)).toEqual([
      '{"a":1.1,"b":"x/y"}',
      'null',
      '""',
      '[]',
      '"é🎉"',
    ]);
  });

  test('of lines is a record a line, byte for byte, without blank ones', async () => {
    const body = '{"a": 1.10}\r\n\r\n{broken\n  \n"é🎉\u2028"\n';
    expect((await post('any/batch', body, 'application/x-ndjson')).status).toBe(200);
    expect((await textOf('any')).slice(-3)).toEqual(['{"a": 1.10}', '{broken', '"é🎉\u2028"']);
  });

  test.each([
    ['application/json', (n: number) => JSON.stringify(Array.from({ length: n }, (_, i) => i))],
    ['application/x-ndjson', (n: number) => Array.from({ length: n }, (_, i) => `${i}\n`).join('')],
  ])('of %s has 500 events at the most', async (type, body) => {
    const before = (await textOf('any')).length;
    for (const n of [501, 1001, 5000]) {
      const answer = await post('any/batch', body(n), type);
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ code: 'TooManyEvents' });
    }
    expect(await textOf('any')).toHaveLength(before);
    expect((await post('any/batch', body(500), type)).status).toBe(200);
    expect((await textOf('any')).slice(before)).toEqual(
      Array.from({ length: 500 }, (_, i) => `${i}`),
    );
  });

  test.each([
    ['application/json', '[]', 'EmptyBody'],
    ['application/json', '', 'NotAnArray'],
    ['application/json', '{"records": []}', 'NotAnArray'],
    ['application/json', '"[]"', 'NotAnArray'],
    ['application/cloudevents-batch+json', '{}', 'ValidationException'],
    ['application/x-ndjson', '\n\n', 'EmptyBody'],
    ['application/x-ndjson', ' ', 'EmptyBody'],
    ['application/x-ndjson', ' \r\n\t', 'EmptyBody'],
    ['application/x-ndjson', '', 'EmptyBody'],
  ])('of %s that is %j is refused', async (type, body, code) => {
    const answer = await post('any/batch', body, type);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code });
  });

  test('of an event without a key stores nothing, and says which', async () => {
    const before = await textOf('orders');
    const answer = await post(
      'orders/batch',
      '[{"customerId":"a"},{"customerId":"b"},{"id":1},{}]',
      'application/json',
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'PartitionKeyMissing',
      message: 'Event 2 (from 0) has no member $.customerId, which is its partition key.',
    });
    expect(await textOf('orders')).toEqual(before);
  });

  test('may be answered with nothing', async () => {
    const answer = await post('quiet/batch', '[1,2]', 'application/json');
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });
});

describe('a pixel', () => {
  test('stores its query and is an image', async () => {
    const answer = await send('any/pixel?page=%2Fa%22b&x=1&x=2&e=%F0%9F%8E%89');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toMatch(/^<svg .*\/>$/);
    expect(JSON.parse((await textOf('any')).at(-1) ?? '')).toEqual({
      page: '/a"b',
      x: '2',
      e: '🎉',
    });
  });

  test('may be answered with nothing', async () => {
    const answer = await send('quiet/pixel?a=b');
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  test('that is refused is an image too, with the status in a header', async () => {
    const answer = await send('clicks/pixel?a=b', {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('event-status')).toBe('403');
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(await answer.text()).toMatch(/^<svg .*\/>$/);
  });
});

/** The errors of Kinesis that these actions may have, each with its status. */
const failuresOf = (action: 'PutRecord' | 'PutRecords') =>
  endpoints
    .filter(({ id }) => id === action)
    .flatMap(errorsOf)
    .filter(({ from }) => from !== 'gateway')
    .map(({ code, status }) => [code, status] as const);

describe('what Kinesis refuses', () => {
  afterEach(() => {
    fault = undefined;
  });

  test.each(failuresOf('PutRecord'))('with %s is %i, of a pixel too', async (code, status) => {
    fault = failure(code);
    const answer = await post('orders', '{"customerId":"c-1"}', 'application/json');
    const pixel = await send('any/pixel?page=home');

    expect([answer.status, await answer.json()]).toEqual([
      status,
      expect.objectContaining({ code }),
    ]);
    expect([pixel.status, pixel.headers.get('event-status')]).toEqual([status, String(status)]);
    expect(pixel.headers.get('content-type')).toBe('image/svg+xml');
  });

  test.each(failuresOf('PutRecords'))('of a batch with %s is %i', async (code, status) => {
    fault = failure(code);
    const answer = await post('any/batch', '[1]', 'application/json');

    expect([answer.status, await answer.json()]).toEqual([
      status,
      expect.objectContaining({ code }),
    ]);
  });
});

describe('origins', () => {
  test('a beacon of a foreign page is refused before Kinesis', async () => {
    const before = await textOf('clicks');
    const answer = await post('clicks', 'x', 'text/plain;charset=UTF-8', {
      origin: 'https://evil.example',
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'OriginNotAllowed' });
    expect(await textOf('clicks')).toEqual(before);
  });

  test.each(['https://evil.example', 'https://shop.example.evil'])(
    'a query cannot make %s one of those',
    async (origin) => {
      const answer = await post('clicks?Origin=https://shop.example', 'x', 'text/plain', {
        origin,
      });
      expect(await answer.json()).toMatchObject({ code: 'OriginNotAllowed' });
    },
  );

  test('its own pages may send, and read the answer', async () => {
    const answer = await post('clicks', 'x', 'text/plain;charset=UTF-8', {
      origin: 'https://shop.example',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each(['https://a.example', 'https://b.example'])(
    'of several, the one that asked is named',
    async (origin) => {
      for (const answer of [
        await post('several', '{}', 'application/json', { origin }),
        await send('several', { method: 'OPTIONS', headers: { origin } }),
        await send('several/batch', { method: 'OPTIONS', headers: { origin } }),
        await post('several?Origin=https://b.example&origin=x', '{}', 'application/json', {
          origin,
        }),
      ]) {
        expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
        expect(answer.headers.get('vary')).toBe('Origin');
      }
    },
  );

  test.each([
    ['clicks', 'POST'],
    ['clicks/batch', 'POST'],
    ['clicks/pixel', 'GET'],
  ])('a preflight of %s is answered', async (path, method) => {
    const answer = await send(path, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': method },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(answer.headers.get('access-control-allow-methods')).toBe(method);
    expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  });
});

test('a webhook is stored in an envelope with its signature, and its key is a member', async () => {
  const body = '{"repository": {"full_name": "octo/hello"}, "n": 1.10, "t": "it\'s \\u00e9 🎉"}';
  const answer = await post('github?X-GitHub-Event=forged', body, 'application/json', {
    'x-github-event': 'push',
    'x-hub-signature-256': 'sha256=abc',
    'idempotency-key': 'delivery "1"',
    'user-agent': 'GitHub-Hookshot/"x"',
  });
  expect(answer.status).toBe(200);
  const { data, key } = (await last('github')) ?? { data: '', key: '' };
  expect(key).toBe('octo/hello');
  expect(JSON.parse(String(data))).toEqual({
    id: 'delivery "1"',
    receivedAt: expect.any(Number),
    sourceIp: '127.0.0.1',
    userAgent: 'GitHub-Hookshot/"x"',
    method: 'POST',
    query: { 'X-GitHub-Event': 'forged' },
    headers: { 'X-Hub-Signature-256': 'sha256=abc', 'X-GitHub-Event': 'push' },
    contentType: 'application/json',
    body,
  });
});

test('a webhook that reads members takes no forms', async () => {
  expect((await post('github', 'payload=x', 'application/x-www-form-urlencoded')).status).toBe(415);
});
