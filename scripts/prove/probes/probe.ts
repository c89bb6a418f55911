import type { Run } from '../run';
import type { Recorder } from './recorder';

/** Where the probes of a run are asked. */
export interface Bench {
  readonly run: Run;
  /** URL of the stage of the probes' own API. */
  readonly probesUrl: string;
  readonly probesApiId: string;
  /** Sends and records. */
  readonly recorder: Recorder;
}

/** The relevant part of an answer, which is compared with that of the embedded AWS. */
export type Observed = Readonly<Record<string, unknown>>;

/** A question to AWS, whose answer the documentation tells or that is open. */
export interface Probe {
  readonly name: string;
  /** The question that it answers, for people. */
  readonly question: string;
  /** Rows of the evidence tables that it is the evidence of, as in rows.ts. */
  readonly rows: readonly string[];
  /** The answer of the embedded AWS, which AWS is expected to give too. */
  readonly expected: Observed;
  ask(bench: Bench): Promise<Observed>;
}

export const VERDICTS = ['as expected', 'differs', 'could not be asked'] as const;
export type Verdict = (typeof VERDICTS)[number];
