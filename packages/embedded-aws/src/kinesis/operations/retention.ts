import { invalidArgument } from '../errors';
import { QUOTAS } from '../quotas';

const MIN_HOURS = 24;
/** 365 days. */
const MAX_HOURS = QUOTAS.retentionHours;

/** @throws AwsError InvalidArgumentException unless the period is between a day and a year */
export function requireRetentionRange(hours: number): void {
  if (hours < MIN_HOURS) {
    throw invalidArgument(
      `Minimum allowed retention period is ${MIN_HOURS} hours. Requested retention period ` +
        `(${hours} hours) is too short.`,
    );
  }
  if (hours > MAX_HOURS) {
    throw invalidArgument(
      `Maximum allowed retention period is ${MAX_HOURS} hours. Requested retention period ` +
        `(${hours} hours) is too long.`,
    );
  }
}
