import { limitExceeded, validationError } from '../errors';
import type { StreamMode } from '../members';
import type { Call } from '../operation';
import type { Account } from '../streams/account';
import { MAX_WARM_MIBPS } from '../streams/capacity';
import type { Stream } from '../streams/stream';
import { commitmentView } from './account-settings';

/**
 * The conditions are from the API reference (UpdateStreamWarmThroughput); the texts are our own.
 * @throws AwsError ValidationException or LimitExceededException if a stream of this mode cannot
 *   have this warm throughput
 */
export function requireWarmThroughput(
  call: Call,
  account: Account,
  mode: StreamMode,
  miBps: number,
): void {
  if (mode !== 'ON_DEMAND') {
    throw validationError(
      'WarmThroughputMiBps is only supported for the data streams with the on-demand capacity mode.',
    );
  }
  if (!isCommitted(account, call.now)) {
    throw validationError(
      'WarmThroughputMiBps is only supported in accounts that have ' +
        'MinimumThroughputBillingCommitment enabled.',
    );
  }
  if (miBps > MAX_WARM_MIBPS) {
    throw limitExceeded(
      `This request would exceed the warm throughput limit for a stream. Limit: ${MAX_WARM_MIBPS} MiBps.`,
    );
  }
}

/** Only on-demand streams of accounts with the commitment have it (WarmThroughputObject). */
export function warmThroughputView(call: Call, account: Account, stream: Stream) {
  if (stream.mode !== 'ON_DEMAND' || !isCommitted(account, call.now)) return undefined;
  const target = stream.warmThroughputMiBps;
  return {
    ...(target !== undefined && { TargetMiBps: target }),
    CurrentMiBps: stream.openShards.length,
  };
}

function isCommitted({ billingCommitment }: Account, now: number): boolean {
  return commitmentView(billingCommitment, now).Status !== 'DISABLED';
}
