import { AwsError } from '../../core/errors';
import { invalidArgument } from '../errors';
import type { TokenSealer } from '../wire/sealed-token';

/** Shard iterators expire after five minutes. */
const ITERATOR_LIFETIME_MS = 300_000;

/** A position in a shard. */
export interface ShardPosition {
  readonly accountId: string;
  readonly streamName: string;
  readonly streamCreatedAt: number;
  readonly shardIndex: number;
  /** Index of the next record to read. */
  readonly index: number;
}

export function sealIterator(sealer: TokenSealer, at: ShardPosition, now: number): string {
  const { accountId, streamName, streamCreatedAt, shardIndex, index } = at;
  // The length depends on that of the name, as on AWS: kinesalite, test/helpers.js.
  const blocks = 9 + Math.floor((streamName.length + 2) / 16);
  const content = [now, accountId, streamName, streamCreatedAt, shardIndex, index];
  return sealer.seal('iterator', content, blocks);
}

/**
 * @throws AwsError InvalidArgumentException if the iterator was not issued here,
 *   ExpiredIteratorException if it is older than five minutes
 */
export function openIterator(sealer: TokenSealer, iterator: string, now: number): ShardPosition {
  const content = sealer.open('iterator', iterator);
  if (content === undefined) throw invalidArgument('Invalid ShardIterator.');
  const [createdAt, accountId, streamName, streamCreatedAt, shardIndex, index] = content as [
    number,
    string,
    string,
    number,
    number,
    number,
  ];
  if (now - createdAt > ITERATOR_LIFETIME_MS) {
    throw new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${javaDate(createdAt)} while right now ` +
        `it is ${javaDate(now)} which is further in the future than the tolerated delay of ` +
        `${ITERATOR_LIFETIME_MS} milliseconds.`,
    );
  }
  return { accountId, streamName, streamCreatedAt, shardIndex, index };
}

/**
 * The name of the stream that an iterator belongs to, expired or not; undefined if it was not
 * issued here.
 */
export function streamNameOfIterator(sealer: TokenSealer, iterator: string): string | undefined {
  const name = sealer.open('iterator', iterator)?.[2];
  return typeof name === 'string' ? name : undefined;
}

/** A date as Java prints it: `Thu Jan 22 01:22:02 UTC 2015`. */
function javaDate(time: number): string {
  const [weekday = '', day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${clock} UTC ${year}`;
}
