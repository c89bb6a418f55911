import { isDeepStrictEqual } from 'node:util';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import fc from 'fast-check';
import { type DeployedStage, deployedStage } from './support/deployed-stage';

// Hostile values by the thousand, written to two streams: every record must be in the stream that
// the path named, as it was sent, and nothing else may be in either.

const SINGLES = 1_000;
const BATCHES = 90;
const BATCH_SIZE = 100;
const STREAMS = ['one', 'two'] as const;

interface Case {
  readonly data: unknown;
  readonly key: string;
}

const fragments = fc.constantFrom(
  'x","StreamName":"two',
  '"}],"Records":[{"Data":"',
  '\\',
  '\\\\"',
  '"',
  "'",
  "\\'",
  '/',
  '\\/',
  '</script>',
  '\u0000',
  '\u001f',
  '\n\r\t\b\f',
  '\u007f',
  '\u2028\u2029',
  '$input.path("$")',
  '#set($x = 1)',
  '#end',
  '${x}',
  '##',
  '#*',
  '#[[',
  'é漢🎉',
  '\u202e',
  'a',
);
const hostileText = fc.oneof(
  fc.array(fragments, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const hostileCase: fc.Arbitrary<Case> = fc.record({
  data: fc.oneof(
    hostileText,
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(hostileText, hostileText),
  ),
  key: hostileText.filter((text) => text !== '' && [...text].length <= 256),
});

let stage: DeployedStage;
let kinesis: KinesisClient;
let invokeUrl: string;

beforeAll(async () => {
  stage = await deployedStage();
  invokeUrl = await stage.deploy('throttleRate=100000', 'throttleBurst=5000');
  kinesis = new KinesisClient(stage.sdk);
  for (const StreamName of STREAMS) {
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    await waitUntilStreamExists(
      { client: kinesis, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.01 },
      { StreamName },
    );
  }
});

afterAll(async () => {
  kinesis.destroy();
  await stage.stop();
});

/** JSON in which DEL is escaped: API Gateway's reader drops a bare one next to other escapes. */
const toJson = (value: unknown) => JSON.stringify(value).replaceAll('\u007f', '\\u007f');

async function put(stream: string, rest: string, body: unknown): Promise<Response> {
  return fetch(`${invokeUrl}/streams/${stream}/${rest}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: toJson(body),
  });
}

interface Found {
  readonly bytes: Buffer;
  readonly key: string;
}

/** Streams that are read on, and how far. */
const iterators = new Map<string, string | undefined>();

/** The records that a stream has got since it was last read: all of them the first time. */
async function newIn(StreamName: string): Promise<Found[]> {
  const found: Found[] = [];
  if (!iterators.has(StreamName)) {
    const ShardIteratorType = 'TRIM_HORIZON';
    const input = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType } as const;
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(input));
    iterators.set(StreamName, ShardIterator);
  }
  for (let behind = 1; behind > 0; ) {
    const ShardIterator = iterators.get(StreamName);
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    for (const { Data = new Uint8Array(), PartitionKey = '' } of page.Records ?? []) {
      found.push({ bytes: Buffer.from(Data), key: PartitionKey });
    }
    iterators.set(StreamName, page.NextShardIterator);
    behind = page.MillisBehindLatest ?? 0;
  }
  return found;
}

/** Text is stored to the byte; of any other value its JSON, whose numbers may be spelt otherwise. */
function expectStored(actual: Found | undefined, { data, key }: Case): void {
  const stored = actual?.bytes.toString() ?? '';
  const asSent = typeof data === 'string' ? data : toJson(data);
  if (actual?.key === key && stored === asSent) return;
  expect(actual?.key).toBe(key);
  if (typeof data === 'string') expect(stored).toBe(data);
  const [value, sent] = [JSON.parse(stored), JSON.parse(asSent)];
  // Jest's own comparison of thousands takes seconds.
  if (!isDeepStrictEqual(value, sent)) expect(value).toEqual(sent);
}

test('10,000 hostile records are where they belong, as they were sent', async () => {
  const seed = Date.now();
  for (const stream of STREAMS) await newIn(stream);
  const cases = fc.sample(hostileCase, { numRuns: SINGLES + BATCHES * BATCH_SIZE, seed });
  const sent: Record<string, Case[]> = { one: [], two: [] };

  for (const [index, { data, key }] of cases.slice(0, SINGLES).entries()) {
    const stream = STREAMS[index % 2] ?? 'one';
    const answer = await put(stream, 'record', { Data: data, PartitionKey: key });
    expect({ seed, key, data, status: answer.status, body: await answer.text() }).toMatchObject({
      status: 200,
    });
    sent[stream]?.push({ data, key });
  }
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const stream = STREAMS[batch % 2] ?? 'one';
    const start = SINGLES + batch * BATCH_SIZE;
    const part = cases.slice(start, start + BATCH_SIZE);
    const records = part.map(({ data, key }) => ({ data, 'partition-key': key }));
    const answer = await put(stream, 'records', { records });
    expect({ seed, status: answer.status, body: await answer.json() }).toMatchObject({
      status: 200,
      body: { FailedRecordCount: 0 },
    });
    sent[stream]?.push(...part);
  }

  for (const stream of STREAMS) {
    const found = await newIn(stream);
    const expected = sent[stream] ?? [];
    expect({ seed, count: found.length }).toEqual({ seed, count: expected.length });
    for (const [index, one] of expected.entries()) expectStored(found[index], one);
  }
});

test.each(['\ud800', 'a\udc00b', '"\udfff'])(
  'the lone surrogate in %j changes nothing beyond its own field',
  async (text) => {
    await newIn('two');

    const answer = await put('one', 'record', { Data: text, PartitionKey: `k${text}` });

    expect([200, 400]).toContain(answer.status);
    expect(await newIn('two')).toEqual([]);
  },
);

test.each([
  'x","StreamName":"two',
  '../two',
  'one%22%2C%22StreamName%22%3A%22two',
  "it's",
  'é',
  '$input.body',
  'x'.repeat(129),
])('the stream name %j reaches no stream', async (name) => {
  const read = () => Promise.all(STREAMS.map(newIn));
  await read();

  const answer = await put(encodeURIComponent(name), 'record', { Data: 'x', PartitionKey: 'k' });

  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(await answer.json()).toEqual({
    code: expect.any(String),
    message: expect.any(String),
    requestId: expect.any(String),
  });
  expect(await read()).toEqual([[], []]);
});

test.each([
  ['limit', '1, "StreamName": "x"'],
  ['limit', '"'],
  ['exclusive-start-stream-name', 'x","Limit":"1'],
  ['next-token', '"}'],
])('the query parameter %s=%j stays a value', async (name, value) => {
  const answer = await fetch(`${invokeUrl}/streams?${new URLSearchParams({ [name]: value })}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: expect.stringMatching(/Exception$/) });
});

test('a key of 256 characters is taken, one of 257 is not', async () => {
  const longest = await put('one', 'record', { Data: 'x', PartitionKey: 'k'.repeat(256) });
  expect(longest.status).toBe(200);
  const tooLong = await put('one', 'record', { Data: 'x', PartitionKey: 'k'.repeat(257) });
  expect(tooLong.status).toBe(400);
});

test('500 records in one request, one of them 900 KiB', async () => {
  const records = Array.from({ length: 500 }, (_, n) => ({
    data: n === 0 ? 'x'.repeat(900 * 1024) : { n },
    'partition-key': String(n),
  }));
  const answer = await put('two', 'records', { records });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ FailedRecordCount: 0 });
});
