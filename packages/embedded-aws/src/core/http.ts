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

/** An HTTP request whose credentials have been read, as services handle it. */
export interface AwsRequest extends HttpRequest {
  readonly caller: Caller;
  readonly requestId: string;
}

/** A response. A string body is sent as UTF-8. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
  /**
   * A body that is produced piece by piece, in place of `body`, which is then empty. Nothing happens
   * before it is called. The signal is aborted when the client is gone: the stream must then end
   * soon. The next piece is requested only after the previous one has been sent.
   */
  readonly stream?: (signal: AbortSignal) => AsyncIterable<Buffer>;
}
