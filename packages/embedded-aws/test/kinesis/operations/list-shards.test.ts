import {
  at,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  shardId,
  TestKinesis,
  testRefusals,
} from '../support';

const ids = ({ Shards }: { Shards: { ShardId: string }[] }) => Shards.map(({ ShardId }) => ShardId);

/** Shard 0 is split into 1 and 2 at second 10; shard 1 into 3 and 4 at second 20. */
async function resharded(): Promise<{ kinesis: TestKinesis; start: number }> {
  const kinesis = new TestKinesis({ createMs: 0, updateMs: 0 });
  kinesis.now = Math.floor(kinesis.now / 1000) * 1000;
  const start = kinesis.now;
  await kinesis.ok('CreateStream', { StreamName: 's', ShardCount: 1 });
  for (const shard of [0, 1]) {
    kinesis.advance(10_000);
    await kinesis.ok('SplitShard', {
      StreamName: 's',
      ShardToSplit: shardId(shard),
      NewStartingHashKey: String(2n ** (127n - BigInt(shard))),
    });
  }
  kinesis.advance(10_000);
  return { kinesis, start };
}

describe('ListShards', () => {
  describeTypes('ListShards', {
    StreamName: 'String',
    StreamARN: 'String',
    NextToken: 'String',
    ExclusiveStartShardId: 'String',
    MaxResults: 'Integer',
    StreamCreationTimestamp: 'Timestamp',
    ShardFilter: 'Structure',
    'ShardFilter.Type': 'String',
    'ShardFilter.Timestamp': 'Timestamp',
  });

  describe('validation', () => {
    const filters =
      'FROM_TIMESTAMP, AT_TIMESTAMP, AT_TRIM_HORIZON, AT_LATEST, FROM_TRIM_HORIZON, AFTER_SHARD_ID';
    testRefusals('ListShards', [
      [
        'neither stream nor token',
        {},
        error('InvalidArgumentException', 'Either NextToken or StreamName should be provided.'),
      ],
      [
        'both stream and token',
        { StreamName: 's', NextToken: 'x' },
        error('InvalidArgumentException', 'NextToken and StreamName cannot be provided together.'),
      ],
      [
        'an ARN beside a token',
        { StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s', NextToken: 'x' },
        error('InvalidArgumentException', 'NextToken and StreamARN cannot be provided together.'),
      ],
      ['a stream that does not exist', { StreamName: 'nope' }, notFound('nope')],
      [
        'a stream created at another time',
        { StreamName: 's', StreamCreationTimestamp: 1_500_000_000 },
        notFound('s'),
      ],
      [
        'a filter without a type',
        { StreamName: 's', ShardFilter: {} },
        invalid(isNull('shardFilter.type')),
      ],
      [
        'an unknown filter',
        { StreamName: 's', ShardFilter: { Type: 'ALL' } },
        invalid(
          at('shardFilter.type', "'ALL'", `Member must satisfy enum value set: [${filters}]`),
        ),
      ],
      [
        'a filter by time without a time',
        { StreamName: 's', ShardFilter: { Type: 'AT_TIMESTAMP' } },
        error(
          'InvalidArgumentException',
          'ShardFilter of type AT_TIMESTAMP must have a Timestamp.',
        ),
      ],
    ]);
  });

  describe('functionality', () => {
    test('pages with tokens', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 5);

      const first = await kinesis.ok('ListShards', { StreamName: 's', MaxResults: 3 });
      const second = await kinesis.ok('ListShards', { NextToken: first.NextToken });

      expect(ids(first)).toEqual([0, 1, 2].map(shardId));
      expect(ids(second)).toEqual([3, 4].map(shardId));
      expect(second).not.toHaveProperty('NextToken');
    });

    test('a token retains the filter', async () => {
      const { kinesis } = await resharded();
      const ShardFilter = { Type: 'AT_LATEST' };

      const first = await kinesis.ok('ListShards', { StreamName: 's', ShardFilter, MaxResults: 1 });
      const second = await kinesis.ok('ListShards', { NextToken: first.NextToken });

      expect([...ids(first), ...ids(second)]).toEqual([2, 3, 4].map(shardId));
    });

    test('a token is refused after its stream was recreated', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 2);
      const { NextToken } = await kinesis.ok('ListShards', { StreamName: 's', MaxResults: 1 });
      await kinesis.ok('DeleteStream', { StreamName: 's' });
      kinesis.advance(5_000);
      await kinesis.stream('s', 2);

      expect(await kinesis.send('ListShards', { NextToken })).toEqual(notFound('s'));
    });

    test('continues after a shard', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 3);

      const page = await kinesis.ok('ListShards', {
        StreamName: 's',
        ExclusiveStartShardId: shardId(1),
      });

      expect(ids(page)).toEqual([shardId(2)]);
    });

    test('lists the parents of split shards and the ends of their ranges', async () => {
      const { kinesis } = await resharded();

      const { Shards } = await kinesis.ok('ListShards', { StreamName: 's' });

      expect(
        Shards.map(({ ParentShardId, SequenceNumberRange }) => [
          ParentShardId,
          SequenceNumberRange.EndingSequenceNumber !== undefined,
        ]),
      ).toEqual([
        [undefined, true],
        [shardId(0), true],
        [shardId(0), false],
        [shardId(1), false],
        [shardId(1), false],
      ]);
    });

    test.each([
      ['AT_LATEST', {}, [2, 3, 4]],
      ['AT_TRIM_HORIZON', {}, [0]],
      ['FROM_TRIM_HORIZON', {}, [0, 1, 2, 3, 4]],
      ['AFTER_SHARD_ID', { ShardId: shardId(2) }, [3, 4]],
      ['AT_TIMESTAMP', { after: 5 }, [0]],
      ['AT_TIMESTAMP', { after: 15 }, [1, 2]],
      ['AT_TIMESTAMP', { after: 25 }, [2, 3, 4]],
      ['FROM_TIMESTAMP', { after: 15 }, [1, 2, 3, 4]],
      ['FROM_TIMESTAMP', { after: -100 }, [0, 1, 2, 3, 4]],
    ])('filters %s %j', async (Type, options, expected) => {
      const { after, ...more } = options as { after?: number };
      const { kinesis, start } = await resharded();
      const Timestamp = after === undefined ? undefined : start / 1000 + after;

      const page = await kinesis.ok('ListShards', {
        StreamName: 's',
        ShardFilter: { Type, Timestamp, ...more },
      });

      expect(ids(page)).toEqual(expected.map(shardId));
    });

    test('omits closed shards once their records have expired', async () => {
      const { kinesis } = await resharded();

      kinesis.advance(24 * 3_600_000);

      expect(ids(await kinesis.ok('ListShards', { StreamName: 's' }))).toEqual(
        [2, 3, 4].map(shardId),
      );
    });
  });
});
