import type { Problem, ReadingMessage } from '../protocol';

/** The server, or Kinesis behind it, could not do what was requested. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

type Parameters = Readonly<Record<string, string>>;

/** @throws ProblemError, or the signal's AbortError */
export async function getJson<T>(
  name: string,
  parameters: Parameters = {},
  signal?: AbortSignal,
): Promise<T> {
  const response = await request(name, parameters, signal);
  return (await response.json()) as T;
}

/**
 * Reads on in a stream, a chunk of messages at a time, as they come.
 * @throws ProblemError, or the signal's AbortError
 */
export async function* readMessages(
  parameters: Parameters,
  signal: AbortSignal,
): AsyncGenerator<readonly ReadingMessage[], void, undefined> {
  const { body } = await request('records', parameters, signal);
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  // A record of megabytes comes in many pieces, which must not be searched again and again.
  let pieces: string[] = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const end = value.lastIndexOf('\n');
    if (end === -1) {
      pieces.push(value);
      continue;
    }
    const lines = (pieces.join('') + value.slice(0, end)).split('\n');
    pieces = [value.slice(end + 1)];
    yield lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ReadingMessage);
  }
}

async function request(
  name: string,
  parameters: Parameters,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const query = new URLSearchParams(parameters).toString();
  let response: Response;
  try {
    response = await fetch(`api/${name}${query === '' ? '' : `?${query}`}`, {
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ProblemError({
      code: 'VIEWER_GONE',
      title: 'The viewer has been stopped',
      advice: 'Start it again with: npx serverless viewer. It will have a new address.',
    });
  }
  if (!response.ok) throw new ProblemError(await problemIn(response));
  return response;
}

async function problemIn(response: Response): Promise<Problem> {
  if (response.headers.get('content-type')?.startsWith('application/json')) {
    return (await response.json()) as Problem;
  }
  return {
    code: String(response.status),
    title: 'The viewer refused the request',
    advice: await response.text(),
  };
}
