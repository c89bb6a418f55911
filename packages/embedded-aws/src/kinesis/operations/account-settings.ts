import type { BillingCommitment } from '../streams/account';
import { WireTime } from '../wire/values';

/** A commitment lasts at least a day. */
const MIN_COMMITMENT_MS = 24 * 3_600_000;

/** MinimumThroughputBillingCommitment as the service returns it. */
export function commitmentView({ startedAt, endedAt }: BillingCommitment, now: number) {
  if (startedAt === undefined) return { Status: 'DISABLED' };
  const earliestEnd = startedAt + MIN_COMMITMENT_MS;
  const times = {
    StartedAt: new WireTime(startedAt),
    EarliestAllowedEndAt: new WireTime(earliestEnd),
  };
  if (endedAt === undefined) return { Status: 'ENABLED', ...times };
  const end = Math.max(endedAt, earliestEnd);
  if (now < end) return { Status: 'ENABLED_UNTIL_EARLIEST_ALLOWED_END', ...times };
  return { Status: 'DISABLED', StartedAt: times.StartedAt, EndedAt: new WireTime(end) };
}
