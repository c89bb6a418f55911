import {
  CreateStreamCommand,
  KinesisClient,
  MergeShardsCommand,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { inProcess } from 'embedded-aws/in-process';
import { createKinesis, type Fault, type FaultTarget } from 'embedded-aws/kinesis';
import type { StreamRecord } from '../../../hooks/viewer/format/record';
import { type Clock, Pace } from '../../../hooks/viewer/reader/pace';
import type { ReaderContext } from '../../../hooks/viewer/reader/shard-reader';
import type { ReadingEvent } from '../../../hooks/viewer/reader/stream-reading';

/** The smallest hash key of a stream's upper half. */
export const HALF = (1n << 127n).toString();

/** A Kinesis in this process, with a clock that moves only when somebody sleeps or says so. */
export interface TestKinesis {
  readonly context: ReaderContext;
  readonly clock: Clock & { pass(ms: number): void };
  /** Actions that reached Kinesis, with the moment of each. */
  readonly calls: readonly { readonly action: string; readonly at: number }[];
  /** Sets the faults from now on; undefined for none. */
  fail(faults: ((target: FaultTarget) => Fault | undefined) | undefined): void;
  create(stream: string, shards: number): Promise<void>;
  put(stream: string, data: string | Uint8Array, key?: string, hashKey?: string): Promise<string>;
  split(stream: string, shard: string, at: string): Promise<void>;
  merge(stream: string, shard: string, adjacent: string): Promise<void>;
}

export function testKinesis(): TestKinesis {
  let now = Date.UTC(2026, 0, 31, 9, 30);
  let faults: ((target: FaultTarget) => Fault | undefined) | undefined;
  const calls: { action: string; at: number }[] = [];
  const clock = {
    now: () => now,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      now += ms;
    },
    pass(ms: number) {
      now += ms;
    },
  };
  const engine = createKinesis({
    now: clock.now,
    createMs: 0,
    updateMs: 0,
    enforceThroughput: true,
    faults: (target) => {
      calls.push({ action: target.action, at: now });
      return faults?.(target);
    },
  });
  const kinesis = new KinesisClient(inProcess(engine));
  return {
    context: { kinesis, clock, pace: new Pace(clock) },
    clock,
    calls,
    fail(wanted) {
      faults = wanted;
    },
    async create(StreamName, ShardCount) {
      await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
      clock.pass(1);
    },
    async put(StreamName, data, PartitionKey = 'k', ExplicitHashKey = undefined) {
      clock.pass(1);
      const Data = typeof data === 'string' ? Buffer.from(data) : data;
      const { SequenceNumber: number = '' } = await kinesis.send(
        new PutRecordCommand({ StreamName, Data, PartitionKey, ExplicitHashKey }),
      );
      return number;
    },
    async split(StreamName, ShardToSplit, NewStartingHashKey) {
      await kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit, NewStartingHashKey }));
      clock.pass(1);
    },
    async merge(StreamName, ShardToMerge, AdjacentShardToMerge) {
      await kinesis.send(
        new MergeShardsCommand({ StreamName, ShardToMerge, AdjacentShardToMerge }),
      );
      clock.pass(1);
    },
  };
}

/** Reads until an event of this kind arrives. */
export async function readUntil(
  events: AsyncGenerator<ReadingEvent, void>,
  kind: ReadingEvent['kind'],
): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const { value, done } = await events.next();
    if (done || value.kind === kind) return texts;
    if (value.kind === 'record') texts.push(Buffer.from(value.record.data).toString());
  }
}

export function record(overrides: Partial<StreamRecord> & { text?: string } = {}): StreamRecord {
  const { text = 'data', ...rest } = overrides;
  return {
    shardId: 'shardId-000000000000',
    sequenceNumber: '49680467512710365791423513379259020696433885661798334466',
    partitionKey: 'key',
    arrivedAt: Date.UTC(2026, 0, 31, 9, 30),
    data: new TextEncoder().encode(text),
    ...rest,
  };
}
