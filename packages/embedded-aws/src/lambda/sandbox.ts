import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AwsError } from '../core/errors';
import { BOOTSTRAP } from './bootstrap';
import { LogReader } from './log-reader';
import { watchMemory } from './memory-watch';
import type { ZipEntry } from './zip';

/** A function as a process of its own runs it. */
export interface SandboxSettings {
  readonly files: readonly ZipEntry[];
  /** `src/handler.run` */
  readonly handler: string;
  /** The function's entire environment, except for PATH. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Where its process logs, as its environment says. */
  readonly logStream: string;
}

/** One event for a function. */
export interface Run {
  readonly requestId: string;
  readonly event: unknown;
  /** The handler's context argument, without its methods. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** The result of a run. */
export interface Outcome {
  /** JSON: the result, or the error as `errorType`, `errorMessage`, `trace`. */
  readonly payload: string;
  readonly failed: boolean;
  /** The function's output. */
  readonly log: string;
  /** Where its process logs. */
  readonly logStream: string;
  /** The most memory that its process has had; all that it may have, where the process was ended. */
  readonly memoryMb: number;
}

/** Lambda includes the AWS SDK; here it is the one installed next to the embedded AWS. */
const LIBRARIES = path.join(rootOf(__dirname), 'node_modules');

/** The nearest node_modules, wherever this module or its bundle is. */
function rootOf(folder: string): string {
  const parent = path.dirname(folder);
  if (parent === folder || existsSync(path.join(folder, 'node_modules'))) return folder;
  return rootOf(parent);
}

/** How long to wait for the last output after a function has answered or ended. */
const LAST_OUTPUT_MS = 500;

/**
 * A process and a folder in which a function runs, for one event at a time. It can be used again
 * until the function ends the process, or has to be ended, or cannot be loaded. Nothing waits for
 * the process between two events: Node may end before it does.
 */
export class Sandbox {
  readonly #folder: string;
  readonly #settings: SandboxSettings;
  readonly #child: ChildProcess;
  readonly #log: LogReader;
  readonly #closed: Promise<void>;
  #failure: Error | undefined;
  #hasEnded = false;
  #isLoaded = true;

  private constructor(folder: string, settings: SandboxSettings) {
    this.#folder = folder;
    this.#settings = settings;
    this.#child = spawn(
      process.execPath,
      [`--max-old-space-size=${settings.memoryMb}`, path.join(folder, 'bootstrap.cjs')],
      {
        cwd: path.join(folder, 'code'),
        env: { PATH: process.env.PATH, ...settings.environment },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // A process group of its own, which ends with it; on Windows this would open a window.
        detached: process.platform !== 'win32',
      },
    );
    this.#log = new LogReader([this.#child.stdout, this.#child.stderr]);
    this.#closed = this.#untilClosed();
    // A message to a process that is just ending is lost; its end is noticed by itself.
    this.#child.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  /** Starts a function's process. @throws the system's error when there is no place for its folder */
  static async start(settings: SandboxSettings): Promise<Sandbox> {
    const folder = await mkdtemp(path.join(tmpdir(), 'embedded-lambda-'));
    try {
      await writeFile(path.join(folder, 'bootstrap.cjs'), BOOTSTRAP);
      await symlink(LIBRARIES, path.join(folder, 'node_modules'), 'junction');
      for (const { path: name, data } of settings.files) {
        const file = path.join(folder, 'code', name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, data);
      }
      return new Sandbox(folder, settings);
    } catch (error) {
      await removeFolder(folder);
      throw error;
    }
  }

  /** True while it can run another event. */
  get isUsable(): boolean {
    return !this.#hasEnded && this.#isLoaded && this.#child.connected;
  }

  /**
   * Runs the function for one event.
   * @throws AwsError ServiceException, 500, when the process cannot be started
   */
  async run({ requestId, event, context }: Run): Promise<Outcome> {
    const { handler, timeoutSeconds, memoryMb, logStream } = this.#settings;
    const child = this.#child;
    const marker = randomUUID();
    let outcome: Omit<Outcome, 'log' | 'logStream'> | undefined;
    const failed = (errorType: string, reason: string) => {
      const errorMessage = `RequestId: ${requestId} Error: ${reason}`;
      return { payload: JSON.stringify({ errorType, errorMessage }), failed: true, memoryMb };
    };
    const end = (errorType: string, reason: string) => {
      outcome ??= failed(errorType, reason);
      killGroup(child);
    };
    const late = setTimeout(
      () => end('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`),
      timeoutSeconds * 1000,
    );
    const stopWatching = watchMemory(child, memoryMb, () =>
      end('Runtime.ExitError', 'Runtime exited with error: signal: killed'),
    );
    this.#keepNode(true);
    try {
      const answered = new Promise<void>((resolve) => {
        child.on('message', (message: unknown) => {
          if (!isAnswer(message)) return;
          const { isLoaded, failed = false, ...rest } = message;
          this.#isLoaded = isLoaded;
          outcome ??= { ...rest, failed };
          resolve();
        });
      });
      const deadline = Date.now() + timeoutSeconds * 1000;
      if (child.connected) child.send({ handler, event, context, deadline, marker }, () => {});
      await Promise.race([answered, this.#closed]);
      if (outcome === undefined || !child.connected) await this.#closed;
      else await this.#log.until(marker, LAST_OUTPUT_MS);
    } finally {
      clearTimeout(late);
      stopWatching();
      child.removeAllListeners('message');
      this.#keepNode(false);
    }
    if (outcome === undefined && this.#failure !== undefined) {
      const cause = this.#failure;
      throw new AwsError('ServiceException', cause.message, { status: 500, cause });
    }
    outcome ??= failed('Runtime.ExitError', `Runtime exited with error: ${endOf(child)}`);
    return { ...outcome, log: this.#log.take(marker), logStream };
  }

  /** Ends the process and removes the folder. Output that is still on its way is dropped. */
  async close(): Promise<void> {
    this.#hasEnded = true;
    this.#keepNode(true);
    killGroup(this.#child);
    await this.#closed;
    await removeFolder(this.#folder);
  }

  /** Decides whether Node waits for the process before it ends by itself. */
  #keepNode(waits: boolean): void {
    const child = this.#child;
    const outputs = [child.stdout, child.stderr].filter((each) => each instanceof Socket);
    for (const part of [child, child.channel, ...outputs]) {
      if (waits) part?.ref();
      else part?.unref();
    }
  }

  /** Resolves when the process has ended and its output is read. */
  #untilClosed(): Promise<void> {
    const child = this.#child;
    return new Promise((resolve) => {
      // A process that could not be started has no exit.
      child.on('error', () => child.pid === undefined && resolve());
      child.on('exit', () => {
        this.#hasEnded = true;
        killGroup(child);
        // A process started by the function may keep its output open forever.
        const cut = setTimeout(() => {
          for (const output of [child.stdout, child.stderr]) output?.destroy();
        }, LAST_OUTPUT_MS);
        child.on('close', () => clearTimeout(cut));
      });
      // Not 'exit', which may precede the last output.
      child.on('close', () => resolve());
    });
  }
}

/** The message of the bootstrap with the outcome of an event. */
type Answer = Pick<Outcome, 'payload' | 'memoryMb'> &
  Partial<Pick<Outcome, 'failed'>> & {
    /** False if the code has no such handler, or fails before it has one. */
    readonly isLoaded: boolean;
  };

/** A function shares its process with the bootstrap, and may send anything. */
function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'payload' in message;
}

/** Ends a function's process and those that it has started, unless they left its group. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // There is none any more.
  }
}

/** On Windows a virus scanner may still hold one of the files; that must fail nothing. */
const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});

/** The exit code of a Node that aborts itself on Windows, which has no signals. */
const ABORTED_ON_WINDOWS = 134;

/** Lambda's words for the end of a process: `exit status 1`, `signal: aborted`. */
function endOf({ exitCode, signalCode }: ChildProcess): string {
  const signals: Readonly<Record<string, string>> = {
    SIGABRT: 'aborted',
    SIGKILL: 'killed',
    SIGSEGV: 'segmentation fault',
  };
  if (process.platform === 'win32' && exitCode === ABORTED_ON_WINDOWS) return 'signal: aborted';
  if (signalCode !== null) return `signal: ${signals[signalCode] ?? signalCode}`;
  return `exit status ${exitCode ?? 'unknown'}`;
}
