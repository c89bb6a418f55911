import { type Absent, PEERS, type PeerName } from './peers';
import type { Table } from './report/table';

/** A measurement of the bench, in a file of its own under `measurements/`. */
export interface Measurement {
  /** As on the command line: `--only engine`. */
  readonly name: string;
  readonly title: string;
  /** The method, as a paragraph of docs/performance.md. */
  readonly how: string;
  /** Products that it is compared with. Those of npm are always there; others may be absent. */
  readonly peers?: readonly PeerName[];
  /** The most seconds that it takes on two idle cores: all of them are to take under 12 minutes. */
  readonly mostSeconds: number;
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
  /** How long a server is under load before its first round, in milliseconds. */
  readonly warmUpMs: number;
  /** Peers that this machine cannot run, and why. */
  readonly absent: Absent;
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
 * Long enough for stable medians on two cores with nothing else to do; all of it in twelve minutes.
 */
export const FULL = { quick: false, rounds: 5, roundMs: 500, warmUpMs: 4_000 } as const;

/** Shows that everything works; too short for figures to keep. */
export const QUICK = { quick: true, rounds: 1, roundMs: 100, warmUpMs: 100 } as const;

/** A line for each peer that was not measured, by name and version, with what it needs. */
export const absentNotes = ({ absent }: Pick<Pace, 'absent'>, peers: readonly PeerName[]) =>
  peers.flatMap((name) => {
    const why = absent.get(name);
    return why === undefined ? [] : [`${name} ${PEERS[name].version} was not measured: ${why}.`];
  });

/** Says why a measurement failed and what to do; printed without a stack trace. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
