import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  CreateStreamCommand,
  KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { bareEnvironment } from 'dev-kit/testing/processes';
import { pythonWith } from 'dev-kit/testing/python';
import { type LocalAws, startLocalAws } from '../../src';

/*
 * async-kinesis (PyPI, Apache-2.0), a consumer that nobody here wrote, reads a stream whose shards
 * were split, merged and rescaled. It reads a shard's children once it has read the shard to its end,
 * so every key's records must come in the order they were put in.
 */

const StreamName = 'resharded';
const READER = path.join(__dirname, 'fixtures', 'async-kinesis', 'read_stream.py');
const KEYS = Array.from({ length: 20 }, (_, index) => `key-${index}`);

let aws: LocalAws;
let client: KinesisClient;

beforeAll(async () => {
  aws = await startLocalAws({ port: 0, kinesis: { createMs: 1, updateMs: 1 } });
  client = new KinesisClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(async () => {
  client.destroy();
  await aws.close();
});

/** Waits until the stream is ACTIVE. */
const settled = () =>
  waitUntilStreamExists(
    { client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.01 },
    { StreamName },
  );

let round = 0;

/** Puts one more record of every key. */
async function putRound(): Promise<void> {
  round += 1;
  const { FailedRecordCount } = await client.send(
    new PutRecordsCommand({
      StreamName,
      Records: KEYS.map((key) => ({
        PartitionKey: key,
        Data: Buffer.from(JSON.stringify({ key, round, text: 'größe ✓' })),
      })),
    }),
  );
  expect(FailedRecordCount).toBe(0);
}

/** A stream of two shards that was split, merged, doubled and halved, records before and after. */
async function reshardedStream(): Promise<void> {
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
  await settled();
  await putRound();
  const changes = [
    new SplitShardCommand({
      StreamName,
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: String(2n ** 126n),
    }),
    new MergeShardsCommand({
      StreamName,
      ShardToMerge: 'shardId-000000000003',
      AdjacentShardToMerge: 'shardId-000000000001',
    }),
    new UpdateShardCountCommand({
      StreamName,
      TargetShardCount: 4,
      ScalingType: 'UNIFORM_SCALING',
    }),
    new UpdateShardCountCommand({
      StreamName,
      TargetShardCount: 2,
      ScalingType: 'UNIFORM_SCALING',
    }),
  ];
  for (const change of changes) {
    await client.send(change as SplitShardCommand);
    await settled();
    await putRound();
  }
}

pythonWith('async-kinesis reads a resharded stream to its end', ['kinesis'], async (python) => {
  await reshardedStream();
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  const closed = Shards.filter(
    ({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber !== undefined,
  );
  const count = String(KEYS.length * round);

  for (const how of ['list', 'describe']) {
    const { stdout } = await promisify(execFile)(
      python,
      [READER, aws.url, StreamName, count, how],
      { env: { ...bareEnvironment(), AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' } },
    );
    const records: { key: string; round: number; text: string }[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(closed.length).toBeGreaterThan(4);
    for (const key of KEYS) {
      const found = records.filter((record) => record.key === key);
      expect(found.map((record) => record.round)).toEqual([1, 2, 3, 4, 5]);
      expect(found[0]?.text).toBe('größe ✓');
    }
  }
});
