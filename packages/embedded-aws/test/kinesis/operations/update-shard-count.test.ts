import fc from 'fast-check';
import {
  ACCOUNT,
  at,
  describeTypes,
  error,
  invalid,
  isNull,
  notFound,
  streamArn,
  TestKinesis,
} from '../support';

const scale = (TargetShardCount: number) => ({
  StreamName: 's',
  TargetShardCount,
  ScalingType: 'UNIFORM_SCALING',
});

interface ShardView {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string };
  readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string };
}

const openRanges = (shards: readonly ShardView[]) =>
  shards
    .filter(({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber === undefined)
    .map(({ HashKeyRange: { StartingHashKey, EndingHashKey } }) => [
      BigInt(StartingHashKey),
      BigInt(EndingHashKey),
    ])
    .sort(([a = 0n], [b = 0n]) => (a < b ? -1 : 1));

/** A shard's range is a part of its parent's, or that of its two parents, which follow each other. */
function expectParents(shard: ShardView, shards: readonly ShardView[]): void {
  const rangeOf = (id: string | undefined) => {
    const range = shards.find(({ ShardId }) => ShardId === id)?.HashKeyRange;
    return [BigInt(range?.StartingHashKey ?? -1), BigInt(range?.EndingHashKey ?? -1)] as const;
  };
  const [start, end] = rangeOf(shard.ShardId);
  const [parentStart, parentEnd] = rangeOf(shard.ParentShardId);
  if (shard.AdjacentParentShardId === undefined) {
    expect(start >= parentStart && end <= parentEnd && parentStart >= 0n).toBe(true);
    return;
  }
  const [adjacentStart, adjacentEnd] = rangeOf(shard.AdjacentParentShardId);
  expect([parentStart, parentEnd + 1n, adjacentEnd]).toEqual([start, adjacentStart, end]);
}

describe('UpdateShardCount', () => {
  describeTypes('UpdateShardCount', {
    StreamName: 'String',
    TargetShardCount: 'Integer',
    ScalingType: 'String',
  });

  describe('validation', () => {
    test.each([
      ['nothing', {}, invalid(isNull('targetShardCount'), isNull('scalingType'))],
      [
        'no shards and another scaling',
        { StreamName: 's', TargetShardCount: 0, ScalingType: '' },
        invalid(
          at('targetShardCount', "'0'", 'Member must have value greater than or equal to 1'),
          at('scalingType', "''", 'Member must satisfy enum value set: [UNIFORM_SCALING]'),
        ),
      ],
      ['a stream that does not exist', { ...scale(2), StreamName: 'nope' }, notFound('nope')],
      [
        'more shards than a stream can have',
        scale(100_001),
        invalid(
          at('targetShardCount', "'100001'", 'Member must have value less than or equal to 100000'),
        ),
      ],
      [
        'more than double',
        scale(9),
        error(
          'LimitExceededException',
          'UpdateShardCount cannot scale up over double your current open shard count. ' +
            'Current open shard count: 4, Target shard count: 9',
        ),
      ],
      [
        'less than half',
        scale(1),
        error(
          'LimitExceededException',
          'UpdateShardCount cannot scale down below half your current open shard count. ' +
            'Current open shard count: 4, Target shard count: 1',
        ),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 4);

      expect(await kinesis.send('UpdateShardCount', input)).toEqual(expected);
    });

    test.each([
      ['UpdateShardCount', scale(2)],
      ['SplitShard', { StreamName: 's', ShardToSplit: '0', NewStartingHashKey: '2' }],
      ['MergeShards', { StreamName: 's', ShardToMerge: '0', AdjacentShardToMerge: '1' }],
    ])('refuses an on-demand stream, as all that reshard do: %s', async (action, input) => {
      const kinesis = new TestKinesis();
      await kinesis.ok('CreateStream', { StreamName: 's' });
      kinesis.advance(1_000);

      expect(await kinesis.send(action, input)).toEqual(
        error(
          'ValidationException',
          `Request is invalid. Stream s under account ${ACCOUNT} is in On-Demand mode.`,
        ),
      );
    });
  });

  describe('functionality', () => {
    // The counts are verified against AWS by moto's tests (test_kinesis_boto3.py,
    // test_update_shard_count); 4 to 3 is from github.com/risingwavelabs/risingwave/issues/9961.
    test.each([
      [2, 4, 6],
      [4, 5, 15],
      [10, 13, 37],
      [4, 2, 6],
      [5, 3, 7],
      [4, 3, 11],
    ])('from %d to %d lists %d shards', async (from, to, all) => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', from);

      const answer = await kinesis.ok('UpdateShardCount', scale(to));
      expect((await kinesis.describe('s')).StreamStatus).toBe('UPDATING');
      kinesis.advance(1_000);

      expect(answer).toEqual({
        StreamName: 's',
        StreamARN: streamArn('s'),
        CurrentShardCount: from,
        TargetShardCount: to,
      });
      const { Shards } = await kinesis.describe('s');
      expect(Shards).toHaveLength(all);
      expect(openRanges(Shards)).toHaveLength(to);
    });

    test('splits and merges from left to right in turn', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 4);

      await kinesis.ok('UpdateShardCount', scale(3));
      kinesis.advance(1_000);

      const { Shards } = await kinesis.describe('s');
      const lineage = Shards.slice(4).map((shard) =>
        [shard.ShardId, shard.ParentShardId, shard.AdjacentParentShardId].map((id) =>
          id === undefined ? undefined : Number(id.slice(8)),
        ),
      );
      expect(lineage).toEqual([
        [4, 1, undefined],
        [5, 1, undefined],
        [6, 0, 4],
        [7, 2, undefined],
        [8, 2, undefined],
        [9, 5, 7],
        [10, 8, 3],
      ]);
    });

    test('ten shards become three, in steps that AWS allows, with seven merges', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 10);

      for (const count of [5, 3]) {
        await kinesis.ok('UpdateShardCount', scale(count));
        kinesis.advance(1_000);
      }

      const { Shards } = await kinesis.ok('ListShards', { StreamName: 's' });
      expect(Shards).toHaveLength(17);
    });

    test('covers all keys once, near to evenly, whatever was there; every new shard has parents', async () => {
      const counts = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), {
        minLength: 1,
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 12 }), counts, async (from, steps) => {
          const kinesis = new TestKinesis();
          await kinesis.stream('s', from);

          let count = from;
          for (const step of steps) {
            count = Math.ceil(count * step);
            await kinesis.ok('UpdateShardCount', scale(count));
            kinesis.advance(1_000);

            const { Shards } = await kinesis.ok('ListShards', { StreamName: 's' });
            const open = openRanges(Shards);
            expect(open).toHaveLength(count);
            expect(open.map(([start]) => start)).toEqual([
              0n,
              ...open.slice(0, -1).map(([, end = 0n]) => end + 1n),
            ]);
            expect(open.at(-1)?.[1]).toBe(2n ** 128n - 1n);
            const widths = open.map(
              ([start = 0n, end = 0n]) => Number(end - start + 1n) / (2 ** 128 / count),
            );
            expect(Math.min(...widths)).toBeGreaterThan(0.55);
            expect(Math.max(...widths)).toBeLessThan(1.45);
            for (const shard of Shards.slice(from)) expectParents(shard, Shards);
          }
        }),
        { numRuns: 40 },
      );
    });

    test('the same count changes nothing', async () => {
      const kinesis = new TestKinesis();
      await kinesis.stream('s', 3);

      await kinesis.ok('UpdateShardCount', scale(3));
      kinesis.advance(1_000);

      expect((await kinesis.describe('s')).Shards).toHaveLength(3);
    });
  });
});
