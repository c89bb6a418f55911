import { type Caller, rootCaller } from '../../src/core/caller';
import { AwsError } from '../../src/core/errors';
import { OPERATIONS } from '../../src/kinesis/operations';
import { REGION, shardId, streamArn, TestKinesis } from './support';

const StreamARN = streamArn('s');
const ConsumerARN = `${StreamARN}/consumer/reader:1500000000`;
const byName = { StreamName: 's' };

/** The input of each action, and the resource on which IAM authorizes it. */
const AUTHORIZED_ON = {
  AddTagsToStream: [{ ...byName, Tags: { a: '' } }, StreamARN],
  CreateStream: [{ ...byName, ShardCount: 1 }, StreamARN],
  DecreaseStreamRetentionPeriod: [{ ...byName, RetentionPeriodHours: 24 }, StreamARN],
  DeleteResourcePolicy: [{ ResourceARN: StreamARN }, StreamARN],
  DeleteStream: [byName, StreamARN],
  DeregisterStreamConsumer: [{ ConsumerARN }, ConsumerARN],
  DescribeAccountSettings: [{}, '*'],
  DescribeLimits: [{}, '*'],
  DescribeStream: [byName, StreamARN],
  DescribeStreamConsumer: [{ ConsumerARN }, ConsumerARN],
  DescribeStreamSummary: [{ StreamARN }, StreamARN],
  DisableEnhancedMonitoring: [{ ...byName, ShardLevelMetrics: ['ALL'] }, '*'],
  EnableEnhancedMonitoring: [{ ...byName, ShardLevelMetrics: ['ALL'] }, '*'],
  GetResourcePolicy: [{ ResourceARN: StreamARN }, StreamARN],
  GetShardIterator: [{ ...byName, ShardId: shardId(0), ShardIteratorType: 'LATEST' }, StreamARN],
  IncreaseStreamRetentionPeriod: [{ ...byName, RetentionPeriodHours: 24 }, StreamARN],
  ListShards: [byName, StreamARN],
  ListStreamConsumers: [{ StreamARN }, StreamARN],
  ListStreams: [{}, '*'],
  ListTagsForResource: [{ ResourceARN: ConsumerARN }, ConsumerARN],
  ListTagsForStream: [byName, StreamARN],
  MergeShards: [
    { ...byName, ShardToMerge: shardId(0), AdjacentShardToMerge: shardId(1) },
    StreamARN,
  ],
  PutRecord: [{ ...byName, PartitionKey: 'k', Data: '' }, StreamARN],
  PutRecords: [{ ...byName, Records: [{ PartitionKey: 'k', Data: '' }] }, StreamARN],
  PutResourcePolicy: [{ ResourceARN: StreamARN, Policy: '{"Statement":[]}' }, StreamARN],
  RegisterStreamConsumer: [{ StreamARN, ConsumerName: 'reader' }, StreamARN],
  RemoveTagsFromStream: [{ ...byName, TagKeys: ['a'] }, StreamARN],
  SplitShard: [{ ...byName, ShardToSplit: shardId(0), NewStartingHashKey: '9' }, StreamARN],
  StartStreamEncryption: [{ ...byName, EncryptionType: 'KMS', KeyId: 'k' }, StreamARN],
  StopStreamEncryption: [{ ...byName, EncryptionType: 'KMS', KeyId: 'k' }, StreamARN],
  SubscribeToShard: [
    { ConsumerARN, ShardId: shardId(0), StartingPosition: { Type: 'LATEST' } },
    ConsumerARN,
  ],
  TagResource: [{ ResourceARN: StreamARN, Tags: { a: '' } }, StreamARN],
  UntagResource: [{ ResourceARN: StreamARN, TagKeys: ['a'] }, StreamARN],
  UpdateAccountSettings: [{ MinimumThroughputBillingCommitment: { Status: 'ENABLED' } }, '*'],
  UpdateMaxRecordSize: [{ StreamARN, MaxRecordSizeInKiB: 1024 }, StreamARN],
  UpdateShardCount: [{ ...byName, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }, '*'],
  UpdateStreamMode: [{ StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, '*'],
  UpdateStreamRecordDistributionStrategy: [
    { StreamARN, RecordDistributionStrategy: 'AUTO' },
    StreamARN,
  ],
  UpdateStreamWarmThroughput: [{ StreamARN, WarmThroughputMiBps: 8 }, StreamARN],
} as const satisfies Partial<Record<keyof typeof OPERATIONS, readonly [object, string]>>;

/** A caller without permissions, and the authorizations requested for it. */
function callerWithoutPermissions(accountId = '000000000000') {
  const requested: string[] = [];
  const caller: Caller = {
    ...rootCaller({ accountId, region: REGION }),
    authorize(action, resource) {
      requested.push(`${action} ${resource}`);
      throw new AwsError('AccessDeniedException', `No ${action} on ${resource}.`);
    },
  };
  return { caller, requested };
}

describe('authorization', () => {
  test('every action is authorized', () => {
    const covered = [...Object.keys(AUTHORIZED_ON), 'GetRecords'].sort();

    expect(covered).toEqual(Object.keys(OPERATIONS).sort());
  });

  test.each(Object.entries(AUTHORIZED_ON))('%s', async (action, [input, resource]) => {
    const kinesis = new TestKinesis();
    const { caller, requested } = callerWithoutPermissions();

    const answer = await kinesis.send(action, input, caller);

    expect(requested).toEqual([`kinesis:${action} ${resource}`]);
    expect(answer).toEqual({
      status: 400,
      body: {
        __type: 'AccessDeniedException',
        message: `No kinesis:${action} on ${resource}.`,
      },
    });
  });

  test('GetRecords is authorized on the stream of its iterator', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    const ShardIterator = await kinesis.iterator('s', 0);
    const { caller, requested } = callerWithoutPermissions();

    const answer = await kinesis.send('GetRecords', { ShardIterator }, caller);

    expect(requested).toEqual([`kinesis:GetRecords ${StreamARN}`]);
    expect(answer.body.__type).toBe('AccessDeniedException');
  });

  test('nothing happens before authorization', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    const { caller } = callerWithoutPermissions();

    await kinesis.send('PutRecord', { ...byName, PartitionKey: 'k', Data: '' }, caller);
    await kinesis.send('CreateStream', { StreamName: 'other', ShardCount: 1 }, caller);
    await kinesis.send('DeleteStream', byName, caller);

    expect(await kinesis.texts('s')).toEqual([]);
    expect((await kinesis.ok('ListStreams', {})).StreamNames).toEqual(['s']);
    expect((await kinesis.describe('s')).StreamStatus).toBe('ACTIVE');
  });

  test('an unauthorized caller does not learn whether a stream exists', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    const { caller } = callerWithoutPermissions();

    const existing = await kinesis.send('DescribeStream', byName, caller);
    const missing = await kinesis.send('DescribeStream', { StreamName: 'nope' }, caller);

    expect(existing.body.__type).toBe('AccessDeniedException');
    expect(missing.body.__type).toBe('AccessDeniedException');
  });

  test.each([
    ['CreateStream', { ...byName, ShardCount: 1, Tags: { a: '' } }, 'AddTagsToStream', StreamARN],
    [
      'RegisterStreamConsumer',
      { StreamARN: streamArn('existing'), ConsumerName: 'c', Tags: { a: '' } },
      'TagResource',
      `${streamArn('existing')}/consumer/c:*`,
    ],
  ])('%s with tags requires the permission to tag', async (action, input, needed, resource) => {
    const kinesis = new TestKinesis();
    await kinesis.stream('existing');
    const caller: Caller = {
      ...rootCaller({ accountId: '000000000000', region: REGION }),
      authorize(requested, of) {
        if (requested === `kinesis:${needed}`) throw new AwsError('AccessDeniedException', of);
      },
    };

    const answer = await kinesis.send(action, input, caller);

    expect(answer.body).toEqual({ __type: 'AccessDeniedException', message: resource });
  });

  test('an iterator does not give other accounts access', async () => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');
    await kinesis.put('s', 'k', 'secret');
    const ShardIterator = await kinesis.iterator('s', 0);
    const stranger = rootCaller({ accountId: '111111111111', region: REGION });

    const answer = await kinesis.send('GetRecords', { ShardIterator }, stranger);

    expect(answer.body).toEqual({
      __type: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::111111111111:root is not authorized to perform: kinesis:GetRecords on ' +
        `resource: ${StreamARN} because no resource-based policy allows the kinesis:GetRecords action`,
    });
  });
});
