import { type Caller, rootCaller, type Scope } from '../core/caller';
import { type Engine, findStream, identifyArn } from './engine';
import type { Call } from './operation';

/** The end of a shard, for services that read streams in the same process. */
export interface Tail {
  /** Reading AFTER_SEQUENCE_NUMBER this one begins with the next record that is put. */
  readonly sequenceNumber: string;
  /** Resolves at the next record, or when the shard is closed, the time is up or the signal aborts. */
  arrival(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** @returns undefined if there is no such stream, or no such shard in it */
export function tailOf(engine: Engine, streamArn: string, shardId: string): Tail | undefined {
  const identity = identifyArn(streamArn);
  const now = engine.options.now();
  const caller: Caller = rootCaller(identity satisfies Scope);
  const call: Call = { engine, caller, action: 'GetRecords', now };
  const shard = findStream(call, identity)
    ?.visibleShards(now)
    .find(({ id }) => id === shardId);
  return (
    shard && {
      sequenceNumber: shard.sequenceNumberBefore(shard.log.next, now),
      arrival: (milliseconds, signal) => shard.arrivals.wait(milliseconds, signal),
    }
  );
}
