import fc from 'fast-check';
import {
  LAST_INDEX,
  parseSequenceNumber,
  sequenceBase,
  sequenceNumber,
} from '../../../src/kinesis/streams/sequence-number';

const seconds = fc.integer({ min: 1_400_000_000, max: 16_025_174_999 });
const shards = fc.integer({ min: 0, max: 2_147_483_647 });
const indices = fc.bigInt({ min: 0n, max: LAST_INDEX });

describe('sequence numbers', () => {
  test('match those of AWS', () => {
    // A record from the examples of the developer guide, parsed and formatted again.
    const text = '49543463076570308322303623326179887152428262250726293522';
    const parts = parseSequenceNumber(text);

    expect(parts).toBeDefined();
    if (parts === undefined) return;
    const base = sequenceBase(parts.shardCreatedSecond, parts.shardIndex);
    expect(parts.shardIndex).toBe(1);
    expect(new Date(parts.second * 1000).getUTCFullYear()).toBe(2014);
    expect(sequenceNumber(base, parts.index, parts.second)).toBe(text);
  });

  test('can be parsed again', () => {
    fc.assert(
      fc.property(seconds, shards, indices, seconds, (created, shardIndex, index, second) => {
        const text = sequenceNumber(sequenceBase(created, shardIndex), index, second);

        expect(text).toMatch(/^[1-9]\d{55}$/);
        expect(parseSequenceNumber(text)).toEqual({
          version: 2,
          shardCreatedSecond: created,
          shardIndex,
          index,
          second,
        });
      }),
    );
  });

  test('rise with the index, whatever the time', () => {
    fc.assert(
      fc.property(seconds, shards, indices, indices, seconds, seconds, (...drawn) => {
        const [created, shard, one, other, before, after] = drawn;
        fc.pre(one < other);
        const base = sequenceBase(created, shard);

        const first = BigInt(sequenceNumber(base, one, before));
        const second = BigInt(sequenceNumber(base, other, after));

        expect(first < second).toBe(true);
      }),
    );
  });

  // Versions 0 and 1, which the service has not issued for years: kinesalite, db/index.js.
  test.each([
    ['5', { version: 0, shardIndex: 5 }],
    [String(2n ** 124n + 7n), { version: 0, shardIndex: 7 }],
    [String(0x20000000000000000000000000000000000000000000031n), { version: 1, shardIndex: 3 }],
  ])('%s is one of an older version', (text, parts) => {
    expect(parseSequenceNumber(text)).toMatchObject(parts);
  });

  test.each([String(0x13bb2cc3d80000000000000000000000n), String(10n ** 128n), String(3n << 184n)])(
    '%s is not one',
    (text) => {
      expect(parseSequenceNumber(text)).toBeUndefined();
    },
  );
});
