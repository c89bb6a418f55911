import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const WORKER = path.join(__dirname, 'worker.ts');
const TYPESCRIPT = path.join(__dirname, '..', '..', 'hooks', 'typescript.cjs');
const NODE_OPTIONS = [
  // The embedded AWS by its sources, as in the tests.
  '--conditions=embedded-aws-source',
  // A verification runs much code, none of it often, and leaves much behind: a seventh less time.
  '--always-sparkplug',
  '--max-semi-space-size=64',
  // At Node's own budget more is optimized than these minutes earn back; at a million, too little.
  '--interrupt-budget=300000',
];

/** There are two minutes of computing at most; more processes take memory and help little. */
const MOST_PROCESSES = 4;

/** Of what a process that died had to say, in characters. */
const MOST_SAID = 2_000;

/** Says what came of a thing. @throws Error with the stack of what went wrong in the process */
export type ResultOf<Result> = () => Promise<Result>;

/** The module that does a job: for each name, something whose result can be sent as JSON. */
export interface Job {
  run(name: string): Promise<unknown>;
}

interface PoolOptions {
  /** The path of a module that is a {@link Job}. */
  readonly job: string;
  /** In the order in which they are begun. */
  readonly names: readonly string[];
  /** In one process at the same time: more than one where the job has to wait, too. */
  readonly atOnce: number;
}

/** Does a job for each name, in plain processes of Node, one for each processor. */
export function inProcesses<Result>({ job, names, atOnce }: PoolOptions): {
  readonly results: ReadonlyMap<string, ResultOf<Result>>;
  close(): void;
} {
  const waiting = [...names];
  const settle = new Map<string, (outcome: Outcome<Result>) => void>();
  const results = new Map(
    names.map((name) => {
      const outcome = new Promise<Outcome<Result>>((resolve) => settle.set(name, resolve));
      return [name, async () => resultOf(await outcome)] as const;
    }),
  );
  const count = Math.min(availableParallelism(), MOST_PROCESSES);
  const workers = Array.from({ length: count }, () => startWorker<Result>(job));
  for (const { ask } of workers) {
    const work = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        settle.get(name)?.(await ask(name));
      }
    };
    for (let nth = 0; nth < atOnce; nth += 1) void work();
  }
  return {
    results,
    close() {
      for (const { child } of workers) child.kill();
    },
  };
}

type Outcome<Result> = { readonly result: Result } | { readonly reason: string };

/** The answer of a worker. */
export type Told<Result = unknown> = Outcome<Result> & { readonly name: string };

interface Worker<Result> {
  readonly child: ChildProcess;
  ask(name: string): Promise<Outcome<Result>>;
}

function startWorker<Result>(job: string): Worker<Result> {
  const child = spawn(process.execPath, [...NODE_OPTIONS, '--require', TYPESCRIPT, WORKER, job], {
    // The embedded AWS prints many expected errors about broken stages.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const asked = new Map<string, (outcome: Outcome<Result>) => void>();
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_SAID);
  });
  child.on('message', ({ name, ...outcome }: Told<Result>) => {
    asked.get(name)?.(outcome);
    asked.delete(name);
  });
  child.on('exit', () => {
    for (const answer of asked.values()) answer({ reason: `The process ended. It said:\n${said}` });
    asked.clear();
  });
  return {
    child,
    ask: (name) =>
      new Promise((resolve) => {
        asked.set(name, resolve);
        child.send(name, (error) => {
          if (error) resolve({ reason: `The process is gone. It said:\n${said}` });
        });
      }),
  };
}

function resultOf<Result>(outcome: Outcome<Result>): Result {
  if ('result' in outcome) return outcome.result;
  throw new Error(outcome.reason);
}
