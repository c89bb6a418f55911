import { eventBytes, MAX_EVENT_BYTES } from './batches';
import { type EventRecord, eventRecord, type Origin } from './event';
import type { Filter } from './filter/criteria';
import type { ShardRead, ShardReader } from './reader';
import type { MappingSettings } from './settings';

/** The records that are delivered next. */
export interface Collected {
  readonly records: readonly EventRecord[];
  /** The last record that was read, delivered or filtered out; undefined if none was. */
  readonly readTo: string | undefined;
  readonly isEnd: boolean;
}

/** How long a reader waits for a record before it looks around: for rights, streams, settings. */
const LOOK_MS = 1_000;

/** The input of {@link collect}. */
export interface Collecting {
  readonly reader: ShardReader;
  readonly settings: MappingSettings;
  /** True once the mapping has other settings: what was read under these is delivered at once. */
  readonly isOutdated: () => boolean;
  readonly filter: Filter | undefined;
  readonly origin: Origin;
  /** When the batching window ends, in milliseconds since 1970. */
  readonly windowEnd: number;
  now(): number;
  readonly signal: AbortSignal;
}

/**
 * Reads until there is enough for a batch, or for as many as are handled at the same time; until the
 * batching window ends; until the shard does.
 * @throws AwsError of Kinesis if the first read fails; a later failure ends the batch, because the
 *   reader has moved past what was read before it
 */
export async function collect(collecting: Collecting): Promise<Collected> {
  const { reader, settings, isOutdated, filter, origin, windowEnd, now, signal } = collecting;
  const { BatchSize, MaximumBatchingWindowInSeconds: window, ParallelizationFactor } = settings;
  const most = BatchSize * ParallelizationFactor;
  const records: EventRecord[] = [];
  let readTo: string | undefined;
  for (;;) {
    const left = window === 0 ? LOOK_MS : windowEnd - now();
    const wait = Math.max(0, Math.min(LOOK_MS, left));
    let read: ShardRead;
    try {
      read = await reader.read(most - records.length, wait, signal);
    } catch (error) {
      if (readTo === undefined) throw error;
      return { records, readTo, isEnd: false };
    }
    for (const record of read.records) {
      if (filter?.(record.data) ?? true) records.push(eventRecord(record, origin));
    }
    readTo = read.records.at(-1)?.sequenceNumber ?? readTo;
    const isFull =
      records.length >= most || eventBytes(records) >= MAX_EVENT_BYTES * ParallelizationFactor;
    const isTime = window === 0 || now() >= windowEnd || isOutdated();
    if (read.isEnd || isFull || isTime || signal.aborted) {
      return { records, readTo, isEnd: read.isEnd };
    }
  }
}
