import fc from 'fast-check';
import {
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
  readonly ParentShardId?: string;
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

    test('refuses an on-demand stream', async () => {
      const kinesis = new TestKinesis();
      await kinesis.ok('CreateStream', { StreamName: 's' });
      kinesis.advance(1_000);

      const answer = await kinesis.send('UpdateShardCount', scale(2));
      expect(answer.body.__type).toBe('ValidationException');
    });
  });

  describe('functionality', () => {
    test.each([
      [2, 4, 6, 2],
      [4, 2, 6, 4],
    ])('from %d to %d leaves %d shards, %d closed', async (from, to, all, closed) => {
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
      expect(Shards.length - openRanges(Shards).length).toBe(closed);
    });

    test('divides all keys evenly, whatever the counts, and every new shard has a parent', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc
            .integer({ min: 1, max: 12 })
            .chain((from) =>
              fc.tuple(fc.constant(from), fc.integer({ min: Math.ceil(from / 2), max: from * 2 })),
            ),
          async ([from, to]) => {
            const kinesis = new TestKinesis();
            await kinesis.stream('s', from);

            await kinesis.ok('UpdateShardCount', scale(to));
            kinesis.advance(1_000);

            const { Shards } = await kinesis.ok('ListShards', { StreamName: 's' });
            const width = 2n ** 128n / BigInt(to);
            expect(openRanges(Shards)).toEqual(
              Array.from({ length: to }, (_, index) => [
                width * BigInt(index),
                index === to - 1 ? 2n ** 128n - 1n : width * BigInt(index + 1) - 1n,
              ]),
            );
            for (const shard of Shards.slice(from)) {
              expect(shard.ParentShardId).toEqual(expect.any(String));
            }
          },
        ),
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
