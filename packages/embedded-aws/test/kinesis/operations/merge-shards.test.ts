import {
  ACCOUNT,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  shardId,
  TestKinesis,
} from '../support';

const merge = {
  StreamName: 's',
  ShardToMerge: shardId(0),
  AdjacentShardToMerge: shardId(1),
};

describe('MergeShards', () => {
  describeTypes('MergeShards', {
    StreamName: 'String',
    ShardToMerge: 'String',
    AdjacentShardToMerge: 'String',
  });

  describe('validation', () => {
    test.each([
      ['nothing', {}, invalid(isNull('shardToMerge'), isNull('adjacentShardToMerge'))],
      ['a stream that does not exist', { ...merge, StreamName: 'nope' }, notFound('nope')],
      [
        'a shard that does not exist',
        { ...merge, AdjacentShardToMerge: 'shardId-9' },
        error(
          'ResourceNotFoundException',
          `Could not find shard ${shardId(9)} in stream s under account ${ACCOUNT}.`,
        ),
      ],
      [
        'shards that are not adjacent',
        { ...merge, AdjacentShardToMerge: shardId(2) },
        error(
          'InvalidArgumentException',
          `Shards ${shardId(0)} and ${shardId(2)} in stream s under account ${ACCOUNT} are not an ` +
            'adjacent pair of shards eligible for merging',
        ),
      ],
      [
        'neighbours in inverted order',
        { ...merge, ShardToMerge: shardId(1), AdjacentShardToMerge: shardId(0) },
        error(
          'InvalidArgumentException',
          `Shards ${shardId(1)} and ${shardId(0)} in stream s under account ${ACCOUNT} are not an ` +
            'adjacent pair of shards eligible for merging',
        ),
      ],
      [
        'a malformed shard id, even if there is no stream',
        { ...merge, StreamName: 'nope', AdjacentShardToMerge: 'second' },
        error(
          'ResourceNotFoundException',
          `Could not find shard second in stream nope under account ${ACCOUNT}.`,
        ),
      ],
      [
        'a shard with itself',
        { ...merge, AdjacentShardToMerge: shardId(0) },
        error(
          'InvalidArgumentException',
          `Shards ${shardId(0)} and ${shardId(0)} in stream s under account ${ACCOUNT} are not an ` +
            'adjacent pair of shards eligible for merging',
        ),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 3);

      expect(await kinesis.send('MergeShards', input)).toEqual(expected);
    });
  });

  describe('functionality', () => {
    test('is UPDATING, then has one shard in place of two', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 2);

      await kinesis.ok('MergeShards', {
        StreamName: 's',
        ShardToMerge: shardId(0),
        AdjacentShardToMerge: shardId(1),
      });
      expect((await kinesis.describe('s')).StreamStatus).toBe('UPDATING');
      kinesis.advance(1_000);

      const { StreamStatus, Shards } = await kinesis.describe('s');
      expect(StreamStatus).toBe('ACTIVE');
      expect(Shards[2]).toEqual({
        ShardId: shardId(2),
        ParentShardId: shardId(0),
        AdjacentParentShardId: shardId(1),
        HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(2n ** 128n - 1n) },
        SequenceNumberRange: { StartingSequenceNumber: expect.any(String) },
      });
    });

    test('a closed shard cannot be merged again', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 2);
      await kinesis.ok('MergeShards', merge);
      kinesis.advance(1_000);

      expect(await kinesis.send('MergeShards', merge)).toEqual(
        error(
          'InvalidArgumentException',
          `Shard ${shardId(0)} in stream s under account ${ACCOUNT} has already been merged or ` +
            'split, and thus is not eligible for merging or splitting.',
        ),
      );
    });

    test('both parents end with the child', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 2);
      await kinesis.ok('MergeShards', merge);
      kinesis.advance(1_000);

      for (const shard of [0, 1]) {
        const ShardIterator = await kinesis.iterator('s', shard);
        const { ChildShards } = await kinesis.ok('GetRecords', { ShardIterator });
        expect(ChildShards).toEqual([
          expect.objectContaining({
            ShardId: shardId(2),
            ParentShards: [shardId(0), shardId(1)],
          }),
        ]);
      }
    });
  });
});
