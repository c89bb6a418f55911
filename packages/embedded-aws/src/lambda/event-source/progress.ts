import type { EventSourceMapping, ShardProgress, StreamProgress } from './mapping';
import type { EventSourceRuntime } from './runtime';
import type { Source } from './source';
import type { ListedShard, SourceStream } from './stream';

/**
 * Where a mapping begins: with LATEST after the records that are there now, in every other case
 * before the first one that its position names.
 */
export function startOfStream(
  { kinesis }: Pick<EventSourceRuntime, 'kinesis'>,
  { start }: EventSourceMapping,
  { streamArn }: Source,
  { createdAt, shards }: SourceStream,
): StreamProgress {
  const progressOf = ({ ShardId, SequenceNumberRange: range }: ListedShard): ShardProgress => {
    if (start.type !== 'LATEST') return { after: undefined, isDone: false };
    const isClosed = range.EndingSequenceNumber !== undefined;
    return { after: kinesis.tail(streamArn, ShardId)?.sequenceNumber, isDone: isClosed };
  };
  return {
    streamCreatedAt: createdAt,
    shards: new Map(shards.map((shard) => [shard.ShardId, progressOf(shard)])),
  };
}

/**
 * Adds the shards that began since, which are read from their beginning, and forgets those whose
 * records have all expired.
 */
export function followShards({ shards }: StreamProgress, listed: readonly ListedShard[]): void {
  const ids = new Set(listed.map(({ ShardId }) => ShardId));
  for (const id of shards.keys()) if (!ids.has(id)) shards.delete(id);
  for (const id of ids) if (!shards.has(id)) shards.set(id, { after: undefined, isDone: false });
}

/** The shards that can be read now: not yet at their end, and behind none that has to come first. */
export function readableShards(
  { shards }: StreamProgress,
  listed: readonly ListedShard[],
): readonly ListedShard[] {
  const isOver = (id: string | undefined) => id === undefined || shards.get(id)?.isDone !== false;
  return listed.filter(
    ({ ShardId, ParentShardId, AdjacentParentShardId }) =>
      shards.get(ShardId)?.isDone === false &&
      isOver(ParentShardId) &&
      isOver(AdjacentParentShardId),
  );
}
