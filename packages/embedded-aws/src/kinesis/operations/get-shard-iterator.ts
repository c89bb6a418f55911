import { required, structure } from '../../core/shapes/shape';
import { authorizeStream, identify } from '../engine';
import {
  flag,
  sequenceNumber,
  shardId,
  shardIteratorType,
  streamReference,
  timestamp,
} from '../members';
import { operation } from '../operation';
import { sealIterator } from '../streams/shard-iterator';
import { startIndex } from '../streams/starting-point';
import { requireNoDryRun } from './dry-run';
import { findShard } from './find-shard';

const input = structure({
  ShardId: required(shardId),
  ShardIteratorType: required(shardIteratorType),
  StartingSequenceNumber: sequenceNumber,
  ...streamReference,
  Timestamp: timestamp,
  DryRun: flag,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
export const getShardIterator = operation('GetShardIterator', input, (request, call) => {
  const identity = identify(call, request);
  authorizeStream(call, identity);
  const { stream, shard } = findShard(call, identity, request.ShardId);
  const point = {
    type: request.ShardIteratorType,
    sequenceNumber: request.StartingSequenceNumber,
    time: request.Timestamp,
  };
  const index = startIndex(call.action, point, stream, shard, call.now);
  requireNoDryRun(request);
  const position = {
    accountId: stream.accountId,
    streamName: stream.name,
    streamCreatedAt: stream.createdAt,
    shardIndex: shard.index,
    index,
  };
  return { ShardIterator: sealIterator(call.engine.sealer, position, call.now) };
});
