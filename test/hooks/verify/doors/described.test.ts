import { DescribedDoor } from '../../../../hooks/verify/doors/described';
import { Digits } from '../../../../hooks/verify/doors/json-text';
import type { Route } from '../../../../hooks/verify/doors/routes';

const RECORD: Route = {
  endpoint: 'PutRecord',
  method: 'POST',
  path: '/{name}/events',
  takes: {
    StreamName: 'path.name',
    Data: 'body.event.data',
    PartitionKey: 'query.key',
    ExplicitHashKey: 'header.x-hash',
  },
};
const BATCH: Route = {
  endpoint: 'PutRecords',
  method: 'POST',
  path: '/batch',
  takes: { StreamName: 'body.stream', Records: 'body.items' },
  record: { Data: 'd', PartitionKey: 'meta.k' },
};

const doorWith = (...routes: Route[]) => new DescribedDoor({ routes });
const put = (route: Route, body: object, contentType?: string) =>
  doorWith(route).request(route.endpoint, {
    stream: 'a b',
    body,
    ...(contentType && { contentType }),
  });

const ONE = { Data: { a: 1 }, PartitionKey: 'k/1', ExplicitHashKey: '7' };

test('each member goes where the route takes it', () => {
  expect(put(RECORD, ONE)).toEqual({
    method: 'POST',
    path: '/a%20b/events?key=k%2F1',
    headers: { 'x-hash': '7' },
    contentType: 'application/json',
    body: '{"event":{"data":{"a":1}}}',
    anonymous: true,
  });
});

test('a batch, and the names of its records', () => {
  const records = [{ data: 'x', 'partition-key': 'k' }, { data: null }];

  expect(JSON.parse(String(put(BATCH, { records }).body))).toEqual({
    items: [{ d: 'x', meta: { k: 'k' } }, { d: null }],
    stream: 'a b',
  });
});

test.each([
  ['the whole body', { takes: { ...RECORD.takes, Data: 'body' } }, 'text', '"text"'],
  [
    'an integer of many digits',
    {},
    new Digits('12345678901234567890'),
    '{"event":{"data":12345678901234567890}}',
  ],
  ['base64 where only that is taken', { stores: 'base64' }, 'é', '{"event":{"data":"w6k="}}'],
] as const)('data as %s', (_, change, data, body) => {
  expect(put({ ...RECORD, ...change } as Route, { Data: data }).body).toBe(body);
});

test('headers, query and content type of the door and of the route', () => {
  const door = new DescribedDoor({
    headers: { 'x-tenant': 'a' },
    query: { v: '1' },
    authorization: 'iam',
    routes: [{ ...RECORD, contentType: 'application/vnd.events+json', query: { v: '2' } }],
  });

  const { path, headers, contentType, anonymous } = door.request('PutRecord', {
    stream: 's',
    body: { Data: 1 },
  });

  expect({ path, headers, contentType, anonymous }).toEqual({
    path: '/s/events?v=2',
    headers: { 'x-tenant': 'a' },
    contentType: 'application/vnd.events+json',
    anonymous: undefined,
  });
});

test('parameters of reading, under the names of Kinesis', () => {
  const door = doorWith({
    endpoint: 'GetShardIterator',
    method: 'GET',
    path: '/it',
    takes: { StreamName: 'query.s', ShardId: 'query.shard', StartingSequenceNumber: 'query.from' },
  });

  const { path } = door.request('GetShardIterator', {
    stream: 's',
    query: { 'shard-id': 'shardId-1', 'starting-sequence-number': '5' },
  });

  expect(path).toBe('/it?shard=shardId-1&from=5&s=s');
});

test.each([
  ['an endpoint', RECORD, 'ListShards', {}, 'ListShards is not described'],
  [
    'a member',
    RECORD,
    'PutRecord',
    { body: { SequenceNumberForOrdering: '1' } },
    'takes no SequenceNumberForOrdering',
  ],
  [
    'a member of a record',
    BATCH,
    'PutRecords',
    { body: { records: [{ data: 1, 'explicit-hash-key': '1' }] } },
    'takes no ExplicitHashKey',
  ],
  [
    'base64',
    RECORD,
    'PutRecord',
    { body: { Data: 'eA==' }, contentType: 'application/x-amz-json-1.1' },
    'takes no base64',
  ],
  [
    'other JSON than text',
    { ...RECORD, values: 'text' },
    'PutRecord',
    { body: { Data: 1 } },
    'takes text',
  ],
  [
    'another stream than its own',
    { ...RECORD, path: '/e', takes: { StreamName: 'fixed', Data: 'body' } },
    'PutRecord',
    { body: { Data: 1 } },
    'stream is fixed',
  ],
  ['a body that is a list', RECORD, 'PutRecord', { body: [1] }, 'is an object'],
] as const)('%s that the door lacks is not described', (_, route, id, asked, says) => {
  const door = new DescribedDoor({ routes: [route as Route] }, 'own');

  expect(() => door.request(id, { stream: 's', ...asked })).toThrow(
    expect.objectContaining({ name: 'NotDescribed', message: expect.stringContaining(says) }),
  );
});

test('what changes nothing for a check may be missing', () => {
  const door = doorWith({
    endpoint: 'CreateStream',
    method: 'POST',
    path: '/{s}',
    takes: { StreamName: 'path.s' },
  });

  expect(door.request('CreateStream', { stream: 's', body: { ShardCount: 1 } })).toMatchObject({
    path: '/s',
  });
});

test('a text is sent as it is, with its own content type', () => {
  const request = doorWith(RECORD).request('PutRecord', {
    stream: 's',
    body: '{"',
    contentType: 'text/plain',
  });

  expect(request).toMatchObject({ body: '{"', contentType: 'text/plain' });
});

test('of an answer, members under other names get those of Kinesis', () => {
  const door = doorWith({ ...RECORD, gives: { SequenceNumber: 'result.seq', ShardId: 'shard' } });
  const answer = { body: '{"result":{"seq":"7"},"shard":"s-1"}' } as never;

  expect(JSON.parse(door.read('PutRecord', answer).body)).toMatchObject({
    SequenceNumber: '7',
    ShardId: 's-1',
  });
});

test.each([
  ['text', undefined, 'x', 'x'],
  ['text as JSON', 'json', 'x', '"x"'],
  ['text from base64', 'base64', 'x', 'x'],
  ['an object', undefined, { a: 1 }, '{"a":1}'],
  ['many digits', undefined, [new Digits('12345678901234567890')], '[12345678901234567890]'],
] as const)('%s is stored as the route says', (_, stores, value, bytes) => {
  const door = doorWith({ ...RECORD, ...(stores && { stores }) });

  expect(door.stored('PutRecord', value).bytes.toString()).toBe(bytes);
});
