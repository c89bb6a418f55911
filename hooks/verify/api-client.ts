import { setTimeout as sleep } from 'node:timers/promises';
import { DEPLOYMENT_HEADER } from '../../resources/deployment-header';
import { within } from './within';

/** A request to the API, below the stage. */
export interface ApiRequest {
  readonly method: string;
  /** Percent-encoded; with the query, if any. */
  readonly path: string;
  /** Sent as JSON, or as it is when it is text. */
  readonly body?: unknown;
  /** `application/json` for a body, unless told otherwise. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Leaves out the signature or the key: what must be refused where the stage is closed. */
  readonly anonymous?: boolean;
  /** Answered by a backend as it likes, which knows of no deployment. */
  readonly passesThrough?: boolean;
}

/** A request to the deployed API and the answer that counted. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** As sent, but for the signature or the key. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | undefined;
  readonly anonymous: boolean;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
  readonly body: string;
  /** How often it was sent: an API that has just been deployed may need a moment. */
  readonly attempts: number;
  /** Why it was sent again, oldest first. */
  readonly retried: readonly string[];
}

/** How the requests of a run went, all together. */
export interface Tally {
  /** Requests sent, repeated ones included. */
  sent: number;
  /** Of these, the ones that met a fault of the moment: no answer, 429 or 5xx. */
  faulty: number;
}

export interface ApiClient {
  readonly tally: Readonly<Tally>;
  /** @throws what the transport throws, when no answer comes before the shared deadline */
  send(request: ApiRequest): Promise<Exchange>;
}

/** Makes a request one that the stage lets in: signs it, or adds the key. */
export type Sign = (request: Request) => Promise<Request>;

/** Where everybody is let in. */
export const unsigned: Sign = async (request) => request;

/** A request as it goes out, without what `fetch` has for others. */
export interface DirectRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export type DirectAnswer = Pick<Exchange, 'status' | 'headers' | 'body'>;

/** A shorter way to the API than `fetch`, where there is one. */
export type Direct = (request: DirectRequest) => Promise<DirectAnswer>;

export interface ApiClientOptions {
  readonly invokeUrl: string;
  readonly sign: Sign;
  /** Answers of another deployment are not the one that is asked for. */
  readonly deploymentId: string;
  /** Whether the gateway's own errors are somebody else's, and do not name the deployment. */
  readonly sharesApi?: boolean;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  readonly transport?: typeof fetch;
  /** In place of a transport. */
  readonly direct?: Direct;
  /** Until when faults that may pass are asked about again; milliseconds since 1970. */
  readonly retryUntil: number;
  /** The longest that one request may take, in milliseconds. */
  readonly requestMs: number;
  /** Pause before the second attempt, in milliseconds; each further one is twice as long. */
  readonly pauseMs?: number;
}

const LONGEST_PAUSE_MS = 5_000;

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { signal, retryUntil, pauseMs = 100 } = options;
  const tally: Tally = { sent: 0, faulty: 0 };
  /** Whether an answer has come from the deployment that is asked for. */
  let isLive = false;
  return {
    tally,
    async send(request) {
      const retried: string[] = [];
      for (let pause = pauseMs; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        tally.sent += 1;
        const outcome = await attempt(request, options).catch((error: unknown) => {
          signal.throwIfAborted();
          return error instanceof Error ? error : new Error(String(error));
        });
        const why = whyAgain(outcome, options, { ...request, isLive });
        isLive ||= why === undefined;
        if (why?.isFault) tally.faulty += 1;
        // Half to whole: two runs that were throttled together do not come back together.
        const wait = pause * (0.5 + Math.random() / 2);
        if (why === undefined || Date.now() + wait > retryUntil) {
          if (outcome instanceof Error) throw outcome;
          return { ...outcome, attempts: retried.length + 1, retried };
        }
        retried.push(why.text);
        await sleep(wait, undefined, { signal });
      }
    },
  };
}

type Answer = Omit<Exchange, 'attempts' | 'retried'>;

async function attempt(
  { method, path, body, contentType = 'application/json', headers, anonymous = false }: ApiRequest,
  { invokeUrl, sign, signal, transport = fetch, direct, requestMs }: ApiClientOptions,
): Promise<Answer> {
  const url = invokeUrl + path;
  const requestBody = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const requestHeaders = {
    ...headers,
    ...(requestBody !== undefined && { 'content-type': contentType }),
  };
  const request = { method, url, headers: requestHeaders, body: requestBody };
  const access = anonymous ? unsigned : sign;
  signal.throwIfAborted();
  const answer = await within(requestMs, signal, `no answer in ${requestMs} ms`, (ended) =>
    direct === undefined
      ? fetched(transport, access, { ...request, signal: ended })
      : sentDirectly(direct, access, { ...request, signal: ended }),
  );
  return {
    method,
    url,
    requestHeaders,
    requestBody,
    anonymous,
    status: answer.status,
    headers: answer.headers,
    requestId: answer.headers['x-amzn-requestid'],
    body: answer.body,
  };
}

async function fetched(
  transport: typeof fetch,
  access: Sign,
  request: DirectRequest,
): Promise<DirectAnswer> {
  const answer = await transport(await access(asRequest(request)));
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
  };
}

async function sentDirectly(
  direct: Direct,
  access: Sign,
  request: DirectRequest,
): Promise<DirectAnswer> {
  if (access === unsigned) return direct(request);
  const { headers } = await access(asRequest(request));
  return direct({ ...request, headers: Object.fromEntries(headers) });
}

function asRequest({ url, method, headers, body, signal }: DirectRequest): Request {
  return new Request(url, { method, headers, signal, ...(body !== undefined && { body }) });
}

/** Whether the next attempt may have another outcome: a fault of the moment, or propagation. */
function whyAgain(
  outcome: Answer | Error,
  { deploymentId, sharesApi = false }: ApiClientOptions,
  { passesThrough = false, isLive }: { passesThrough?: boolean; isLive: boolean },
): { text: string; isFault: boolean } | undefined {
  if (outcome instanceof Error) return { text: outcome.message, isFault: true };
  const { status, headers } = outcome;
  if (status === 429 || status >= 500) return { text: `status ${status}`, isFault: true };
  const answeredBy = headers[DEPLOYMENT_HEADER.toLowerCase()];
  if (answeredBy === deploymentId) return undefined;
  if (answeredBy === undefined && passesThrough) return undefined;
  // Errors of somebody else's gateway say nothing; that the routes are live was seen before.
  if (sharesApi && isLive && answeredBy === undefined && status >= 400) return undefined;
  return { text: `answered by ${answeredBy ?? 'no deployment'}`, isFault: false };
}
