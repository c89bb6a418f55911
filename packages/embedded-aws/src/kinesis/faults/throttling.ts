import { limitExceeded } from '../errors';
import type { Call } from '../operation';
import type { FaultTarget } from './fault';

/** The actions that the limits of a shard apply to; their errors name the shard. */
const READS_AND_WRITES: ReadonlySet<string> = new Set(['PutRecord', 'PutRecords', 'GetRecords']);

/** Decides at random whether the request's fault throttles one more record or read. */
export function isThrottled({ fault }: Call): boolean {
  const { throttledShare = 0, random = Math.random } = fault ?? {};
  return throttledShare > 0 && random() < throttledShare;
}

/**
 * Rejects any other action that the fault throttles, as the service does when it is called too
 * often.
 * @throws AwsError LimitExceededException, with the text reported in
 *   github.com/Graylog2/graylog-plugin-integrations/issues/341
 */
export function requireCallRate(call: Call, { action, streamName }: FaultTarget): void {
  if (READS_AND_WRITES.has(action) || !isThrottled(call)) return;
  const { accountId } = call.caller;
  const where = streamName === undefined ? 'account' : `stream ${streamName} under account`;
  throw limitExceeded(`Rate exceeded for ${where} ${accountId}.`);
}
