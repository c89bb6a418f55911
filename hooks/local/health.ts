import { START_COMMAND } from '../../resources/packed';
import { HookError } from '../framework';

/** Long enough for a busy machine, short enough for a user who waits at a prompt. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * Checks that the embedded AWS, or an emulator that the user chose, answers at the endpoint.
 * @param chosen true when the user named the endpoint: then it may be any emulator
 * @param secret of the owner's access key, which an embedded AWS that verifies signatures wants
 * @throws HookError that says what to start
 */
export async function checkHealth(
  endpoint: string,
  chosen: boolean,
  transport: typeof fetch = fetch,
  secret = process.env.LOCAL_AWS_SECRET_ACCESS_KEY,
): Promise<void> {
  let answer: Response;
  try {
    answer = await transport(`${endpoint}/_aws/health`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch (cause) {
    throw new HookError(
      'LOCAL_AWS_UNREACHABLE',
      chosen
        ? `Nothing answers at ${endpoint}, which LOCAL_AWS_ENDPOINT names. Start that emulator, or unset LOCAL_AWS_ENDPOINT and run: ${START_COMMAND}`
        : `No embedded AWS answers at ${endpoint}. Start it in another terminal with: ${START_COMMAND} (or name its port with --port)`,
      { cause },
    );
  }
  if (chosen) return;
  const health: unknown = await answer.json().catch(() => undefined);
  if (typeof health === 'object' && health !== null && 'embeddedAws' in health) {
    if ('strict' in health && !secret) throw secretMissing(endpoint);
    return;
  }
  throw new HookError(
    'LOCAL_PORT_TAKEN',
    `Something other than the embedded AWS answers at ${endpoint}. Name another port with --port, or an emulator with LOCAL_AWS_ENDPOINT.`,
  );
}

function secretMissing(endpoint: string): HookError {
  return new HookError(
    'LOCAL_SECRET_MISSING',
    `The embedded AWS at ${endpoint} verifies signatures. Set the secret that it printed when it started: export LOCAL_AWS_SECRET_ACCESS_KEY=…`,
  );
}
