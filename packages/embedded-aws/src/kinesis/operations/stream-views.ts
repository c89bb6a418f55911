import type { Shard } from '../streams/shard';
import type { Stream } from '../streams/stream';
import { wholeSecond } from '../wire/values';

/** A shard as DescribeStream and ListShards return it. */
export function shardView(shard: Shard) {
  const ending = shard.endingSequenceNumber;
  return {
    ShardId: shard.id,
    ...(shard.parent && { ParentShardId: shard.parent.id }),
    ...(shard.adjacentParent && { AdjacentParentShardId: shard.adjacentParent.id }),
    HashKeyRange: hashKeyRangeView(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      ...(ending !== undefined && { EndingSequenceNumber: ending }),
    },
  };
}

export function hashKeyRangeView({ range }: Shard) {
  return { StartingHashKey: range.start.toString(), EndingHashKey: range.end.toString() };
}

/**
 * The members that DescribeStream and DescribeStreamSummary share; they assign the others to it.
 * Undefined members are not written, and nothing is spread: an object spread followed by more
 * members costs Node 20 as much as the rest of the request.
 */
export function streamView(stream: Stream) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: stream.status,
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: wholeSecond(stream.createdAt),
    EnhancedMonitoring: [{ ShardLevelMetrics: [...stream.shardLevelMetrics] }],
    EncryptionType: stream.keyId === undefined ? ('NONE' as const) : ('KMS' as const),
    KeyId: stream.keyId,
  };
}
