import type { Caller } from './caller';

/** An HTTP request as services receive it. */
export interface HttpRequest {
  readonly method: string;
  /** The path as sent, percent-encoded, without the query. Starts with `/`. */
  readonly path: string;
  /** The query string as sent, without `?`; empty if there is none. */
  readonly query: string;
  /** By lower-case name; the values of repeated headers are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values in turn, as they were sent; absent where the names came in lower case only. */
  readonly rawHeaders?: readonly string[];
  readonly body: Buffer;
  /** The same as text, where it is ASCII that a sender inside of this process has as text. */
  readonly text?: string | undefined;
  /** The peer's address, `127.0.0.1`. */
  readonly sourceIp: string;
  /** `HTTP/1.1` or `HTTP/2.0`. */
  readonly protocol: string;
}

/** An HTTP request together with its caller. */
export interface AwsRequest extends HttpRequest {
  readonly caller: Caller;
  readonly requestId: string;
}

/** A response. A string body is sent as UTF-8. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
  /** The value whose JSON the body is. Who answers from this process need not parse the body for it. */
  readonly written?: unknown;
  /**
   * Streams the body, in which case `body` is empty. Starts nothing until it is called. Each chunk
   * is requested only after the previous one has been sent. The signal aborts when the client
   * disconnects; the stream must then end soon.
   */
  readonly stream?: (signal: AbortSignal) => AsyncIterable<Buffer>;
}
