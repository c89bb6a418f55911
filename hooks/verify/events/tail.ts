import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckContext } from '../check';
import { MOST_READS, readPauseMs } from '../checks/reading';
import { type FoundRecord, readFromEnd, type StreamReader } from './stream-reader';

/** The records that arrive in a stream after a moment. */
export interface Tail extends Pick<StreamReader, 'shards'> {
  /**
   * Reads until that is enough, or no more records come.
   * @returns all records of the stream since the tail began, in the order in which they were read
   */
  until(isEnough: (found: readonly FoundRecord[]) => boolean): Promise<readonly FoundRecord[]>;
}

/**
 * Gives a check the records that arrive in a stream while it runs. Answers need not say where an event
 * is, and others may write to the stream. The next check of the run reads on where this one ends, if
 * it passes: one that fails leaves records behind.
 * @param isFresh begins at the stream's end all the same: for records that look like those of others
 */
export async function withTail(
  context: CheckContext,
  streamName: string,
  isFresh: boolean,
  act: (tail: Tail) => Promise<void>,
): Promise<void> {
  const { readers } = context;
  const kept = isFresh ? undefined : readers.get(streamName);
  // One tail would take the records of another.
  readers.delete(streamName);
  const reader = kept ?? (await readFromEnd(context.kinesis, streamName));
  await act(tailOf(context, reader));
  readers.set(streamName, reader);
}

/** Has the next check begin at the stream's end: records were sent that nobody has read. */
export const leaveBehind = ({ readers }: CheckContext, streamName: string): void => {
  readers.delete(streamName);
};

function tailOf(context: CheckContext, { shards, read }: StreamReader): Tail {
  const found: FoundRecord[] = [];
  return {
    shards,
    async until(isEnough) {
      for (let inVain = 0; inVain < MOST_READS; ) {
        const records = await read();
        found.push(...records);
        if (isEnough(found)) break;
        if (records.length === 0) inVain += 1;
        await sleep(readPauseMs(context), undefined, { signal: context.signal });
      }
      return found;
    },
  };
}
