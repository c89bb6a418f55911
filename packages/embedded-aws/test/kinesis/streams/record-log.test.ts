import fc from 'fast-check';
import { RecordLog, type StoredRecord } from '../../../src/kinesis/streams/record-log';

const record = (arrivedAt: number): StoredRecord => ({
  partitionKey: 'k',
  data: Buffer.alloc(0),
  arrivedAt,
  encrypted: false,
  sequence: 0,
});

function logOf(times: readonly number[]): RecordLog {
  const log = new RecordLog();
  for (const time of times) log.append(record(time));
  return log;
}

const rising = (maxLength: number) =>
  fc
    .array(fc.integer({ min: 0, max: 50 }), { maxLength, size: 'max' })
    .map((times) => times.sort((a, b) => a - b));

describe('RecordLog', () => {
  test('numbers records from 1, across chunks', () => {
    const log = logOf(Array.from({ length: 5_000 }, (_, index) => index));

    expect([log.first, log.next]).toEqual([1, 5_001]);
    for (const index of [1, 1_024, 1_025, 2_048, 5_000]) {
      expect(log.at(index)?.arrivedAt).toBe(index - 1);
    }
    expect(log.at(0)).toBeUndefined();
    expect(log.at(5_001)).toBeUndefined();
  });

  test('finds the first record since a time, like a linear search', () => {
    fc.assert(
      fc.property(rising(3_000), fc.integer({ min: -1, max: 51 }), (times, since) => {
        const position = times.findIndex((time) => time >= since);
        const expected = position === -1 ? times.length + 1 : position + 1;

        expect(logOf(times).firstSince(since)).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('after trimming, the remaining records keep their numbers and new records follow', () => {
    fc.assert(
      fc.property(rising(3_000), fc.array(fc.integer({ min: 0, max: 60 })), (times, cuts) => {
        const log = logOf(times);
        for (const cut of cuts) log.trim(cut);
        const oldest = Math.max(0, ...cuts);

        const last = log.append(record(100));

        expect(last).toBe(times.length + 1);
        const left = times.map((_, index) => log.at(index + 1)?.arrivedAt);
        expect(left).toEqual(times.map((time) => (time < oldest ? undefined : time)));
        expect(log.at(last)?.arrivedAt).toBe(100);
      }),
      { numRuns: 50 },
    );
  });

  test('finds the first record at or after a sequence', () => {
    const log = new RecordLog();
    for (const sequence of [2, 3, 7]) log.append({ ...record(1), sequence });

    expect([1, 2, 3, 4, 7, 8].map((sequence) => log.firstAt(sequence))).toEqual([1, 1, 2, 3, 3, 4]);
    log.trimTo(3);
    expect(log.firstAt(2)).toBe(3);
  });

  test('trimming everything leaves an empty log that can continue', () => {
    const log = logOf(Array.from({ length: 2_048 }, () => 1));

    log.trim(2);

    expect([log.first, log.next]).toEqual([2_049, 2_049]);
    expect(log.append(record(3))).toBe(2_049);
    expect(log.at(2_049)?.arrivedAt).toBe(3);
  });
});
