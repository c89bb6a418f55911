import { shardUnknown } from '../errors';
import type { Call } from '../operation';
import { parseShardId, type Shard, shardIdOf } from '../streams/shard';
import type { Stream } from '../streams/stream';

/** An open shard by its id. @throws AwsError ResourceNotFoundException */
export function openShardById(stream: Stream, id: string): Shard {
  const index = parseShardId(id);
  const shard = stream.openShards.find((candidate) => candidate.index === index);
  if (shard !== undefined) return shard;
  throw shardUnknown(index === undefined ? id : shardIdOf(index), stream.name, stream.accountId);
}

/** Changes a stream's shards once it has been UPDATING for as long as the options say. */
export function reshard(call: Call, stream: Stream, change: (at: number) => void): void {
  stream.update(call.now + call.engine.options.updateMs, (at) => {
    change(at);
    stream.indexShards();
  });
}
