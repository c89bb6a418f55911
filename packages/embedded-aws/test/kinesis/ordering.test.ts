import fc from 'fast-check';
import { base64, shardId, TestKinesis } from './support';

/** Puts of one or several records, while the clock moves forwards and backwards. */
const steps = fc.array(
  fc.record({
    keys: fc.array(fc.constantFrom('a', 'b', 'c', 'ü', '🔥'), { minLength: 1, maxLength: 5 }),
    passes: fc.integer({ min: -2_000, max: 2_000 }),
    pageSize: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 20 },
);

describe('ordering', () => {
  test('each shard returns all its records in order, with any page size', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (drawn, shards) => {
        const kinesis = new TestKinesis();
        await kinesis.stream('s', shards);
        expect((await kinesis.describe('s')).StreamStatus).toBe('ACTIVE');
        const put = new Map<string, string[]>();
        for (const { keys, passes } of drawn) {
          kinesis.advance(passes);
          const Records = keys.map((PartitionKey) => ({
            PartitionKey,
            Data: base64(PartitionKey),
          }));
          const answer = await kinesis.ok('PutRecords', { StreamName: 's', Records });
          for (const { ShardId, SequenceNumber } of answer.Records) {
            put.set(ShardId, [...(put.get(ShardId) ?? []), SequenceNumber]);
          }
        }

        const Limit = drawn[0]?.pageSize ?? 1;
        for (let shard = 0; shard < shards; shard++) {
          const expected = put.get(shardId(shard)) ?? [];
          const got = await readAll(kinesis, shard, Limit, expected.length);

          expect(got).toEqual(expected);
          expect([...got].sort()).toEqual(got);
        }
      }),
      { numRuns: 50 },
    );
  });
});

async function readAll(
  kinesis: TestKinesis,
  shard: number,
  Limit: number,
  count: number,
): Promise<string[]> {
  const sequences: string[] = [];
  let ShardIterator = await kinesis.iterator('s', shard);
  // One page more than needed, to detect duplicates.
  for (let page = 0; page <= Math.ceil(count / Limit); page++) {
    const answer = await kinesis.ok('GetRecords', { ShardIterator, Limit });
    for (const { SequenceNumber } of answer.Records) sequences.push(SequenceNumber);
    ShardIterator = answer.NextShardIterator;
  }
  return sequences;
}
