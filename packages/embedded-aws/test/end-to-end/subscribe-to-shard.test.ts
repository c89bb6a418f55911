import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  KinesisClient,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type LocalAws, startLocalAws } from '../../src';
import { subscribe, textsOf } from '../kinesis/subscriber';

let aws: LocalAws;

beforeEach(async () => {
  aws = await startLocalAws({ port: 0, kinesis: { createMs: 1, updateMs: 1, deleteMs: 1 } });
});

afterEach(() => aws.close());

const clients: KinesisClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

function clientOf(requestHandler: 'default' | NodeHttpHandler = 'default'): KinesisClient {
  const client = new KinesisClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    ...(requestHandler !== 'default' && { requestHandler }),
  });
  clients.push(client);
  return client;
}

/** A stream of one shard with a consumer. @returns the consumer's ARN */
async function prepare(client: KinesisClient): Promise<string> {
  const StreamName = 'orders';
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await waitUntilStreamExists(
    { client, maxWaitTime: 20, minDelay: 0.01, maxDelay: 0.01 },
    { StreamName },
  );
  const { Consumer } = await client.send(
    new RegisterStreamConsumerCommand({
      StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders',
      ConsumerName: 'reader',
    }),
  );
  const ConsumerARN = Consumer?.ConsumerARN ?? '';
  await untilActive(client, ConsumerARN);
  return ConsumerARN;
}

async function untilActive(client: KinesisClient, ConsumerARN: string): Promise<void> {
  const command = new DescribeStreamConsumerCommand({ ConsumerARN });
  while ((await client.send(command)).ConsumerDescription?.ConsumerStatus !== 'ACTIVE') {
    await sleep(1);
  }
}

const put = (client: KinesisClient, text: string) =>
  client.send(
    new PutRecordCommand({ StreamName: 'orders', PartitionKey: 'k', Data: Buffer.from(text) }),
  );

const from = (ConsumerARN: string) => ({
  ConsumerARN,
  ShardId: 'shardId-000000000000',
  StartingPosition: { Type: 'TRIM_HORIZON' } as const,
});

test.each([
  ['HTTP/2, as it does by default', undefined],
  ['HTTP/1.1', new NodeHttpHandler()],
])("the SDK's client reads a shard to its end over %s", async (_protocol, handler) => {
  const client = clientOf(handler);
  const arn = await prepare(client);
  await put(client, 'before');
  const events = await subscribe(client, from(arn));

  const before = await events.records();
  const after = events.records();
  await put(client, 'after');
  expect([textsOf(before), textsOf(await after)]).toEqual([['before'], ['after']]);

  await client.send(
    new SplitShardCommand({
      StreamName: 'orders',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: '1000',
    }),
  );
  let last = await events.next();
  while (last.ChildShards === undefined) last = await events.next();
  expect(last.ChildShards.map(({ ShardId }) => ShardId)).toEqual([
    'shardId-000000000001',
    'shardId-000000000002',
  ]);
  expect(await events.ended()).toBe(true);
});

/** Events without records come from time to time. */
async function untilItEnds(events: { next(): Promise<unknown> }): Promise<never> {
  for (;;) await events.next();
}

test('an error in the stream reaches the client as what it is', async () => {
  const client = clientOf();
  const arn = await prepare(client);
  const events = await subscribe(client, from(arn));
  await events.next();

  const ended = untilItEnds(events);
  await client.send(new DeregisterStreamConsumerCommand({ ConsumerARN: arn }));

  await expect(ended).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a server that stops ends its streams, and nothing holds it up', async () => {
  const client = clientOf();
  const events = await subscribe(client, from(await prepare(client)));
  await events.next();

  const ended = untilItEnds(events);
  await aws.close();

  await expect(ended).rejects.toThrow();
});
