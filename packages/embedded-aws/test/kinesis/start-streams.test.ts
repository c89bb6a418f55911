import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { type AwsOptions, createAws } from '../../src/aws';
import { OptionError } from '../../src/core/option-error';
import { answeredBy } from '../../src/in-process';
import { State } from '../../src/state';

function kinesis(options: AwsOptions, region = 'us-east-1', state?: State): KinesisClient {
  const aws = createAws(options, state);
  return new KinesisClient({
    endpoint: 'http://127.0.0.1:4566',
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: answeredBy((request) => aws.handle(request)),
    maxAttempts: 1,
  });
}

const summary = async (client: KinesisClient, name: string) =>
  (await client.send(new DescribeStreamSummaryCommand({ StreamName: name })))
    .StreamDescriptionSummary;

const record = (name: string) => ({
  StreamName: name,
  PartitionKey: 'k',
  Data: Buffer.from('first'),
});

test('streams take records from the first request on, however long others stay CREATING', async () => {
  const client = kinesis({
    streams: { orders: 2, audit: 'on-demand' },
    kinesis: { createMs: 3_600_000, enforceQuotas: true },
  });

  await client.send(new PutRecordCommand(record('orders')));
  expect(await summary(client, 'orders')).toMatchObject({
    StreamStatus: 'ACTIVE',
    OpenShardCount: 2,
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
  });
  expect(await summary(client, 'audit')).toMatchObject({
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
  });
});

test('more streams than an account may create at once', async () => {
  const streams = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`s${index}`, 1]));
  const client = kinesis({ streams, kinesis: { enforceQuotas: true } });

  expect((await client.send(new ListStreamsCommand({ Limit: 100 }))).StreamNames).toHaveLength(12);
});

test('they are in one region', async () => {
  const options = { streams: { orders: 1 }, region: 'eu-west-1' };
  const names = async (region: string) =>
    (await kinesis(options, region).send(new ListStreamsCommand({}))).StreamNames;

  expect(await names('eu-west-1')).toEqual(['orders']);
  expect(await names('us-east-1')).toEqual([]);
});

test('a stream that was kept stays as it is, with its records', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-streams-'));
  try {
    const before = await State.open(folder);
    await kinesis({ streams: { orders: 2 } }, 'us-east-1', before).send(
      new PutRecordCommand(record('orders')),
    );
    before.close();
    const after = await State.open(folder);
    const client = kinesis({ streams: { orders: 4, clicks: 1 } }, 'us-east-1', after);

    expect(await summary(client, 'orders')).toMatchObject({ OpenShardCount: 2 });
    expect(await summary(client, 'clicks')).toMatchObject({ OpenShardCount: 1 });
    after.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each<[AwsOptions, string]>([
  [{ streams: { orders: 0 } }, 'streams.orders must be a number of shards'],
  [{ streams: { orders: 1.5 } }, 'streams.orders must be a number of shards'],
  [{ streams: { 'or/ders': 1 } }, "streams: 'or/ders' cannot be the name of a stream"],
  [{ streams: { orders: 3 }, kinesis: { shardLimit: 2 } }, 'streams.orders: This request would'],
])('refuses %j', (options, message) => {
  expect(() => createAws(options)).toThrow(OptionError);
  expect(() => createAws(options)).toThrow(message);
});
