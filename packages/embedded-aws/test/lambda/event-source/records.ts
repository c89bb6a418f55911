import type { EventRecord } from '../../../src/lambda/event-source/event';

/** Records of one key each second, with the sequence numbers 1, 2, …; their data is `text`. */
export function recordsOf(count: number, more: Partial<EventRecord['record']> = {}): EventRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    record: {
      partitionKey: 'a',
      sequenceNumber: String(index + 1),
      data: Buffer.from('text'),
      arrivedAt: index * 1_000,
      ...more,
    },
    view: {},
    bytes: 100,
  }));
}

export const numbersOf = (records: readonly EventRecord[]): number[] =>
  records.map(({ record }) => Number(record.sequenceNumber));
