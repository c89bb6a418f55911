import { streamHandler } from '../../../src/kinesis/resource-handlers/stream';
import { streamArn, TestKinesis } from '../support';
import { context, waitingOn } from './support';

function setUp() {
  const kinesis = new TestKinesis();
  return { kinesis, handler: streamHandler(kinesis.kinesis, waitingOn(kinesis)) };
}

const summaryOf = async (kinesis: TestKinesis, StreamName: string) =>
  (await kinesis.ok('DescribeStreamSummary', { StreamName })).StreamDescriptionSummary;

describe('AWS::Kinesis::Stream', () => {
  test('has its resource type', () => {
    expect(setUp().handler.type).toBe('AWS::Kinesis::Stream');
  });

  describe('create', () => {
    test('creates a stream with all properties and waits until it is ACTIVE', async () => {
      const { kinesis, handler } = setUp();

      const state = await handler.create(context, {
        Name: 'orders',
        // CloudFormation parameters are strings.
        ShardCount: '2',
        RetentionPeriodHours: 48,
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
        MaxRecordSizeInKiB: 2048,
        DesiredShardLevelMetrics: ['IncomingBytes'],
        Tags: [{ Key: 'team', Value: 'shop' }],
      });

      expect(state).toEqual({ physicalId: 'orders', attributes: { Arn: streamArn('orders') } });
      expect(await summaryOf(kinesis, 'orders')).toMatchObject({
        StreamStatus: 'ACTIVE',
        OpenShardCount: 2,
        RetentionPeriodHours: 48,
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        EncryptionType: 'KMS',
        KeyId: 'alias/aws/kinesis',
        MaxRecordSizeInKiB: 2048,
        EnhancedMonitoring: [{ ShardLevelMetrics: ['IncomingBytes'] }],
      });
      expect(await kinesis.ok('ListTagsForStream', { StreamName: 'orders' })).toMatchObject({
        Tags: [{ Key: 'team', Value: 'shop' }],
      });
    });

    test('generates the same name every time', async () => {
      const names = await Promise.all(
        [setUp(), setUp()].map(async ({ handler }) => {
          const { physicalId } = await handler.create(context, { ShardCount: 1 });
          return physicalId;
        }),
      );

      expect(names[0]).toMatch(/^shop-Orders-[0-9A-Z]{12}$/);
      expect(names[1]).toBe(names[0]);
    });

    test('truncates a generated name to the limit of Kinesis', async () => {
      const { handler } = setUp();

      const { physicalId } = await handler.create(
        { ...context, stackName: 's'.repeat(128), logicalId: 'L'.repeat(255) },
        { ShardCount: 1 },
      );

      expect(physicalId.length).toBeLessThanOrEqual(128);
    });

    test('fails with the error message of Kinesis', async () => {
      const { handler } = setUp();

      await expect(
        handler.create(context, {
          ShardCount: 1,
          StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        }),
      ).rejects.toThrow('ShardCount is not expected when StreamMode=ON_DEMAND');
    });

    test('deletes the stream if a property fails after its creation', async () => {
      const { kinesis, handler } = setUp();

      await expect(
        handler.create(context, { Name: 'orders', ShardCount: 1, RetentionPeriodHours: 9_000 }),
      ).rejects.toThrow('Maximum allowed retention period is 8760 hours');

      expect((await kinesis.ok('ListStreams', {})).StreamNames).toEqual([]);
    });

    test('does not delete a stream that already existed', async () => {
      const { kinesis, handler } = setUp();
      await kinesis.stream('orders');

      await expect(handler.create(context, { Name: 'orders', ShardCount: 1 })).rejects.toThrow(
        "Resource of type 'AWS::Kinesis::Stream' with identifier 'orders' already exists.",
      );
      expect((await kinesis.describe('orders')).StreamStatus).toBe('ACTIVE');
    });

    test('refuses an unsupported property', async () => {
      const { handler } = setUp();

      await expect(handler.create(context, { WarmThroughputMiBps: 10 })).rejects.toThrow(
        'The embedded AWS does not implement the property WarmThroughputMiBps of AWS::Kinesis::Stream.',
      );
    });
  });

  describe('update', () => {
    test('applies changed properties and waits for them', async () => {
      const { kinesis, handler } = setUp();
      const before = {
        ShardCount: 2,
        RetentionPeriodHours: 72,
        StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/one' },
        DesiredShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
        Tags: [
          { Key: 'gone', Value: 'x' },
          { Key: 'kept', Value: 'old' },
        ],
      };
      const { physicalId } = await handler.create(context, before);

      const state = await handler.update(
        context,
        physicalId,
        {
          ShardCount: 4,
          RetentionPeriodHours: 48,
          DesiredShardLevelMetrics: ['OutgoingBytes', 'IncomingRecords'],
          Tags: [{ Key: 'kept', Value: 'new' }],
        },
        before,
      );

      expect(state.physicalId).toBe(physicalId);
      expect(await summaryOf(kinesis, physicalId)).toMatchObject({
        StreamStatus: 'ACTIVE',
        OpenShardCount: 4,
        RetentionPeriodHours: 48,
        EncryptionType: 'NONE',
        EnhancedMonitoring: [{ ShardLevelMetrics: ['OutgoingBytes', 'IncomingRecords'] }],
      });
      expect(await kinesis.ok('ListTagsForStream', { StreamName: physicalId })).toMatchObject({
        Tags: [{ Key: 'kept', Value: 'new' }],
      });
    });

    test('a removed property returns to its default', async () => {
      const { kinesis, handler } = setUp();
      const before = { ShardCount: 1, RetentionPeriodHours: 48, MaxRecordSizeInKiB: 4096 };
      const { physicalId } = await handler.create(context, before);

      await handler.update(context, physicalId, { ShardCount: 1 }, before);

      expect(await summaryOf(kinesis, physicalId)).toMatchObject({
        RetentionPeriodHours: 24,
        MaxRecordSizeInKiB: 1024,
      });
    });

    test('changes the mode, and from on-demand scales to the given number of shards', async () => {
      const { kinesis, handler } = setUp();
      const before = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } };
      const { physicalId } = await handler.create(context, before);
      const after = { StreamModeDetails: { StreamMode: 'PROVISIONED' }, ShardCount: 4 };

      await handler.update(context, physicalId, after, before);

      expect(await summaryOf(kinesis, physicalId)).toMatchObject({
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        OpenShardCount: 4,
      });
    });
  });

  describe('delete', () => {
    test('waits until the stream is deleted', async () => {
      const { kinesis, handler } = setUp();
      const { physicalId } = await handler.create(context, { Name: 'orders', ShardCount: 1 });

      await handler.delete(context, physicalId, {});

      expect((await kinesis.ok('ListStreams', {})).StreamNames).toEqual([]);
    });

    test('fails while consumers are registered, and leaves the stream', async () => {
      const { kinesis, handler } = setUp();
      const { physicalId } = await handler.create(context, { Name: 'orders', ShardCount: 1 });
      const StreamARN = streamArn('orders');
      await kinesis.ok('RegisterStreamConsumer', { StreamARN, ConsumerName: 'reader' });

      const deletion = Promise.resolve(handler.delete(context, physicalId, {}));

      await expect(deletion).rejects.toThrow(
        `DeleteStream can't delete ${StreamARN} because there are consumers`,
      );
      expect((await kinesis.describe('orders')).StreamStatus).toBe('ACTIVE');
    });

    test('accepts a stream that no longer exists', async () => {
      const { handler } = setUp();

      await expect(handler.delete(context, 'orders', {})).resolves.toBeUndefined();
    });
  });
});
