import { setTimeout as sleep } from 'node:timers/promises';

/** A request to the deployed API and the answer that counted. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestBody: string | undefined;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly body: string;
  /** How often it was sent: an API that has just been deployed may need a moment. */
  readonly attempts: number;
}

export interface ApiClient {
  /** Sends JSON to a path below the stage. @throws when no answer comes before the deadline */
  send(method: string, path: string, body?: unknown): Promise<Exchange>;
}

/** Makes a request one that the stage lets in: signs it, or adds the key. */
export type Sign = (request: Request) => Promise<Request>;

export interface ApiClientOptions {
  readonly invokeUrl: string;
  readonly sign: Sign;
  /** Ends all waiting; shared by the whole run. */
  readonly signal: AbortSignal;
  readonly transport?: typeof fetch;
  /** How often a request is sent at most, while its answer may be one of the moment. */
  readonly attempts: number;
  /** Pause before the second attempt, in milliseconds; each further one is twice as long. */
  readonly pauseMs?: number;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { invokeUrl, sign, signal, transport = fetch, pauseMs = 250 } = options;
  const limit = options.attempts;

  async function attempt(method: string, path: string, body: unknown): Promise<Exchange> {
    const url = invokeUrl + path;
    const requestBody = body === undefined ? undefined : JSON.stringify(body);
    const request = new Request(url, {
      method,
      signal,
      ...(requestBody !== undefined && {
        body: requestBody,
        headers: { 'content-type': 'application/json' },
      }),
    });
    const answer = await transport(await sign(request));
    return {
      method,
      url,
      requestBody,
      status: answer.status,
      requestId: answer.headers.get('x-amzn-requestid') ?? undefined,
      body: await answer.text(),
      attempts: 1,
    };
  }

  return {
    async send(method, path, body) {
      for (let attempts = 1; ; attempts += 1) {
        const outcome = await attempt(method, path, body).catch((error: unknown) => {
          if (signal.aborted || attempts === limit) throw error;
          return undefined;
        });
        if (outcome !== undefined && (attempts === limit || !mayPass(outcome))) {
          return { ...outcome, attempts };
        }
        await sleep(pauseMs * 2 ** (attempts - 1), undefined, { signal });
      }
    },
  };
}

/** Whether an answer may be one of the moment: throttling, propagation, a fault on AWS's side. */
function mayPass({ status, body }: Exchange): boolean {
  if (status === 429 || status >= 500) return true;
  return status === 403 && body.includes('Missing Authentication Token');
}
