import { kafkaRestUrl } from '../stage/target';
import type { ApiRequest } from './api-client';
import type { CheckContext } from './check';

/** A backend that is out of reach, behind a firewall that drops packets, must not hold up a run. */
const WITHIN_MS = 3_000;

/** In bytes. No answer to a check is larger. */
const MOST_BYTES = 1_048_576;

export interface BackendAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

/**
 * Calls the Kafka REST proxy directly, without the caller's credentials.
 * @returns undefined if it cannot be reached from here, which is no statement about the stage
 */
export async function askBackend(
  { target, backend, signal }: Pick<CheckContext, 'target' | 'backend' | 'signal'>,
  { method, path, body, contentType = 'application/json', headers }: ApiRequest,
): Promise<BackendAnswer | undefined> {
  const url = kafkaRestUrl(target);
  if (url === undefined) return undefined;
  try {
    const answer = await backend(url + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': contentType }) },
      ...(body !== undefined && { body: String(body) }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
    });
    const type = answer.headers.get('content-type') ?? undefined;
    return { status: answer.status, contentType: type, body: await textOf(answer) };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop lets go of the connection.
    if (size > MOST_BYTES) throw new RangeError('The answer is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
