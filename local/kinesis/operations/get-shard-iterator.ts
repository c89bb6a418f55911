import { authorizeStream, findStream, identify, type StreamIdentity } from '../engine';
import { invalidArgument, shardMissing, shardUnknown } from '../errors';
import { type Call, operation } from '../operation';
import {
  flag,
  sequenceNumber,
  shardId,
  shardIteratorType,
  streamReference,
  timestamp,
} from '../shapes/members';
import { required, structure, type ValueOf } from '../shapes/shape';
import { parseSequenceNumber } from '../streams/sequence-number';
import { parseShardId, type Shard, shardIdOf } from '../streams/shard';
import { sealIterator } from '../streams/shard-iterator';
import type { Stream } from '../streams/stream';
import { requireNoDryRun } from './dry-run';

const input = structure({
  ShardId: required(shardId),
  ShardIteratorType: required(shardIteratorType),
  StartingSequenceNumber: sequenceNumber,
  ...streamReference,
  Timestamp: timestamp,
  DryRun: flag,
});
type Request = ValueOf<typeof input>;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
export const getShardIterator = operation('GetShardIterator', input, (request, call) => {
  const identity = identify(call, request);
  authorizeStream(call, identity);
  const { stream, shard } = findShard(call, identity, request.ShardId);
  const index = startIndex(request, stream, shard, call.now);
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

function findShard(
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

/** The index of the record that an iterator of this type starts at. */
function startIndex(request: Request, stream: Stream, shard: Shard, now: number): number {
  const { ShardIteratorType: type, StartingSequenceNumber: sequence } = request;
  switch (type) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (sequence !== undefined) throw mismatch(type, 'also a StartingSequenceNumber');
      return type === 'LATEST' ? shard.log.next : 1;
    case 'AT_TIMESTAMP':
      return shard.log.firstSince(startTime(request.Timestamp, now));
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      if (sequence === undefined) throw mismatch(type, 'no StartingSequenceNumber');
      const at = recordIndex(sequence, stream, shard);
      return Math.max(1, type === 'AT_SEQUENCE_NUMBER' ? at : at + 1);
    }
  }
}

function mismatch(type: string, what: string) {
  return invalidArgument(
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and ' +
      'StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. ' +
      `Request specified ${type} and ${what}.`,
  );
}

function startTime(time: number | undefined, now: number): number {
  if (time === undefined) {
    throw invalidArgument(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. ' +
        'Current request has no timestamp parameter.',
    );
  }
  if (time > now) {
    throw invalidArgument(
      'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. ' +
        `timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
    );
  }
  return time;
}

function recordIndex(sequence: string, stream: Stream, shard: Shard): number {
  const invalid = (reason: string) =>
    invalidArgument(
      `StartingSequenceNumber ${sequence} used in GetShardIterator on shard ${shard.id} in ` +
        `stream ${stream.name} under account ${stream.accountId} is invalid${reason}.`,
    );
  const parts = parseSequenceNumber(sequence);
  if (parts === undefined) throw invalid('');
  if (parts.shardIndex !== shard.index) {
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardIdOf(parts.shardIndex)}, while it was ` +
        `used in a call to a shard with ${shard.id}`,
    );
  }
  if (parts.shardCreatedSecond !== shard.openedSecond) {
    throw invalid(' because it did not come from this stream');
  }
  // A closed shard's ending number is beyond any record, and beyond what a number can hold.
  return Number(parts.index < BigInt(shard.log.next) ? parts.index : BigInt(shard.log.next));
}
