/** How long a client may take for each part of an exchange, in milliseconds. */
export interface Timeouts {
  /** A connection without a request. */
  readonly idleMs: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** In this time a body must end or grow by {@link bodyBytes}. */
  readonly bodyWindowMs: number;
  readonly bodyBytes: number;
  /** From the end of the headers to the end of the body, however fast it comes. */
  readonly bodyMs: number;
  /** In this time a client must take a piece of its answer. */
  readonly answerMs: number;
  /** Between two looks at all connections. */
  readonly sweepMs: number;
}

/**
 * Close to what others have: Node gives headers 60 s and a whole request 300 s, nginx keeps an idle
 * connection for 75 s. A request may be written by hand, and a body may come at 1 KB/s; an answer
 * may take as long as its service needs, such as the five minutes of SubscribeToShard.
 */
export const TIMEOUTS: Timeouts = {
  idleMs: 75_000,
  headersMs: 30_000,
  bodyWindowMs: 30_000,
  bodyBytes: 30_000,
  bodyMs: 300_000,
  answerMs: 60_000,
  sweepMs: 2_000,
};
