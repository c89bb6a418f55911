import { SHARD_LIMITS, Throughput } from '../../../src/kinesis/streams/throughput';

const NOW = 1_700_000_000_000;

describe('Throughput', () => {
  test('accepts 1,000 records a second', () => {
    const shard = new Throughput();
    const taken = Array.from({ length: 1_001 }, () => shard.takeRecord(NOW, 1));

    expect(taken.filter(Boolean)).toHaveLength(1_000);
    expect(shard.takeRecord(NOW + 1_000, 1)).toBe(true);
  });

  test('accepts 1 MiB a second', () => {
    const shard = new Throughput();

    expect(shard.takeRecord(NOW, 600_000)).toBe(true);
    expect(shard.takeRecord(NOW, 600_000)).toBe(false);
    expect(shard.takeRecord(NOW, 400_000)).toBe(true);
    expect(shard.takeRecord(NOW + 1_000, 600_000)).toBe(true);
  });

  test('accepts a record of more than 1 MiB, but no other in that second', () => {
    const shard = new Throughput();

    expect(shard.takeRecord(NOW, 10 * SHARD_LIMITS.bytesIn)).toBe(true);
    expect(shard.takeRecord(NOW, 1)).toBe(false);
  });

  test('allows five reads a second', () => {
    const shard = new Throughput();
    const reads = Array.from({ length: 6 }, () => shard.takeRead(NOW));

    expect(reads).toEqual([true, true, true, true, true, false]);
    expect(shard.takeRead(NOW + 1_000)).toBe(true);
  });

  test('a read of 10 MiB blocks reads for the next five seconds', () => {
    const shard = new Throughput();
    shard.takeRead(NOW);
    shard.countBytesOut(NOW, 5 * SHARD_LIMITS.bytesOut);

    expect(shard.takeRead(NOW + 4_999)).toBe(false);
    expect(shard.takeRead(NOW + 5_000)).toBe(true);
  });
});
