import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { HookError } from '../framework';
import type { ApiClient } from './api-client';
import type { Check, CheckContext, CheckName } from './check';
import { interruptionOf } from './interruption';
import { line } from './report';
import { runChecks } from './run-checks';
import { deleteStream } from './throw-away-stream';

/** A stream on AWS takes up to half a minute to come and as long to go. */
const TEARDOWN_WITHIN_MS = 120_000;

export interface Verification {
  readonly checks: Readonly<Record<CheckName, Check>>;
  readonly api: ApiClient;
  readonly kinesis: KinesisClient;
  /** Name of the throw-away stream. */
  readonly stream: string;
  readonly jsonSpacing: CheckContext['jsonSpacing'];
  readonly managesStreams: boolean;
  /** Aborts the checks; the stream is deleted all the same. */
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
}

/**
 * Runs all checks on one throw-away stream and deletes it, whatever happened. An interrupted run
 * says so and is no failure; the caller ends the process.
 * @throws HookError VERIFICATION_FAILED, or TEARDOWN_INCOMPLETE when only the deletion failed
 */
export async function verify(verification: Verification): Promise<void> {
  const { checks, print, ...given } = verification;
  const { kinesis, stream } = given;
  const context: CheckContext = { ...given, written: [] };
  const results = await runChecks(checks, context, (result) => print(line(result)));
  const leftover = await tearDown(kinesis, stream);
  if (leftover !== undefined) print(`✖ ${leftover.message}`);
  if (interruptionOf(given.signal)) {
    if (leftover === undefined) print('Interrupted; the throw-away stream is deleted.');
    return;
  }

  const failed = results.filter(({ outcome }) => outcome.status === 'failed');
  if (failed.length > 0) {
    const passed = results.filter(({ outcome }) => outcome.status === 'passed').length;
    throw new HookError(
      'VERIFICATION_FAILED',
      `Verification failed: ${failed.map(({ check }) => check.title).join(', ')} (${passed} of ${results.length} checks passed). The stack stays deployed; what was sent and answered is above.`,
    );
  }
  if (leftover !== undefined) throw leftover;
}

async function tearDown(kinesis: KinesisClient, stream: string): Promise<HookError | undefined> {
  try {
    await deleteStream(kinesis, stream, AbortSignal.timeout(TEARDOWN_WITHIN_MS));
    return undefined;
  } catch (cause) {
    return new HookError(
      'TEARDOWN_INCOMPLETE',
      `The throw-away stream ${stream} could not be deleted (${cause instanceof Error ? cause.message : cause}). Delete it with: aws kinesis delete-stream --stream-name ${stream}`,
      { cause },
    );
  }
}
