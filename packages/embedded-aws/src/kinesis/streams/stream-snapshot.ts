import type { Scope } from '../../core/caller';
import type { RecordDistribution, StreamMode } from '../members';
import { Consumer } from './consumer';
import type { RecordReader, RecordStorage, ReopenedSink } from './record-sink';
import { type Shard, secondOf, shardIdOf } from './shard';
import { Stream, type StreamProgress } from './stream';

/** A shard without its records. */
interface ShardSnapshot {
  readonly index: number;
  /** Both ends of the range, inclusive, in decimal. */
  readonly range: readonly [start: string, end: string];
  readonly openedAt: number;
  /** Absent where it is that of `openedAt`, as in all that earlier versions wrote. */
  readonly openedSecond?: number | undefined;
  readonly closedAt?: number | undefined;
  /** Indexes of the parent shards, which may have expired. */
  readonly parent?: number | undefined;
  readonly adjacentParent?: number | undefined;
  /** Index of the oldest record that has not expired. */
  readonly first: number;
}

interface ConsumerSnapshot {
  readonly name: string;
  readonly createdAt: number;
  readonly activeAt: number;
  readonly goneAt?: number | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly policy?: string | undefined;
}

/** A stream without its records, as plain data. Times are in milliseconds since 1970. */
export interface StreamSnapshot extends StreamProgress {
  readonly name: string;
  readonly records: string | undefined;
  readonly mode: StreamMode;
  readonly maxRecordSizeInKiB: number;
  readonly retentionHours: number;
  readonly keyId?: string | undefined;
  readonly policy?: string | undefined;
  readonly createdAt: number;
  readonly activeAt: number;
  readonly goneAt?: number | undefined;
  readonly warmThroughputMiBps?: number | undefined;
  readonly recordDistribution: RecordDistribution;
  readonly usage: ReadonlyMap<string, readonly number[]>;
  readonly tags: ReadonlyMap<string, string>;
  readonly shardLevelMetrics: ReadonlySet<string>;
  readonly consumers: readonly ConsumerSnapshot[];
  readonly shards: readonly ShardSnapshot[];
}

export function streamSnapshot(stream: Stream): StreamSnapshot {
  return {
    name: stream.name,
    records: stream.sink?.id,
    mode: stream.mode,
    maxRecordSizeInKiB: stream.maxRecordSizeInKiB,
    retentionHours: stream.retentionHours,
    keyId: stream.keyId,
    policy: stream.policy,
    createdAt: stream.createdAt,
    activeAt: stream.activeAt,
    goneAt: stream.goneAt,
    ...stream.progress,
    warmThroughputMiBps: stream.warmThroughputMiBps,
    recordDistribution: stream.recordDistribution,
    usage: stream.usage,
    tags: stream.tags,
    shardLevelMetrics: stream.shardLevelMetrics,
    consumers: [...stream.consumers.values()].map(consumerSnapshot),
    shards: stream.shards.map(shardSnapshot),
  };
}

function shardSnapshot(shard: Shard): ShardSnapshot {
  const { index, range, openedAt, openedSecond, closedAt, parent, adjacentParent, log } = shard;
  return {
    index,
    range: [String(range.start), String(range.end)],
    openedAt,
    openedSecond: openedSecond === secondOf(openedAt) ? undefined : openedSecond,
    closedAt,
    parent: parent?.index,
    adjacentParent: adjacentParent?.index,
    first: log.first,
  };
}

function consumerSnapshot(consumer: Consumer): ConsumerSnapshot {
  const { name, createdAt, activeAt, goneAt, tags, policy } = consumer;
  return { name, createdAt, activeAt, goneAt, tags, policy };
}

/**
 * Restores a stream with its records.
 * @throws DamagedStateError
 */
export function restoreStream(
  snapshot: StreamSnapshot,
  scope: Scope,
  storage: RecordStorage,
): Stream {
  let sink: ReopenedSink | undefined;
  const stream = new Stream({
    ...snapshot,
    scope,
    ranges: [],
    sink: (owner) => {
      sink = storage.reopen(snapshot.records ?? '', owner);
      return sink;
    },
  });
  stream.retentionHours = snapshot.retentionHours;
  stream.keyId = snapshot.keyId;
  stream.policy = snapshot.policy;
  for (const [action, times] of snapshot.usage) stream.usage.set(action, times);
  for (const metric of snapshot.shardLevelMetrics) stream.shardLevelMetrics.add(metric);
  for (const consumer of snapshot.consumers) restoreConsumer(stream, consumer);
  for (const shard of snapshot.shards) restoreShard(stream, shard);
  stream.indexShards();
  stream.resume(snapshot);
  if (snapshot.goneAt !== undefined) stream.delete(snapshot.goneAt);
  sink?.read(readerOf(stream));
  for (const { index, first } of snapshot.shards) stream.shard(index)?.log.trimTo(first);
  return stream;
}

function restoreConsumer(stream: Stream, snapshot: ConsumerSnapshot): void {
  const consumer = new Consumer({ ...snapshot, streamArn: stream.arn });
  consumer.policy = snapshot.policy;
  if (snapshot.goneAt !== undefined) consumer.delete(snapshot.goneAt);
  stream.consumers.set(consumer.name, consumer);
}

function restoreShard(stream: Stream, snapshot: ShardSnapshot): void {
  const { index, range, openedAt, openedSecond = secondOf(openedAt) } = snapshot;
  const [start, end] = range;
  const shardAt = (parentIndex: number | undefined) =>
    parentIndex === undefined
      ? undefined
      : (stream.shard(parentIndex) ?? { index: parentIndex, id: shardIdOf(parentIndex) });
  const parent = shardAt(snapshot.parent);
  const adjacentParent = shardAt(snapshot.adjacentParent);
  const shard = stream.reopenShard(
    index,
    { start: BigInt(start), end: BigInt(end) },
    { openedAt, openedSecond },
    {
      ...(parent !== undefined && { parent }),
      ...(adjacentParent !== undefined && { adjacentParent }),
    },
  );
  if (snapshot.closedAt !== undefined) shard.close(snapshot.closedAt);
}

/** Fills a stream's shards, and checks that no record is missing in between. */
function readerOf(stream: Stream): RecordReader {
  const shardAt = (index: number, time: number): Shard | undefined => {
    // A shard opened by a due update may hold records even if the update itself was never
    // persisted.
    if (!stream.hasEverHad(index)) stream.applyUpdate(time);
    if (!stream.hasEverHad(index)) throw new Error(`found records of unknown shard ${index}`);
    // Expired records are deleted by whole files, so records of an expired shard may remain.
    return stream.shard(index);
  };
  let isFirst = true;
  return {
    tips(tips) {
      for (const tip of tips) {
        const shard = shardAt(tip.shardIndex, tip.lastArrival);
        if (shard === undefined) continue;
        if (isFirst) shard.resume(tip);
        else requireNext(shard, tip.next);
      }
      isFirst = false;
    },
    record(shardIndex, index, record) {
      const shard = shardAt(shardIndex, record.arrivedAt);
      if (shard === undefined) return;
      requireNext(shard, index);
      shard.reload(record);
    },
  };
}

function requireNext(shard: Shard, index: number): void {
  const { next } = shard.log;
  if (next === index) return;
  throw new Error(`${shard.id} continues with record ${index} instead of ${next}`);
}
