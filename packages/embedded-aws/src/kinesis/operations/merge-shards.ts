import { required, structure } from '../../core/shapes/shape';
import { authorizedStream, requireActive } from '../engine';
import { invalidArgument } from '../errors';
import { shardId, streamReference } from '../members';
import { operation } from '../operation';
import { areAdjacent } from '../streams/resharding';
import { openShardById, startUpdate } from './resharding';

const input = structure({
  ShardToMerge: required(shardId),
  AdjacentShardToMerge: required(shardId),
  ...streamReference,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_MergeShards.html */
export const mergeShards = operation('MergeShards', input, (request, call) => {
  const stream = authorizedStream(call, request);
  requireActive(stream);
  const shard = openShardById(stream, request.ShardToMerge);
  const adjacent = openShardById(stream, request.AdjacentShardToMerge);
  if (!areAdjacent(shard, adjacent)) {
    throw invalidArgument(
      `Shards ${shard.id} and ${adjacent.id} in stream ${stream.name} under account ` +
        `${stream.accountId} are not an adjacent pair of shards eligible for merging`,
    );
  }
  startUpdate(call, stream, { kind: 'merge', shard: shard.index, adjacent: adjacent.index });
});
