import type { Throttle } from '../endpoints/shared/endpoint';

/** Members of a producer that a stage may have otherwise. */
export interface ProducerSettings {
  /**
   * Names of the keys that are good, `['1']` by default. Each is an API key of its own. To rotate, add
   * a name, hand out the new key, and take the old name away. Empty: the producer has no way in.
   */
  readonly keys?: readonly string[];
  /** Requests a second of each key. Needs `burst`. */
  readonly rate?: number;
  /** Requests at once of each key. Needs `rate`. */
  readonly burst?: number;
  /** Requests a day of each key, in UTC; no quota without it. */
  readonly quotaPerDay?: number;
  /** Lower limits on the event endpoints of single streams, by the stream's name. */
  readonly endpoints?: Readonly<Record<string, Throttle>>;
}

/** A producer with what single stages have otherwise. */
export interface ProducerDeclaration extends ProducerSettings {
  /** Members by stage; each replaces all of the member above: `{ prod: { rate: 500, burst: 900 } }`. */
  readonly stages?: Readonly<Record<string, ProducerSettings>>;
}

/** The producers by their names. */
export type Producers = Readonly<Record<string, ProducerDeclaration>>;
