import { describeTypes, notFound, streamArn, TestKinesis } from '../support';

describe('DescribeStreamSummary', () => {
  describeTypes('DescribeStreamSummary', { StreamName: 'String', StreamARN: 'String' });

  test('refuses a stream that does not exist', async () => {
    expect(await new TestKinesis().send('DescribeStreamSummary', { StreamName: 'nope' })).toEqual(
      notFound('nope'),
    );
  });

  test('counts open shards and consumers', async () => {
    const kinesis = new TestKinesis();
    const created = Math.floor(kinesis.now / 1000);
    const StreamARN = await kinesis.stream('orders', 2);
    await kinesis.ok('RegisterStreamConsumer', { StreamARN, ConsumerName: 'reader' });
    await kinesis.ok('MergeShards', {
      StreamName: 'orders',
      ShardToMerge: 'shardId-000000000000',
      AdjacentShardToMerge: 'shardId-000000000001',
    });
    kinesis.advance(1_000);

    expect(await kinesis.ok('DescribeStreamSummary', { StreamARN })).toEqual({
      StreamDescriptionSummary: {
        StreamName: 'orders',
        StreamARN: streamArn('orders'),
        StreamStatus: 'ACTIVE',
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        RetentionPeriodHours: 24,
        StreamCreationTimestamp: created,
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: 'NONE',
        OpenShardCount: 1,
        ConsumerCount: 1,
        MaxRecordSizeInKiB: 1024,
      },
    });
  });
});
