/** Time limits for the parts of an exchange, in milliseconds. */
export interface Timeouts {
  /** For an idle connection. */
  readonly idleMs: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** Within this time a body must end or grow by {@link bodyBytes}. */
  readonly bodyWindowMs: number;
  readonly bodyBytes: number;
  /** From the end of the headers to the end of the body, however fast it comes. */
  readonly bodyMs: number;
  /** Within this time a client must read a piece of its answer. */
  readonly answerMs: number;
  /** Interval between checks of all connections. */
  readonly sweepMs: number;
}

/**
 * Similar to other servers: Node gives headers 60 s and a whole request 300 s, nginx keeps an idle
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
