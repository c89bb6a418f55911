import { required, structure } from '../../core/shapes/shape';
import { invalidArgument } from '../errors';
import { hashKey, shardId, streamReference } from '../members';
import { operation } from '../operation';
import { requireShards } from './create-stream';
import { reshardable, startUpdate } from './resharding';

const input = structure({
  ShardToSplit: required(shardId),
  NewStartingHashKey: required(hashKey),
  ...streamReference,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SplitShard.html */
export const splitShard = operation('SplitShard', input, (request, call) => {
  const {
    stream,
    shards: [shard],
  } = reshardable(call, request, [request.ShardToSplit]);
  requireShards(call, 1, call.engine.options.shardLimit);

  const start = BigInt(request.NewStartingHashKey);
  if (start <= shard.range.start + 1n || start >= shard.range.end) {
    throw invalidArgument(
      `NewStartingHashKey ${request.NewStartingHashKey} used in SplitShard() on shard ${shard.id} ` +
        `in stream ${stream.name} under account ${stream.accountId} is not both greater than one ` +
        `plus the shard's StartingHashKey ${shard.range.start} and less than the shard's ` +
        `EndingHashKey ${shard.range.end}.`,
    );
  }
  startUpdate(call, stream, { kind: 'split', shard: shard.index, newStart: start });
});
