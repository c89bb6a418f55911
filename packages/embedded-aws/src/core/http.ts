import type { Caller } from './caller';

/** One HTTP request as every service of the embedded AWS receives it. */
export interface HttpRequest {
  readonly method: string;
  /** The path as sent, percent-encoded, without the query. Starts with `/`. */
  readonly path: string;
  /** The query string as sent, without `?`; empty when there is none. */
  readonly query: string;
  /** Lower-cased names; a repeated header's values joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The peer's address, `127.0.0.1`. */
  readonly sourceIp: string;
  /** `HTTP/1.1` or `HTTP/2.0`. */
  readonly protocol: string;
}

/** An HTTP request whose credentials have been read: what services handle. */
export interface AwsRequest extends HttpRequest {
  readonly caller: Caller;
  readonly requestId: string;
}

/** What is written back. A string body is sent as UTF-8. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
  /**
   * A body that comes piece by piece, in place of `body`, which is then empty. Nothing happens
   * before it is called. The signal says that nobody listens any more: it must then end soon. It
   * is asked for the next piece only when the one before is on its way.
   */
  readonly stream?: (signal: AbortSignal) => AsyncIterable<Buffer>;
}
