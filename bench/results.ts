import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Outcome } from 'dev-kit/bench/measurement';

/** The committed results, from which docs/performance.md is generated. */
export const RESULTS_FILE = path.join(__dirname, 'results.json');

/** A measurement's outcome, with its date and machine. */
export interface Result extends Outcome {
  /** The day, in UTC. */
  readonly date: string;
  readonly quick: boolean;
  readonly seconds: number;
  readonly machine: Machine;
}

/** By the name of the measurement. */
export type Results = Readonly<Record<string, Result>>;

/** The machine's properties that matter to readers, without its name. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** How many processes wanted to run before the bench started: its load average of a minute. */
  readonly load: number;
}

export function thisMachine(): Machine {
  const [first] = os.cpus();
  return {
    cpu: first?.model.replaceAll(/\s+/g, ' ').trim() || 'unknown CPU',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
    node: process.versions.node,
    load: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** True if the machine was too busy for wall-clock times to be reliable. */
export const wasBusy = ({ load, cores }: Machine): boolean => load > cores / 2;

export function readResults(file = RESULTS_FILE): Results {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Merges this run's results with earlier ones. @returns all results */
export function mergeResults(kept: Results, measured: Results): Results {
  return { ...kept, ...measured };
}

export function writeResults(results: Results, file = RESULTS_FILE): void {
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** The figures of all results, merged. */
export function figuresOf(results: Results): Readonly<Record<string, number>> {
  return Object.assign({}, ...Object.values(results).map(({ figures }) => figures));
}
