import type { AwsError } from '../../core/errors';
import type { HttpResponse } from '../../core/http';

/** The request for which a fault injector decides. */
export interface FaultTarget {
  /** For example `PutRecord`. */
  readonly action: string;
  /** The stream that the request refers to; undefined if it refers to none. */
  readonly streamName: string | undefined;
}

/** The fault injected into one request. */
export interface Fault {
  /** Delays the response by at least this many milliseconds. */
  readonly delayMs?: number;
  /** Returned instead of running the action. */
  readonly error?: AwsError;
  /** Returned verbatim instead of running the action, as a proxy in front of the service might. */
  readonly answer?: HttpResponse;
  /**
   * Fraction (0 to 1) that is throttled at random: of the records of a PutRecords request, of the
   * requests of any other action.
   */
  readonly throttledShare?: number;
  /** Source of randomness, 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** Called once for each request. */
export type FaultInjector = (target: FaultTarget) => Fault | undefined;
