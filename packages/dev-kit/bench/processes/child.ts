import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BenchError } from '../measurement';

/** A process that the bench started. */
export interface Child {
  readonly process: ChildProcess;
  /** When it was started, on the clock of `performance.now()`. */
  readonly startedAt: number;
  /** All output so far. */
  output(): string;
  /** Settles with the exit code, null for a signal. */
  readonly ended: Promise<number | null>;
  /**
   * The next message that is not internal to the bench.
   * @throws BenchError if the process ends first
   */
  message(): Promise<unknown>;
  /** Waits for a text in what it prints. @throws BenchError when it ends without */
  printed(wanted: RegExp): Promise<void>;
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly script: string;
  readonly args?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** True if the script is TypeScript. */
  readonly typescript?: boolean;
  /** True to run it as users do, with nothing preloaded. */
  readonly bare?: boolean;
  /** Folder in which to write a CPU profile when it ends. */
  readonly profileFolder?: string;
}

const TETHER = path.join(__dirname, 'tethered.cjs');
const running = new Set<Child>();

/** How long an orderly end may take; a profile has to be written in it. */
const PATIENCE_MS = 10_000;

/** A server that is no Node script. */
export interface ProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly folder?: string;
}

/** Runs a script in Node; {@link stopAll} ends it if it still runs. */
export function startChild(options: ChildOptions): Child {
  const {
    script,
    args = [],
    environment,
    folder,
    typescript = false,
    bare = false,
    profileFolder,
  } = options;
  const loader = typescript ? ['--import', pathToFileURL(require.resolve('tsx')).href] : [];
  const tether = bare ? [] : ['--require', TETHER];
  const profile = profileFolder ? ['--cpu-prof', '--cpu-prof-dir', profileFolder] : [];
  const startedAt = performance.now();
  const started = spawn(process.execPath, [...tether, ...profile, ...loader, script, ...args], {
    ...(folder && { cwd: folder }),
    env: environment ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe', ...(bare ? [] : (['ipc'] as const))],
  });
  return watched(started, startedAt, path.basename(script), (signal) => started.kill(signal));
}

/**
 * Runs a program with what it starts in turn as a group of its own, which ends as a whole;
 * {@link stopAll} ends it if it still runs.
 */
export function startProgram({ program, args, environment, folder }: ProgramOptions): Child {
  const startedAt = performance.now();
  const started = spawn(program, args, {
    ...(folder && { cwd: folder }),
    env: environment ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const kill = (signal: NodeJS.Signals) => {
    if (process.platform === 'win32') started.kill(signal);
    else process.kill(-(started.pid ?? Number.NaN), signal);
  };
  return watched(started, startedAt, path.basename(program), kill);
}

function watched(
  started: ChildProcess,
  startedAt: number,
  name: string,
  kill: (signal: NodeJS.Signals) => unknown,
): Child {
  let text = '';
  for (const stream of [started.stdout, started.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const ended = once(started, 'close').then(([code]) => code as number | null);
  const early = () =>
    ended.then((code): never => {
      throw new BenchError(`${name} ended early, with ${code}. It printed:\n${text}`);
    });
  const child: Child = {
    process: started,
    startedAt,
    output: () => text,
    ended,
    message: () => Promise.race([nextMessage(started), early()]),
    printed: (wanted) => Promise.race([printed(started, wanted, () => text), early()]),
    async stop() {
      running.delete(child);
      if (started.exitCode === null && started.signalCode === null) {
        kill('SIGTERM');
        // kinesis-local exits slowly, and nothing of it is needed.
        const impatience = setTimeout(() => kill('SIGKILL'), PATIENCE_MS);
        await ended;
        clearTimeout(impatience);
      }
    },
  };
  running.add(child);
  ended.then(() => running.delete(child));
  return child;
}

/** Ends whatever still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()));
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      if ((message as { type?: string }).type?.startsWith('bench:')) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
  });
}

function printed(child: ChildProcess, wanted: RegExp, text: () => string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (wanted.test(text())) resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    look();
  });
}
