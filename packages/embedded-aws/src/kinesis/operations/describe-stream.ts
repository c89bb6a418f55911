import { structure } from '../../core/shapes/shape';
import { authorizedStream } from '../engine';
import { pageSize, shardId, streamReference } from '../members';
import { operation } from '../operation';
import { shardView, streamView } from './stream-views';

/** Default and maximum page size; larger limits are reduced to it. */
const PAGE = 100;

const input = structure({
  Limit: pageSize,
  ExclusiveStartShardId: shardId,
  ...streamReference,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html */
export const describeStream = operation('DescribeStream', input, (request, call) => {
  const stream = authorizedStream(call, request);
  const after = request.ExclusiveStartShardId ?? '';
  const shards = stream.visibleShards(call.now).filter(({ id }) => id > after);
  const limit = Math.min(request.Limit ?? PAGE, PAGE);
  return {
    StreamDescription: Object.assign(streamView(stream), {
      Shards: shards.slice(0, limit).map(shardView),
      HasMoreShards: shards.length > limit,
    }),
  };
});
