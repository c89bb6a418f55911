import { shardUnknown } from '../errors';
import type { Call } from '../operation';
import { parseShardId, type Shard, shardIdOf } from '../streams/shard';
import type { Stream } from '../streams/stream';
import type { StreamChange } from '../streams/stream-change';

/**
 * Finds an open shard by its id.
 * @throws AwsError ResourceNotFoundException
 */
export function openShardById(stream: Stream, id: string): Shard {
  const index = parseShardId(id);
  const shard = stream.openShards.find((candidate) => candidate.index === index);
  if (shard !== undefined) return shard;
  throw shardUnknown(index === undefined ? id : shardIdOf(index), stream.name, stream.accountId);
}

/** Starts a change that applies after the stream has been UPDATING for the configured time. */
export function startUpdate(call: Call, stream: Stream, change: StreamChange): void {
  stream.update(call.now + call.engine.options.updateMs, change);
}
