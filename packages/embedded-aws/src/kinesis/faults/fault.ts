import type { AwsError } from '../../core/errors';
import type { HttpResponse } from '../../core/http';

/** What a fault injector is asked about. */
export interface FaultTarget {
  /** `PutRecord` */
  readonly action: string;
  /** The stream that the request names; undefined when it names none. */
  readonly streamName: string | undefined;
}

/** What goes wrong with one request. */
export interface Fault {
  /** Answers no sooner than after this many milliseconds. */
  readonly delayMs?: number;
  /** Answered instead of acting. */
  readonly error?: AwsError;
  /** Answered as it stands instead of acting: what something in front of the service would say. */
  readonly answer?: HttpResponse;
  /**
   * The share (0 to 1) that is refused because of its rate, drawn by chance: of a PutRecords's
   * records, of other actions' requests.
   */
  readonly throttledShare?: number;
  /** Where that chance comes from, 0 to below 1; `Math.random` when absent. */
  readonly random?: () => number;
}

/** Asked once for each request. */
export type FaultInjector = (target: FaultTarget) => Fault | undefined;
