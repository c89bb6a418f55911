import fs from 'node:fs';
import { contents, folders, PersistedAws } from './support';

const folder = folders();
const HOUR = 3_600_000;
const StreamName = 'orders';
const StreamARN = `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`;

/** Processes of which each goes on where the one before was killed, with a clock to be moved. */
async function processes() {
  const directory = folder();
  const clock = { now: Date.UTC(2026, 0, 1) };
  let kept = await start();
  function start(): Promise<PersistedAws> {
    return PersistedAws.start(directory, {
      now: () => clock.now,
      updateMs: 0,
      enforceQuotas: true,
    });
  }
  return {
    directory,
    clock,
    get kept() {
      return kept;
    },
    async again(): Promise<void> {
      kept.kill();
      kept = await start();
    },
    end: () => kept.kill(),
  };
}

type Processes = Awaited<ReturnType<typeof processes>>;

const data = (text: string) => Buffer.from(text).toString('base64');

const summary = async ({ kept }: Processes) =>
  (await kept.kinesis('DescribeStreamSummary', { StreamName })).StreamDescriptionSummary;

const shards = async ({ kept }: Processes) =>
  (await kept.kinesis('ListShards', { StreamName })).Shards;

const put = ({ kept }: Processes, key: string) =>
  kept.kinesis('PutRecord', { StreamName, PartitionKey: key, Data: data(key) });

const scale = ({ kept }: Processes, TargetShardCount: number) =>
  kept.kinesis('UpdateShardCount', {
    StreamName,
    TargetShardCount,
    ScalingType: 'UNIFORM_SCALING',
  });

async function readShard({ kept }: Processes, ShardId: string) {
  const { ShardIterator } = await kept.kinesis('GetShardIterator', {
    StreamName,
    ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  return (await kept.kinesis('GetRecords', { ShardIterator })).Records;
}

test('shards that have expired are gone, their numbers used up, their children named after them', async () => {
  const run = await processes();
  await run.kept.kinesis('CreateStream', { StreamName, ShardCount: 1 });
  await put(run, 'old');
  await scale(run, 2);
  for (const key of ['a', 'b', 'c', 'd', 'e']) await put(run, key);
  run.clock.now += 25 * HOUR;
  await put(run, 'young');
  const before = await shards(run);

  await run.again();
  expect(await shards(run)).toEqual(before);
  await scale(run, 4);

  expect((await shards(run)).map(({ ShardId, ParentShardId }) => [ShardId, ParentShardId])).toEqual(
    [
      ['shardId-000000000001', 'shardId-000000000000'],
      ['shardId-000000000002', 'shardId-000000000000'],
      ['shardId-000000000003', 'shardId-000000000001'],
      ['shardId-000000000004', 'shardId-000000000001'],
      ['shardId-000000000005', 'shardId-000000000002'],
      ['shardId-000000000006', 'shardId-000000000002'],
    ],
  );
  const read = [];
  for (const { ShardId } of await shards(run)) read.push(...(await readShard(run, ShardId)));
  expect(read.map(({ PartitionKey }) => PartitionKey)).toEqual(['young']);
  run.end();
});

test('records of a shard that has expired may lie beside younger ones', async () => {
  const run = await processes();
  await run.kept.kinesis('CreateStream', { StreamName, ShardCount: 1 });
  await put(run, 'old');
  await scale(run, 2);
  run.clock.now += 23 * HOUR;
  await put(run, 'young');
  run.clock.now += 2 * HOUR;
  await run.kept.kinesis('AddTagsToStream', { StreamName, Tags: { swept: 'yes' } });

  await run.again();

  const texts = [];
  for (const { ShardId } of await shards(run)) texts.push(...(await readShard(run, ShardId)));
  expect(texts.map(({ PartitionKey }) => PartitionKey)).toEqual(['young']);
  run.end();
});

test('what expires goes from disk without anybody reading, and a longer period brings nothing back', async () => {
  const run = await processes();
  await run.kept.kinesis('CreateStream', { StreamName, ShardCount: 1 });
  const { SequenceNumber: old } = await put(run, 'old');
  const before = Object.values(contents(run.directory)).length;
  run.clock.now += 25 * HOUR;

  const { SequenceNumber: young } = await put(run, 'young');

  const written = fs
    .readdirSync(run.directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.records'));
  expect(written).toEqual([expect.stringContaining('00000002.records')]);
  expect(Object.values(contents(run.directory))).toHaveLength(before);
  await run.kept.kinesis('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 });
  await run.again();
  expect(await readShard(run, 'shardId-000000000000')).toMatchObject([{ SequenceNumber: young }]);
  expect(BigInt(young)).toBeGreaterThan(BigInt(old));
  run.end();
});

test('warm throughput, distribution and records without a key are as they were', async () => {
  const run = await processes();
  await run.kept.kinesis('UpdateAccountSettings', {
    MinimumThroughputBillingCommitment: { Status: 'ENABLED' },
  });
  await run.kept.kinesis('CreateStream', {
    StreamName,
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
  });
  const strategy = { StreamARN, RecordDistributionStrategy: 'AUTO' };
  await run.kept.kinesis('UpdateStreamRecordDistributionStrategy', strategy);
  await run.kept.kinesis('UpdateStreamWarmThroughput', { StreamName, WarmThroughputMiBps: 6 });
  // The update is under way, and applied by the next process.
  await run.again();
  const { ShardId } = await run.kept.kinesis('PutRecord', { StreamName, Data: data('no key') });
  const before = await summary(run);

  await run.again();

  expect(before).toMatchObject({ WarmThroughput: { TargetMiBps: 6, CurrentMiBps: 6 } });
  expect(await summary(run)).toEqual(before);
  const [record, ...others] = await readShard(run, ShardId);
  expect(record).toMatchObject({ Data: data('no key') });
  expect(record).not.toHaveProperty('PartitionKey');
  expect(others).toEqual([]);
  run.end();
});

test('a switch of modes that is under way takes its warm throughput along', async () => {
  const run = await processes();
  await run.kept.kinesis('UpdateAccountSettings', {
    MinimumThroughputBillingCommitment: { Status: 'ENABLED' },
  });
  await run.kept.kinesis('CreateStream', { StreamName, ShardCount: 1 });
  await run.kept.kinesis('UpdateStreamMode', {
    StreamARN,
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    WarmThroughputMiBps: 5,
  });

  await run.again();

  expect(await summary(run)).toMatchObject({
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    WarmThroughput: { TargetMiBps: 5, CurrentMiBps: 5 },
    OpenShardCount: 5,
  });
  run.end();
});

test('what was done today counts against the quota of the day after a restart, too', async () => {
  const run = await processes();
  await run.kept.kinesis('CreateStream', { StreamName, ShardCount: 2 });
  for (let count = 0; count < 10; count++) await scale(run, count % 2 === 0 ? 3 : 2);

  await run.again();

  await expect(scale(run, 3)).rejects.toThrow('LimitExceededException');
  run.end();
});
