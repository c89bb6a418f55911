import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { KinesisAction, KinesisAnswer } from 'dev-kit/testing/kinesis-answers';
import { bareEnvironment, freePort, type Running, startServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';

// `serverless local --persist` (what `npm start -- --persist` runs), killed and started again.

const service = serviceCopy();
const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'persist-'));
const folder = path.join(parent, 'state');
let port: number;
let running: Running;

beforeAll(async () => {
  port = await freePort();
  running = start(folder);
  await running.printed('Ctrl-C stops it.');
});

afterAll(async () => {
  running.child.kill('SIGTERM');
  await running.code;
  service.remove();
  fs.rmSync(parent, { recursive: true, force: true });
});

function start(persist: string): Running {
  return startServerless(service.folder, ['local', '--persist', persist], {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(port),
  });
}

const invokeUrl = () => /The API is ready at (\S+)/.exec(running.output())?.[1] ?? '';

/** Calls an endpoint, which answers as its action of Kinesis does. */
async function call<Action extends KinesisAction>(
  method: string,
  route: string,
  body?: object,
): Promise<KinesisAnswer<Action>> {
  const answer = await fetch(`${invokeUrl()}${route}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (answer.ok) return JSON.parse(await answer.text());
  throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
}

/** The iterator of the stream's one shard, once there is one. */
async function iterator(): Promise<string> {
  for (;;) {
    const { StreamDescription: stream } = await call<'DescribeStream'>('GET', '/streams/orders');
    if (stream.StreamStatus === 'ACTIVE') break;
  }
  const route = '/streams/orders/sharditerator?shard-id=shardId-000000000000';
  return (await call<'GetShardIterator'>('GET', route)).ShardIterator;
}

test('after a kill, the same start finds streams, records, iterators and the API where they were', async () => {
  await call('POST', '/streams/orders', { ShardCount: 1 });
  const issued = await iterator();
  const record = { Data: 'kept', PartitionKey: 'k' };
  const before = await call<'PutRecord'>('PUT', '/streams/orders/record', record);
  const url = invokeUrl();

  running.child.kill('SIGKILL');
  await running.code;
  running = start(folder);
  await running.printed('Ctrl-C stops it.');

  expect(invokeUrl()).toBe(url);
  const read = await call<'GetRecords'>(
    'GET',
    `/streams/orders/records?shard-iterator=${encodeURIComponent(issued)}`,
  );
  expect(read.Records).toMatchObject([{ SequenceNumber: before.SequenceNumber }]);
  const after = await call<'PutRecord'>('PUT', '/streams/orders/record', record);
  expect(BigInt(after.SequenceNumber) > BigInt(before.SequenceNumber)).toBe(true);
});

test('a folder with something else in it is left alone, and the message says so', async () => {
  const other = path.join(parent, 'other');
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, 'thesis.txt'), 'mine');
  const refused = startServerless(service.folder, ['local', '--persist', other], {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(await freePort()),
  });

  expect(await refused.code).not.toBe(0);
  expect(refused.output()).toContain('is no state of an embedded AWS: it has thesis.txt in it');
  expect(fs.readdirSync(other)).toEqual(['thesis.txt']);
});
