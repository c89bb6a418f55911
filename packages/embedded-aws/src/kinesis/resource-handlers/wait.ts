import { AwsError } from '../../core/errors';

/** Polling parameters with which resource handlers wait for a state. */
export interface Waiting {
  /** Resolves after this many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly intervalMs: number;
  /** Number of polls before giving up. */
  readonly attempts: number;
}

/** 30 seconds: far more than the states last, whose durations are options in milliseconds. */
export const DEFAULT_WAITING: Waiting = {
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  intervalMs: 25,
  attempts: 1200,
};

/**
 * Polls until `reached` returns true.
 * @throws AwsError NotStabilized, CloudFormation's error, if the state is not reached in time
 */
export async function waitUntil(
  waiting: Waiting,
  subject: string,
  reached: () => boolean,
): Promise<void> {
  for (let attempt = 0; attempt < waiting.attempts; attempt++) {
    if (reached()) return;
    await waiting.sleep(waiting.intervalMs);
  }
  throw new AwsError('NotStabilized', `${subject} did not stabilize.`);
}

/** Runs a lookup; undefined if the resource does not exist. */
export function ifExists<Result>(lookup: () => Result): Result | undefined {
  try {
    return lookup();
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
