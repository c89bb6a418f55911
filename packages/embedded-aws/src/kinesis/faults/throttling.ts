import { limitExceeded, shardRateExceeded } from '../errors';
import type { Call } from '../operation';
import type { Shard } from '../streams/shard';
import type { Stream } from '../streams/stream';
import type { FaultTarget } from './fault';

/** The actions that shards' limits hold for, and that say of which shard. */
const READS_AND_WRITES: ReadonlySet<string> = new Set(['PutRecord', 'PutRecords', 'GetRecords']);

/** Draws whether one more record or read is refused by the request's fault. */
export function isThrottled({ fault }: Call): boolean {
  const { throttledShare = 0, random = Math.random } = fault ?? {};
  return throttledShare > 0 && random() < throttledShare;
}

/**
 * Refuses a read or write of a shard when the request's fault says so.
 * @throws AwsError ProvisionedThroughputExceededException, as the service when a shard is too busy
 */
export function requireUnthrottled(call: Call, stream: Stream, shard: Shard): void {
  if (isThrottled(call)) throw shardRateExceeded(shard.id, stream.name, stream.accountId);
}

/**
 * Refuses any other action, as the service does when it is called too often.
 * @throws AwsError LimitExceededException in the text that github.com/Graylog2/
 *   graylog-plugin-integrations/issues/341 was told
 */
export function requireCallRate(call: Call, { action, streamName }: FaultTarget): void {
  if (READS_AND_WRITES.has(action) || !isThrottled(call)) return;
  const { accountId } = call.caller;
  const where = streamName === undefined ? 'account' : `stream ${streamName} under account`;
  throw limitExceeded(`Rate exceeded for ${where} ${accountId}.`);
}
