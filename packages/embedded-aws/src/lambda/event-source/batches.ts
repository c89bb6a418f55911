import { createHash } from 'node:crypto';
import type { EventRecord } from './event';

/**
 * The largest event, 6 MB.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/** The bytes around an event's records: `{"Records":[…]}`. */
const FRAME_BYTES = 14;

/** The bytes of an event with these records. */
export const eventBytes = (records: readonly EventRecord[]): number =>
  records.reduce((sum, { bytes }) => sum + bytes + 1, FRAME_BYTES);

/** Cuts records into batches. One that is too large by itself is a batch of its own. */
export function batchesOf(records: readonly EventRecord[], mostRecords: number): EventRecord[][] {
  const batches: EventRecord[][] = [];
  let batch: EventRecord[] = [];
  let bytes = FRAME_BYTES;
  for (const record of records) {
    const isFull = batch.length === mostRecords || bytes + record.bytes + 1 > MAX_EVENT_BYTES;
    if (isFull && batch.length > 0) {
      batches.push(batch);
      batch = [];
      bytes = FRAME_BYTES;
    }
    batch.push(record);
    bytes += record.bytes + 1;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/**
 * Divides a shard's records among batches that are handled at the same time; those of one partition
 * key stay together, in their order.
 * @param factor how many at the same time
 */
export function lanesOf(records: readonly EventRecord[], factor: number): EventRecord[][] {
  if (factor === 1) return [[...records]];
  const lanes = Array.from({ length: factor }, (): EventRecord[] => []);
  for (const item of records) {
    const digest = createHash('md5').update(item.record.partitionKey).digest();
    lanes[digest.readUInt32BE(12) % factor]?.push(item);
  }
  return lanes.filter((lane) => lane.length > 0);
}
