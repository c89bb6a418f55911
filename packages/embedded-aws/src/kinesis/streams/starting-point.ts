import { AwsError } from '../../core/errors';
import { invalidArgument } from '../errors';
import type { SHARD_ITERATOR_TYPES } from '../members';
import { parseSequenceNumber } from './sequence-number';
import { type Shard, shardIdOf } from './shard';
import type { Stream } from './stream';

/** The position in a shard at which a reader wants to start. */
export interface StartingPoint {
  readonly type: (typeof SHARD_ITERATOR_TYPES)[number];
  readonly sequenceNumber: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
}

/**
 * The index of the first record to read.
 * @param action the action to name in errors
 * @throws AwsError InvalidArgumentException if the type conflicts with the other members, or if the
 *   sequence number belongs to another shard
 */
export function startIndex(
  action: string,
  point: StartingPoint,
  stream: Stream,
  shard: Shard,
  now: number,
): number {
  const { type, sequenceNumber: sequence } = point;
  switch (type) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (sequence !== undefined) throw mismatch(type, 'also a StartingSequenceNumber');
      return type === 'LATEST' ? shard.log.next : 1;
    case 'AT_TIMESTAMP':
      return shard.log.firstSince(startTime(point.time, now));
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      if (sequence === undefined) throw mismatch(type, 'no StartingSequenceNumber');
      const at = recordSequence(action, sequence, stream, shard);
      return shard.log.firstAt(type === 'AT_SEQUENCE_NUMBER' ? at : at + 1);
    }
  }
}

function mismatch(type: string, problem: string) {
  return invalidArgument(
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and ' +
      'StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. ' +
      `Request specified ${type} and ${problem}.`,
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

/**
 * The index in a sequence number of the shard. The answers to others are those of kinesalite's
 * test/getShardIterator.js, recorded until 2020.
 */
function recordSequence(action: string, sequence: string, stream: Stream, shard: Shard): number {
  const invalid = (reason: string) =>
    invalidArgument(
      `StartingSequenceNumber ${sequence} used in ${action} on shard ${shard.id} in ` +
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
  if (parts.version !== 2 || parts.shardCreatedSecond !== shard.openedSecond) {
    if (parts.version === 0) throw new AwsError('InternalFailure', '', { status: 500 });
    throw invalid(' because it did not come from this stream');
  }
  // The ending sequence number of a closed shard exceeds the safe integers, and all records.
  return Number(parts.index);
}
