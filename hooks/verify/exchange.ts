/** A request to the API, below the stage. */
export interface ApiRequest {
  readonly method: string;
  /** Percent-encoded; with the query, if any. */
  readonly path: string;
  /** Sent as JSON; text is sent unchanged. */
  readonly body?: unknown;
  /** By default `application/json` for a request with a body. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Leaves out the signature, key or token: what must be refused where the stage is closed. */
  readonly anonymous?: boolean;
  /** Shows something else than the run's own credentials. */
  readonly pretence?: Pretence;
  /** A 429 is an answer, and no reason to repeat it. */
  readonly mayBeLimited?: boolean;
  /** Its answer may be something else than JSON: nothing, or an image. */
  readonly mayLackJson?: boolean;
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
  /** True without the run's own credentials: with none, or with others. */
  readonly anonymous: boolean;
  /** The credentials that it had instead, in words. */
  readonly as?: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
  readonly body: string;
  /** How often it was sent: an API that has just been deployed may need a moment. */
  readonly attempts: number;
  /**
   * How many of these may have taken effect, the answered one included: one whose answer was lost
   * may still have been carried out.
   */
  readonly mayHaveActed: number;
  /** The reasons of its repetitions, oldest first. */
  readonly retried: readonly string[];
}

/** Adds the credentials that the stage requires: signs a request, or adds the key or a token. */
export type Sign = (request: Request) => Promise<Request>;

/** Credentials that may not be good, or are for somewhere else. */
export interface Pretence {
  /** In words, for reports: `a token that has expired`. */
  readonly as: string;
  readonly sign: Sign;
}

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

const read = new WeakMap<object, { readonly value: unknown } | undefined>();

/** The body's JSON, which several look at and none may change; undefined for what is not JSON. */
export function jsonIn(answer: Pick<Exchange, 'body'>): { readonly value: unknown } | undefined {
  if (!read.has(answer)) read.set(answer, parsed(answer.body));
  return read.get(answer);
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
