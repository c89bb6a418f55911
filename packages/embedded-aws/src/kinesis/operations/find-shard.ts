import { findStream, type StreamIdentity } from '../engine';
import { shardMissing, shardUnknown } from '../errors';
import type { Call } from '../operation';
import { parseShardId, type Shard, shardIdOf } from '../streams/shard';
import type { Stream } from '../streams/stream';

/**
 * A readable shard, open or closed, by its id.
 * @throws AwsError ResourceNotFoundException if the shard or the stream does not exist
 */
export function findShard(
  call: Call,
  identity: StreamIdentity,
  id: string,
): { stream: Stream; shard: Shard } {
  const index = parseShardId(id);
  if (index === undefined) throw shardUnknown(id, identity.name, identity.accountId);
  const stream = findStream(call, identity);
  const shard = stream?.visibleShards(call.now).find((candidate) => candidate.index === index);
  if (stream === undefined || shard === undefined) {
    throw shardMissing(shardIdOf(index), identity.name, identity.accountId);
  }
  return { stream, shard };
}
