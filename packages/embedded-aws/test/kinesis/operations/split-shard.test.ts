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

const MIDDLE = String(2n ** 127n);
const split = { StreamName: 's', ShardToSplit: shardId(0), NewStartingHashKey: MIDDLE };

describe('SplitShard', () => {
  describeTypes('SplitShard', {
    StreamName: 'String',
    ShardToSplit: 'String',
    NewStartingHashKey: 'String',
  });

  describe('validation', () => {
    const outside = (key: string) =>
      error(
        'InvalidArgumentException',
        `NewStartingHashKey ${key} used in SplitShard() on shard ${shardId(0)} in stream s under ` +
          `account ${ACCOUNT} is not both greater than one plus the shard's StartingHashKey 0 and ` +
          `less than the shard's EndingHashKey ${2n ** 128n - 1n}.`,
      );
    const last = String(2n ** 128n - 1n);
    test.each([
      ['nothing', {}, invalid(isNull('shardToSplit'), isNull('newStartingHashKey'))],
      ['a stream that does not exist', { ...split, StreamName: 'nope' }, notFound('nope')],
      [
        'a shard that does not exist',
        { ...split, ShardToSplit: 'shardId-7' },
        error(
          'ResourceNotFoundException',
          `Could not find shard ${shardId(7)} in stream s under account ${ACCOUNT}.`,
        ),
      ],
      [
        'a malformed shard id, even if there is no stream',
        { ...split, StreamName: 'nope', ShardToSplit: 'shardId-2147483648' },
        error(
          'ResourceNotFoundException',
          `Could not find shard shardId-2147483648 in stream nope under account ${ACCOUNT}.`,
        ),
      ],
      ['the first key', { ...split, NewStartingHashKey: '1' }, outside('1')],
      ['the last key', { ...split, NewStartingHashKey: last }, outside(last)],
    ])('refuses %s', async (_what, input, expected) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');

      expect(await kinesis.send('SplitShard', input)).toEqual(expected);
      expect((await kinesis.describe('s')).StreamStatus).toBe('ACTIVE');
    });

    test('refuses a stream that is not ACTIVE', async () => {
      const kinesis = new TestKinesis();
      await kinesis.ok('CreateStream', { StreamName: 's', ShardCount: 1 });

      expect(await kinesis.send('SplitShard', split)).toEqual(
        error(
          'ResourceInUseException',
          `Stream s under account ${ACCOUNT} not ACTIVE, instead in state CREATING`,
        ),
      );
    });

    test('refuses to exceed the shard limit of the account', async () => {
      const kinesis = new TestKinesis({ shardLimit: 1 });
      await kinesis.stream('s');

      const answer = await kinesis.send('SplitShard', split);
      expect(answer.body.__type).toBe('LimitExceededException');
    });
  });

  describe('functionality', () => {
    test('is UPDATING, then has two shards in place of one', async () => {
      const kinesis = new TestKinesis({ updateMs: 400 });
      await kinesis.stream('s');

      expect(await kinesis.send('SplitShard', split)).toEqual({ status: 200, body: undefined });
      kinesis.advance(399);
      const during = await kinesis.describe('s');
      kinesis.advance(1);
      const after = await kinesis.describe('s');

      expect([during.StreamStatus, during.Shards.length]).toEqual(['UPDATING', 1]);
      expect(after.StreamStatus).toBe('ACTIVE');
      expect(after.Shards).toEqual([
        {
          ShardId: shardId(0),
          HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(2n ** 128n - 1n) },
          SequenceNumberRange: {
            StartingSequenceNumber: expect.any(String),
            EndingSequenceNumber: expect.any(String),
          },
        },
        {
          ShardId: shardId(1),
          ParentShardId: shardId(0),
          HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(2n ** 127n - 1n) },
          SequenceNumberRange: { StartingSequenceNumber: expect.any(String) },
        },
        {
          ShardId: shardId(2),
          ParentShardId: shardId(0),
          HashKeyRange: { StartingHashKey: MIDDLE, EndingHashKey: String(2n ** 128n - 1n) },
          SequenceNumberRange: { StartingSequenceNumber: expect.any(String) },
        },
      ]);
    });

    test('accepts records throughout, in the parent and then in the children', async () => {
      const kinesis = new TestKinesis({ updateMs: 400 });
      await kinesis.stream('s');
      const put = () =>
        kinesis.ok('PutRecord', {
          StreamName: 's',
          PartitionKey: 'k',
          ExplicitHashKey: MIDDLE,
          Data: '',
        });

      await kinesis.ok('SplitShard', split);
      const during = await put();
      kinesis.advance(400);
      const after = await put();

      expect([during.ShardId, after.ShardId]).toEqual([shardId(0), shardId(2)]);
      expect(BigInt(after.SequenceNumber)).toBeGreaterThan(BigInt(during.SequenceNumber));
      expect(await kinesis.texts('s', 0)).toHaveLength(1);
    });

    test('a closed shard cannot be split again', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s');
      await kinesis.ok('SplitShard', split);
      kinesis.advance(1_000);

      expect(await kinesis.send('SplitShard', split)).toEqual(
        error(
          'InvalidArgumentException',
          `Shard ${shardId(0)} in stream s under account ${ACCOUNT} has already been merged or ` +
            'split, and thus is not eligible for merging or splitting.',
        ),
      );
    });
  });
});
