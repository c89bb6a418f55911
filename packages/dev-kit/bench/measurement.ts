import type { PeerName } from './peers';
import type { Table } from './report/table';

/** A measurement of the bench, in a file of its own under `measurements/`. */
export interface Measurement {
  /** As on the command line: `--only engine`. */
  readonly name: string;
  readonly title: string;
  /** The method, as a paragraph of docs/performance.md. */
  readonly how: string;
  /** Packages that must be installed for it. */
  readonly peers?: readonly PeerName[];
  /** Runs only when it is named. */
  readonly onlyByName?: true;
  run(pace: Pace): Promise<Outcome>;
}

/** How long a measurement may take over its parts. */
export interface Pace {
  readonly quick: boolean;
  /** Measured rounds; one more warms up. */
  readonly rounds: number;
  /** How long one subject is under load in one round, in milliseconds. */
  readonly roundMs: number;
  /** Folder for the embedded AWS's CPU profile, if one is wanted. */
  readonly profileFolder?: string;
  /** Shows progress on the terminal. */
  progress(what: string): void;
}

/** The outcome of a measurement. */
export interface Outcome {
  readonly tables: readonly Table[];
  /** Figures for targets and charts by name, such as `gateway.putRecord.ratio`. */
  readonly figures: Readonly<Record<string, number>>;
  /** Notes on this run for readers of the tables. */
  readonly notes?: readonly string[];
}

/**
 * Long enough for stable medians on two cores with nothing else to do; all of it in ten minutes.
 */
export const FULL = { quick: false, rounds: 5, roundMs: 500 } as const;

/** Shows that everything works; too short for figures to keep. */
export const QUICK = { quick: true, rounds: 1, roundMs: 100 } as const;

/** Says why a measurement failed and what to do; printed without a stack trace. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
