import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { createAws } from '../../src';
import { answeredBy } from '../../src/in-process';

// What alarms on a stream watch. https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html

const StreamName = 'orders';

/** A stream on which every write and read is throttled once `faults.share` is 1. */
async function withStream() {
  const faults = { share: 0, now: Date.now() };
  const aws = createAws({
    kinesis: {
      createMs: 0,
      now: () => faults.now,
      faults: ({ action }) =>
        action === 'GetShardIterator' ? undefined : { throttledShare: faults.share },
    },
  });
  const config = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: answeredBy((request) => aws.handle(request)),
  };
  const kinesis = new KinesisClient(config);
  const cloudWatch = new CloudWatchClient(config);
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));

  const record = { PartitionKey: 'k', Data: Buffer.from('x') };
  return {
    faults,
    write: () => kinesis.send(new PutRecordCommand({ StreamName, ...record })),
    writeTwo: () => kinesis.send(new PutRecordsCommand({ StreamName, Records: [record, record] })),
    async read() {
      const position = {
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      } as const;
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({ StreamName, ...position }),
      );
      return kinesis.send(new GetRecordsCommand({ ShardIterator }));
    },
    async metric(MetricName: string) {
      const { Datapoints: [found] = [] } = await cloudWatch.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/Kinesis',
          MetricName,
          Dimensions: [{ Name: 'StreamName', Value: StreamName }],
          StartTime: new Date(faults.now - 3_600_000),
          EndTime: new Date(faults.now + 3_600_000),
          Period: 86_400,
          Statistics: ['Sum', 'Maximum', 'SampleCount'],
        }),
      );
      return found && [found.SampleCount, found.Sum, found.Maximum, found.Unit];
    },
    async alarm(MetricName: string, Threshold: number) {
      await cloudWatch.send(
        new PutMetricAlarmCommand({
          AlarmName: MetricName,
          Namespace: 'AWS/Kinesis',
          MetricName,
          Dimensions: [{ Name: 'StreamName', Value: StreamName }],
          Statistic: 'Maximum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold,
          ComparisonOperator: 'GreaterThanThreshold',
        }),
      );
    },
    async state() {
      const { MetricAlarms: [alarm] = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
      return alarm?.StateValue;
    },
  };
}

test('records that are refused by a busy shard are counted, and a write without one counts 0', async () => {
  const here = await withStream();
  await here.write();
  here.faults.share = 1;
  await expect(here.write()).rejects.toThrow('Rate exceeded for shard');
  await here.writeTwo();

  expect(await here.metric('WriteProvisionedThroughputExceeded')).toEqual([3, 3, 2, 'Count']);
});

test('reads that are refused are counted', async () => {
  const here = await withStream();
  await here.read();
  here.faults.share = 1;
  await expect(here.read()).rejects.toThrow('Rate exceeded for shard');

  expect(await here.metric('ReadProvisionedThroughputExceeded')).toEqual([2, 1, 1, 'Count']);
});

test('a reader is as old as the last record that it got, and 0 when it got none', async () => {
  const here = await withStream();
  await here.read();
  expect(await here.metric('GetRecords.IteratorAgeMilliseconds')).toEqual([
    1,
    0,
    0,
    'Milliseconds',
  ]);
  await here.write();
  here.faults.now += 5_000;
  await here.read();

  expect((await here.metric('GetRecords.IteratorAgeMilliseconds'))?.[2]).toBe(5_000);
});

test('an alarm on a stream goes off', async () => {
  const here = await withStream();
  await here.alarm('WriteProvisionedThroughputExceeded', 0);
  expect(await here.state()).toBe('INSUFFICIENT_DATA');
  await here.write();
  expect(await here.state()).toBe('OK');
  here.faults.share = 1;
  await expect(here.write()).rejects.toThrow('Rate exceeded');

  expect(await here.state()).toBe('ALARM');
});
