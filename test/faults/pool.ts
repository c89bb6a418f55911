import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Verdict } from './verify-fault';

const WORKER = path.join(__dirname, 'worker.ts');
const TYPESCRIPT = path.join(__dirname, '..', '..', 'hooks', 'typescript.cjs');
const NODE_OPTIONS = [
  // The embedded AWS by its sources, as in the tests.
  '--conditions=embedded-aws-source',
  // A verification runs much code, none of it often, and leaves much behind: a seventh less time.
  '--always-sparkplug',
  '--max-semi-space-size=64',
];

/** A matrix is two minutes of computing; more processes than these take memory and help little. */
const MOST_PROCESSES = 4;

/** In one process at the same time: some faults make the verifier wait, for seconds. */
const AT_ONCE = 3;

/** Of what a process that died had to say, in characters. */
const MOST_SAID = 2_000;

/** Says what came of a fault. @throws Error with the stack of what went wrong in the process */
export type VerdictOf = () => Promise<Verdict>;

/**
 * Verifies faults in processes of their own, one for each processor.
 * @param ids in the order in which they are begun
 */
export function verifyAll(ids: readonly string[]): {
  readonly verdicts: ReadonlyMap<string, VerdictOf>;
  close(): void;
} {
  const waiting = [...ids];
  const settle = new Map<string, (outcome: Outcome) => void>();
  const verdicts = new Map(
    ids.map((id) => {
      const outcome = new Promise<Outcome>((resolve) => settle.set(id, resolve));
      return [id, async () => verdictOf(await outcome)] as const;
    }),
  );
  const count = Math.min(availableParallelism(), MOST_PROCESSES);
  const workers = Array.from({ length: count }, startWorker);
  for (const { ask } of workers) {
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        settle.get(id)?.(await ask(id));
      }
    };
    for (let nth = 0; nth < AT_ONCE; nth += 1) void work();
  }
  return {
    verdicts,
    close() {
      for (const { child } of workers) child.kill();
    },
  };
}

type Outcome = { readonly verdict: Verdict } | { readonly reason: string };

/** The answer of a worker. */
type Told = Outcome & { readonly id: string };

interface Worker {
  readonly child: ChildProcess;
  ask(id: string): Promise<Outcome>;
}

function startWorker(): Worker {
  const child = spawn(process.execPath, [...NODE_OPTIONS, '--require', TYPESCRIPT, WORKER], {
    // The embedded AWS prints many expected errors about broken stages.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const asked = new Map<string, (outcome: Outcome) => void>();
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_SAID);
  });
  child.on('message', ({ id, ...outcome }: Told) => {
    asked.get(id)?.(outcome);
    asked.delete(id);
  });
  child.on('exit', () => {
    for (const answer of asked.values()) answer({ reason: `The process ended. It said:\n${said}` });
    asked.clear();
  });
  return {
    child,
    ask: (id) =>
      new Promise((resolve) => {
        asked.set(id, resolve);
        child.send(id, (error) => {
          if (error) resolve({ reason: `The process is gone. It said:\n${said}` });
        });
      }),
  };
}

function verdictOf(outcome: Outcome): Verdict {
  if ('verdict' in outcome) return outcome.verdict;
  throw new Error(outcome.reason);
}
