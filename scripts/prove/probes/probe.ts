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

/** What came back, as far as it matters: compared with what the embedded AWS does. */
export type Observed = Readonly<Record<string, unknown>>;

/** A question to AWS, whose answer the documentation tells or that is open. */
export interface Probe {
  readonly name: string;
  /** What to look at. */
  readonly question: string;
  /** Rows of the evidence tables that it is the evidence of, as in rows.ts. */
  readonly rows: readonly string[];
  /** What the embedded AWS answers, and so what AWS is expected to. */
  readonly expected: Observed;
  ask(bench: Bench): Promise<Observed>;
}

export const VERDICTS = ['as expected', 'differs', 'could not be asked'] as const;
export type Verdict = (typeof VERDICTS)[number];
