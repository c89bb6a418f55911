import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import { remembering } from '../../../hooks/stage/shadow';
import { summaryOf } from '../../../hooks/streams/look';
import { asItIs, takeUp } from '../../../hooks/streams/take-up';
import { account, declared, STACK, templateOf } from './account';

const changed = (config: ReturnType<typeof account>['config']) => ({
  config,
  stackName: STACK,
  region: 'us-east-1',
  bucket: async () => 'none',
  key: 'none',
  isTemporary: true,
  pollS: 0.01,
});

/** Takes up what the declaration has and the account too. */
async function takingUp(here: ReturnType<typeof account>, streams: Parameters<typeof declared>[0]) {
  const { toImport } = await here.check(streams, { imports: true });
  const stack = await here.stack();
  const core = templateOf([]);
  await takeUp(
    { changed: changed(here.config), stage: 'dev', stack, core, roleArn: undefined },
    toImport,
  );
}

test('a stream is in the stack as it was, with its records, and the next update changes it', async () => {
  const here = account();
  await here.create('orders', 2);
  const { ShardId, SequenceNumber } = await here.kinesis.send(
    new PutRecordCommand({ StreamName: 'orders', PartitionKey: 'k', Data: Buffer.from('kept') }),
  );
  await here.kinesis.send(
    new StartStreamEncryptionCommand({
      StreamName: 'orders',
      EncryptionType: 'KMS',
      KeyId: 'alias/aws/kinesis',
    }),
  );
  const before = await summaryOf(here.kinesis, 'orders');
  const wanted = { orders: { shards: 4, retentionHours: 48 } };

  await takingUp(here, wanted);

  expect(await summaryOf(here.kinesis, 'orders')).toEqual(before);
  const { template, physicalIds, status } = (await here.stack()) ?? {};
  expect([status, physicalIds?.OrdersStream]).toEqual(['CREATE_COMPLETE', 'orders']);
  expect(template?.Resources.OrdersStream).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: { ShardCount: 2, RetentionPeriodHours: 24 },
  });
  expect(Object.keys(template?.Resources ?? {})).toContain('Other');

  await here.deploy(wanted);
  expect(await summaryOf(here.kinesis, 'orders')).toMatchObject({
    OpenShardCount: 4,
    RetentionPeriodHours: 48,
  });
  const { ShardIterator } = await here.kinesis.send(
    new GetShardIteratorCommand({
      StreamName: 'orders',
      ShardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      StartingSequenceNumber: SequenceNumber,
    }),
  );
  const { Records = [] } = await here.kinesis.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records.map(({ Data }) => Buffer.from(Data ?? []).toString())).toEqual(['kept']);
});

test('a deployed stack gets it beside what it has', async () => {
  const here = account();
  await here.deploy({ clicks: {} });
  await here.create('orders');

  await takingUp(here, { clicks: {}, orders: { shards: 2 } });

  const { physicalIds, status } = (await here.stack()) ?? {};
  expect([status, physicalIds?.ClicksStream, physicalIds?.OrdersStream]).toEqual([
    'UPDATE_COMPLETE',
    'clicks',
    'orders',
  ]);
});

test('what a deploy that was cut off has left does not become the stack’s own', async () => {
  const here = account();
  await here.deploy({ clicks: {} });
  const before = (await here.stack())?.template ?? templateOf([]);
  const stack = await here.stack();
  await here.create('orders');
  const { toImport } = await here.check({ clicks: {}, orders: { shards: 2 } }, { imports: true });
  const shadowed = remembering(templateOf(declared({ clicks: {}, other: {} })), before);

  await takeUp(
    {
      changed: changed(here.config),
      stage: 'dev',
      stack: stack && { ...stack, template: shadowed },
      core: undefined,
      roleArn: undefined,
    },
    toImport,
  );

  const { Resources } = (await here.stack())?.template ?? { Resources: {} };
  expect(Object.keys(Resources).sort()).toEqual(['ClicksStream', 'OrdersStream', 'Other']);
});

test('an on-demand stream has no number of shards', () => {
  const { Properties } = asItIs({
    StreamName: 'orders',
    StreamARN: 'arn',
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    RetentionPeriodHours: 24,
    StreamCreationTimestamp: new Date(),
    EnhancedMonitoring: [{ ShardLevelMetrics: ['IncomingBytes'] }],
    OpenShardCount: 4,
    MaxRecordSizeInKiB: 2048,
  });
  expect(Properties).toEqual({
    Name: 'orders',
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    RetentionPeriodHours: 24,
    MaxRecordSizeInKiB: 2048,
  });
});
