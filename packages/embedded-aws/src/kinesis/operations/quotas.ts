import { ownAccount } from '../engine';
import { limitExceeded } from '../errors';
import type { Call } from '../operation';
import { QUOTAS } from '../quotas';
import type { Stream } from '../streams/stream';

const DAY_MS = 86_400_000;

/**
 * The text is the one reported in github.com/hashicorp/terraform-provider-aws/pull/1339.
 * @throws AwsError LimitExceededException if quotas are enforced
 */
export function requireCreationQuota(call: Call): void {
  if (!call.engine.options.enforceQuotas) return;
  const streams = ownAccount(call).list(call.now);
  const transitioning = streams.filter(
    ({ status }) => status === 'CREATING' || status === 'DELETING',
  );
  if (transitioning.length < QUOTAS.transitioningStreams) return;
  throw limitExceeded(
    'This request would have exceed the limit on the number  of streams that can simultaneously ' +
      `be in CREATING or DELETING for the account ${call.caller.accountId}. Limit: ${QUOTAS.transitioningStreams}.`,
  );
}

/** @throws AwsError LimitExceededException */
export const requireScalingQuota = (call: Call, stream: Stream) =>
  requireDailyQuota(call, stream, QUOTAS.scalingsPerDay);

/** @throws AwsError LimitExceededException */
export const requireModeChangeQuota = (call: Call, stream: Stream) =>
  requireDailyQuota(call, stream, QUOTAS.modeChangesPerDay);

function requireDailyQuota(call: Call, stream: Stream, limit: number): void {
  if (!call.engine.options.enforceQuotas) return;
  const { action, now } = call;
  const recent = (stream.usage.get(action) ?? []).filter((time) => now - time < DAY_MS);
  if (recent.length >= limit) {
    throw limitExceeded(
      `${action} on stream ${stream.name} under account ${stream.accountId} exceeds the limit of ` +
        `${limit} in a rolling 24-hour period.`,
    );
  }
  stream.usage.set(action, [...recent, now]);
}
