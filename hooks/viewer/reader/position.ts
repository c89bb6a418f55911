import { HookError } from '../../framework';
import { parseTime } from '../format/time';

/** Where in a shard reading starts: Kinesis's five kinds of shard iterators. */
export type Position =
  | { readonly type: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly type: 'AT_TIMESTAMP'; readonly timestamp: Date }
  | {
      readonly type: 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
      readonly sequenceNumber: string;
    };

/** Sequence numbers of today have 56 digits; a shorter number is probably a timestamp. */
const SEQUENCE_NUMBER = /^\d{20,129}$/;

/**
 * Reads a position as people write it: `trim-horizon`, `latest`, a sequence number,
 * `after:` and a sequence number, an ISO 8601 time (local unless it names a zone), or an age such
 * as `15m`.
 * @throws HookError for anything else
 */
export function parsePosition(text: string, now: number = Date.now()): Position {
  const name = text.trim().toLowerCase().replaceAll('_', '-');
  if (name === 'trim-horizon') return { type: 'TRIM_HORIZON' };
  if (name === 'latest') return { type: 'LATEST' };
  const after = name.startsWith('after:');
  const sequenceNumber = after ? name.slice('after:'.length) : name;
  if (SEQUENCE_NUMBER.test(sequenceNumber)) {
    return { type: after ? 'AFTER_SEQUENCE_NUMBER' : 'AT_SEQUENCE_NUMBER', sequenceNumber };
  }
  const timestamp = parseTime(name, now);
  if (after || timestamp === undefined) throw noPosition(text);
  if (timestamp > now) {
    throw new HookError(
      'POSITION_IN_THE_FUTURE',
      `${new Date(timestamp).toISOString()} is in the future; Kinesis reads from a time in the past.`,
    );
  }
  return { type: 'AT_TIMESTAMP', timestamp: new Date(timestamp) };
}

function noPosition(text: string): HookError {
  return new HookError(
    'POSITION_INVALID',
    `'${text}' is not a starting position. Use trim-horizon, latest, a time such as 2026-01-31T09:30 or 15m (ago), a sequence number, or after:<sequence number>.`,
  );
}
