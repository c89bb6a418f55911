import { AwsError } from '../../core/errors';

/** How resource handlers wait for a state. */
export interface Waiting {
  /** Lets this many milliseconds pass. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly intervalMs: number;
  /** How often to look before giving up. */
  readonly attempts: number;
}

/** Half a minute: far more than any state lasts that options set in milliseconds. */
export const DEFAULT_WAITING: Waiting = {
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  intervalMs: 25,
  attempts: 1200,
};

/** @throws AwsError NotStabilized, as CloudFormation has it, when the state does not come */
export async function waitUntil(
  waiting: Waiting,
  what: string,
  reached: () => boolean,
): Promise<void> {
  for (let attempt = 0; attempt < waiting.attempts; attempt++) {
    if (reached()) return;
    await waiting.sleep(waiting.intervalMs);
  }
  throw new AwsError('NotStabilized', `${what} did not stabilize.`);
}

/** Runs something that may find nothing; undefined when what it looks for is not there. */
export function ifExists<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
