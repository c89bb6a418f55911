import { rootCaller } from '../../../src/core/caller';
import {
  ACCOUNT,
  at,
  describeTypes,
  emptyName,
  error,
  invalid,
  isNull,
  streamArn,
  TestKinesis,
} from '../support';

describe('CreateStream', () => {
  describeTypes('CreateStream', {
    StreamName: 'String',
    ShardCount: 'Integer',
    StreamModeDetails: 'Structure',
    'StreamModeDetails.StreamMode': 'String',
    Tags: 'Map',
    'Tags.team': 'String',
    MaxRecordSizeInKiB: 'Integer',
  });

  describe('validation', () => {
    test.each([
      ['no name', {}, invalid(isNull('streamName'))],
      [
        'an empty name and no shards',
        { StreamName: '', ShardCount: 0 },
        invalid(
          at('shardCount', "'0'", 'Member must have value greater than or equal to 1'),
          ...emptyName('streamName'),
        ),
      ],
      [
        'a long name',
        { StreamName: 'a'.repeat(129), ShardCount: 1 },
        invalid(
          at(
            'streamName',
            `'${'a'.repeat(129)}'`,
            'Member must have length less than or equal to 128',
          ),
        ),
      ],
      [
        'an unknown mode',
        { StreamName: 's', StreamModeDetails: { StreamMode: 'FREE' } },
        invalid(
          at(
            'streamModeDetails.streamMode',
            "'FREE'",
            'Member must satisfy enum value set: [ON_DEMAND, PROVISIONED]',
          ),
        ),
      ],
      [
        'mode details without a mode',
        { StreamName: 's', StreamModeDetails: {} },
        invalid(isNull('streamModeDetails.streamMode')),
      ],
      [
        'a record size that is too large',
        { StreamName: 's', ShardCount: 1, MaxRecordSizeInKiB: 10_241 },
        invalid(
          at('maxRecordSizeInKiB', "'10241'", 'Member must have value less than or equal to 10240'),
        ),
      ],
      [
        'a tag with an empty key',
        { StreamName: 's', ShardCount: 1, Tags: { '': 'x' } },
        invalid(
          at(
            'tags',
            "'{=x}'",
            'Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]',
          ),
        ),
      ],
      [
        'shards of an on-demand stream',
        { StreamName: 's', ShardCount: 2, StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
        error('ValidationException', 'ShardCount is not expected when StreamMode=ON_DEMAND'),
      ],
      [
        'warm throughput of a provisioned stream',
        { StreamName: 's', ShardCount: 1, WarmThroughputMiBps: 10 },
        error(
          'ValidationException',
          'WarmThroughputMiBps is only supported for the data streams with the on-demand capacity mode.',
        ),
      ],
      [
        'automatic distribution in a provisioned stream',
        { StreamName: 's', ShardCount: 1, RecordDistributionStrategy: 'AUTO' },
        error(
          'InvalidArgumentException',
          'RecordDistributionStrategy AUTO is only supported for the data streams with the on-demand capacity mode.',
        ),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      const kinesis = new TestKinesis();

      expect(await kinesis.send('CreateStream', input)).toEqual(expected);
      expect((await kinesis.ok('ListStreams', {})).StreamNames).toEqual([]);
    });
  });

  describe('functionality', () => {
    test('returns nothing, and the stream is CREATING without shards', async () => {
      const kinesis = new TestKinesis();

      const answer = await kinesis.send('CreateStream', { StreamName: 'orders', ShardCount: 3 });

      expect(answer).toEqual({ status: 200, body: undefined });
      expect(await kinesis.describe('orders')).toEqual({
        StreamName: 'orders',
        StreamARN: streamArn('orders'),
        StreamStatus: 'CREATING',
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        RetentionPeriodHours: 24,
        StreamCreationTimestamp: Math.floor(kinesis.now / 1000),
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: 'NONE',
        Shards: [],
        HasMoreShards: false,
      });
    });

    test('is ACTIVE after createMs, with ranges divided as AWS divides them', async () => {
      const kinesis = new TestKinesis({ createMs: 500 });
      await kinesis.ok('CreateStream', { StreamName: 'orders', ShardCount: 3 });

      kinesis.advance(499);
      expect((await kinesis.describe('orders')).StreamStatus).toBe('CREATING');
      kinesis.advance(1);
      const stream = await kinesis.describe('orders');

      expect(stream.StreamStatus).toBe('ACTIVE');
      expect(
        stream.Shards.map(({ ShardId, HashKeyRange }: Record<string, unknown>) => [
          ShardId,
          HashKeyRange,
        ]),
      ).toEqual([
        [
          'shardId-000000000000',
          { StartingHashKey: '0', EndingHashKey: '113427455640312821154458202477256070484' },
        ],
        [
          'shardId-000000000001',
          {
            StartingHashKey: '113427455640312821154458202477256070485',
            EndingHashKey: '226854911280625642308916404954512140969',
          },
        ],
        [
          'shardId-000000000002',
          {
            StartingHashKey: '226854911280625642308916404954512140970',
            EndingHashKey: '340282366920938463463374607431768211455',
          },
        ],
      ]);
    });

    test('stays ACTIVE when the clock is set back', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('orders');
      await kinesis.describe('orders');

      kinesis.advance(-3_600_000);

      expect((await kinesis.describe('orders')).StreamStatus).toBe('ACTIVE');
    });

    test('refuses a name in use, and accepts it again once the stream is deleted', async () => {
      const kinesis = new TestKinesis({ deleteMs: 100 });
      await kinesis.stream('orders');
      const again = { StreamName: 'orders', ShardCount: 1 };
      const taken = error(
        'ResourceInUseException',
        `Stream orders under account ${ACCOUNT} already exists.`,
      );

      expect(await kinesis.send('CreateStream', again)).toEqual(taken);
      await kinesis.ok('DeleteStream', { StreamName: 'orders' });
      expect(await kinesis.send('CreateStream', again)).toEqual(taken);
      kinesis.advance(100);
      expect((await kinesis.send('CreateStream', again)).status).toBe(200);
    });

    test('refuses to exceed the shard limit of the account', async () => {
      const kinesis = new TestKinesis({ shardLimit: 5 });
      await kinesis.stream('orders', 4);

      expect(await kinesis.send('CreateStream', { StreamName: 'more', ShardCount: 2 })).toEqual(
        error(
          'LimitExceededException',
          `This request would exceed the shard limit for the account ${ACCOUNT} in us-east-1. ` +
            'Current shard count for the account: 4. Limit: 5. Number of additional shards that ' +
            'would have resulted from this request: 2. Refer to the AWS Service Limits page ' +
            '(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current ' +
            'limits and how to request higher limits.',
        ),
      );
    });

    test('creates an on-demand stream of four shards without a capacity', async () => {
      const kinesis = new TestKinesis();

      await kinesis.ok('CreateStream', { StreamName: 'events' });
      kinesis.advance(1_000);

      const stream = await kinesis.describe('events');
      expect(stream.StreamModeDetails).toEqual({ StreamMode: 'ON_DEMAND' });
      expect(stream.Shards).toHaveLength(4);
    });

    test('refuses to exceed the on-demand stream limit of the account', async () => {
      const kinesis = new TestKinesis({ onDemandStreamLimit: 1 });
      await kinesis.ok('CreateStream', { StreamName: 'one' });

      const answer = await kinesis.send('CreateStream', { StreamName: 'two' });

      expect(answer.body.__type).toBe('LimitExceededException');
    });

    test('stores tags with any key', async () => {
      const kinesis = new TestKinesis();

      await kinesis.ok(
        'CreateStream',
        '{"StreamName":"s","ShardCount":1,"Tags":{"__proto__":"a","constructor":"b"}}',
      );

      expect(await kinesis.ok('ListTagsForStream', { StreamName: 's' })).toEqual({
        Tags: [
          { Key: '__proto__', Value: 'a' },
          { Key: 'constructor', Value: 'b' },
        ],
        HasMoreTags: false,
      });
    });

    test.each(['__proto__', 'constructor', 'toString'])('accepts the name %s', async (name) => {
      const kinesis = new TestKinesis();

      await kinesis.stream(name);

      expect((await kinesis.ok('ListStreams', {})).StreamNames).toEqual([name]);
      expect((await kinesis.describe(name)).StreamStatus).toBe('ACTIVE');
    });

    test('covers all hash keys for any number of shards', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('wide', 2_000);

      const { Shards } = await kinesis.ok('ListShards', { StreamName: 'wide', MaxResults: 10_000 });

      expect(Shards).toHaveLength(2_000);
      const ranges = Shards.map(({ HashKeyRange }) => HashKeyRange);
      expect(ranges[0]?.StartingHashKey).toBe('0');
      expect(ranges[1_999]?.EndingHashKey).toBe(String(2n ** 128n - 1n));
      for (const [before, { StartingHashKey }] of ranges.slice(1).entries()) {
        expect(BigInt(StartingHashKey)).toBe(BigInt(ranges[before]?.EndingHashKey ?? '') + 1n);
      }
    });

    test('keeps accounts and regions apart', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('orders');
      const otherRegion = otherCaller('000000000000', 'eu-west-1');
      const otherAccount = otherCaller('111111111111', 'us-east-1');

      expect((await kinesis.ok('ListStreams', {}, otherRegion)).StreamNames).toEqual([]);
      expect((await kinesis.ok('ListStreams', {}, otherAccount)).StreamNames).toEqual([]);
    });
  });
});

const otherCaller = (accountId: string, region: string) => rootCaller({ accountId, region });
