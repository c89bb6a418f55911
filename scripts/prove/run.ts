import type { Clients } from './clients';
import type { CommandLine } from './command-line';
import type { Evidence } from './evidence';
import type { Memory } from './memory';
import type { Choices, Place } from './options';
import type { Owned } from './owned';

/** A run under way, as its steps see it. */
export interface Run {
  readonly id: string;
  readonly service: string;
  /** `prove-<id>`; its stack is `<service>-prove-<id>`. */
  readonly stage: string;
  readonly stackName: string;
  readonly account: string;
  readonly place: Place;
  readonly choices: Choices;
  /** The repository. */
  readonly root: string;
  /** The folder of the service's copy, in which commands run. */
  readonly checkout: string;
  readonly clients: Clients;
  readonly cli: CommandLine;
  readonly evidence: Evidence;
  /** Resources that its stack has or has had. */
  readonly owned: Owned;
  readonly memory: Memory;
  readonly signal: AbortSignal;
  /** Between two looks at something that takes time, in milliseconds. */
  readonly pauseMs: number;
  say(text: string): void;
}

/** The findings of a step, which throws StepFailure where something is not as it should be. */
export interface Found {
  /** `unasked` where AWS could not be asked for all of it. */
  readonly status?: 'passed' | 'unasked';
  readonly said?: readonly string[];
}

export interface Step {
  /** Its name in the journal. */
  readonly name: string;
  readonly title: string;
  run(run: Run): Promise<Found>;
}
