import { required, structure } from '../../core/shapes/shape';
import { invalidArgument } from '../errors';
import { shardId, streamReference } from '../members';
import { operation } from '../operation';
import { reshardable, startUpdate } from './resharding';

const input = structure({
  ShardToMerge: required(shardId),
  AdjacentShardToMerge: required(shardId),
  ...streamReference,
});

/**
 * The adjacent shard is the one whose range follows: in inverted order, two neighbours are refused
 * (kinesalite, test/mergeShards.js, recorded until 2020).
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_MergeShards.html
 */
export const mergeShards = operation('MergeShards', input, (request, call) => {
  const {
    stream,
    shards: [shard, adjacent],
  } = reshardable(call, request, [request.ShardToMerge, request.AdjacentShardToMerge]);
  if (shard.range.end + 1n !== adjacent.range.start) {
    throw invalidArgument(
      `Shards ${shard.id} and ${adjacent.id} in stream ${stream.name} under account ` +
        `${stream.accountId} are not an adjacent pair of shards eligible for merging`,
    );
  }
  startUpdate(call, stream, { kind: 'merge', shard: shard.index, adjacent: adjacent.index });
});
