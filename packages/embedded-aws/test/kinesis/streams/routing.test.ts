import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { HASH_KEY_END, hexKey, uniformRanges } from '../../../src/kinesis/streams/hash-key';
import { placementKey } from '../../../src/kinesis/streams/placement';
import { Stream } from '../../../src/kinesis/streams/stream';

const streamOf = (shardCount: number) =>
  new Stream({
    name: 's',
    scope: { accountId: '000000000000', region: 'us-east-1' },
    mode: 'PROVISIONED',
    maxRecordSizeInKiB: 1024,
    ranges: uniformRanges(shardCount),
    tags: new Map(),
    createdAt: 1_700_000_000_000,
    activeAt: 1_700_000_000_000,
  });

const counts = fc.integer({ min: 1, max: 200 });
const keys = fc.bigInt({ min: 0n, max: HASH_KEY_END - 1n });

describe('routing', () => {
  test('ranges cover all keys exactly once', () => {
    fc.assert(
      fc.property(counts, (count) => {
        const ranges = uniformRanges(count);

        expect(ranges[0]?.start).toBe(0n);
        expect(ranges.at(-1)?.end).toBe(HASH_KEY_END - 1n);
        for (const [index, { start }] of ranges.slice(1).entries()) {
          expect(start).toBe((ranges[index]?.end ?? 0n) + 1n);
        }
      }),
    );
  });

  test('a key goes to the shard whose range contains it', () => {
    fc.assert(
      fc.property(counts, keys, (count, key) => {
        const { start, end } = streamOf(count).shardFor(hexKey(key)).range;

        expect(start <= key && key <= end).toBe(true);
      }),
    );
  });

  test('the ends of each range belong to it', () => {
    fc.assert(
      fc.property(counts, (count) => {
        const stream = streamOf(count);

        for (const shard of stream.shards) {
          expect(stream.shardFor(hexKey(shard.range.start))).toBe(shard);
          expect(stream.shardFor(hexKey(shard.range.end))).toBe(shard);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a partition key is placed by the MD5 of its UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (PartitionKey) => {
        const md5 = createHash('md5').update(Buffer.from(PartitionKey, 'utf8')).digest('hex');

        expect(placementKey({ PartitionKey })).toBe(md5);
      }),
    );
  });

  test('a key is placed consistently, however many others came in between', () => {
    const many = Array.from({ length: 2_500 }, (_, index) => `key-${index}`);
    const first = many.map((PartitionKey) => placementKey({ PartitionKey }));
    const again = many.map((PartitionKey) => placementKey({ PartitionKey }));

    expect(new Set(first).size).toBe(many.length);
    expect(again).toEqual(first);
    expect(again).toEqual(many.map((key) => createHash('md5').update(key).digest('hex')));
  });

  test('an explicit key is placed by its number', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const placed = placementKey({ PartitionKey: 'k', ExplicitHashKey: String(key) });

        expect(BigInt(`0x${placed}`)).toBe(key);
      }),
    );
  });
});
