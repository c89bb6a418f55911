import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { filterOf, type RecordFilter } from '../format/filter';
import { jsonLine, type StreamRecord } from '../format/record';
import { shortShardId } from '../format/time';
import type { ReaderContext } from '../reader/shard-reader';
import { type ReadingPlan, StreamReading } from '../reader/stream-reading';
import { tableOf } from './table';

export const FORMATS = ['table', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export interface Request {
  readonly plan: ReadingPlan;
  readonly filter: RecordFilter;
  /** Records printed at most. */
  readonly limit: number;
  /** Go on at the tip. */
  readonly follow: boolean;
  readonly format: Format;
}

/** The outcome of a request. */
export interface Printed {
  readonly count: number;
  /** Why no more were printed. */
  readonly because: 'limit' | 'tip' | 'ended';
  /** Test records of verification that were left out. */
  readonly leftOut: number;
}

/** A terminal, or what a pipe leads to. */
export type Output = Writable & { readonly columns?: number };

/** The pause before a stream is read again at its tip. */
const TIP_REST_MS = 800;
const DEFAULT_COLUMNS = 100;

/**
 * Prints records as they are read.
 * @param note prints messages other than records
 */
export async function printRecords(
  context: ReaderContext,
  request: Request,
  output: Output,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<Printed> {
  const reading = new StreamReading(context, request.plan);
  const wanted = filterOf(request.filter);
  const write = writer(request.format, output, signal);
  const throttled = new Set<string>();
  let count = 0;
  const end = (because: Printed['because']) => ({ count, because, leftOut: reading.leftOut });
  for await (const event of reading.events(signal)) {
    if (event.kind === 'record' && wanted(event.record)) {
      await write(event.record);
      count += 1;
      if (count >= request.limit) return end('limit');
    }
    if (event.kind === 'tip') {
      if (!request.follow) return end('tip');
      await context.clock.sleep(TIP_REST_MS, signal);
    }
    if (event.kind === 'resharded') note('The stream was resharded; its new shards are read too.');
    if (event.kind === 'throttled' && !throttled.has(event.shardId)) {
      throttled.add(event.shardId);
      note(
        `Shard ${shortShardId(event.shardId)}: other readers use its five reads a second; waiting.`,
      );
    }
  }
  return end('ended');
}

function writer(
  format: Format,
  output: Output,
  signal: AbortSignal,
): (record: StreamRecord) => Promise<void> {
  const table = tableOf(output.columns ?? DEFAULT_COLUMNS);
  let hasHeader = format === 'json';
  return async (record) => {
    const line = format === 'json' ? jsonLine(record) : table.row(record);
    const text = hasHeader ? line : `${table.header}\n${line}`;
    hasHeader = true;
    if (!output.write(`${text}\n`)) await once(output, 'drain', { signal });
  };
}
