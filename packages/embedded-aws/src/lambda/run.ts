import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AwsError } from '../core/errors';
import { BOOTSTRAP } from './bootstrap';
import type { ZipEntry } from './zip';

/** One run of a function. */
export interface Run {
  readonly requestId: string;
  readonly files: readonly ZipEntry[];
  /** `src/handler.run` */
  readonly handler: string;
  readonly event: unknown;
  /** The handler's context argument, without its methods. */
  readonly context: Readonly<Record<string, unknown>>;
  /** The function's entire environment, except for PATH. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** The result of a run. */
export interface Outcome {
  /** JSON: the result, or the error as `errorType`, `errorMessage`, `trace`. */
  readonly payload: string;
  readonly failed: boolean;
  /** The function's output. */
  readonly log: string;
}

/** Limits the output, so that a function that never stops printing cannot fill the memory. */
const MAX_LOG = 1024 * 1024;

/** Lambda includes the AWS SDK; here it is the one installed next to the embedded AWS. */
const LIBRARIES = path.join(rootOf(__dirname), 'node_modules');

/** The nearest node_modules, wherever this module or its bundle is. */
function rootOf(folder: string): string {
  const parent = path.dirname(folder);
  if (parent === folder || existsSync(path.join(folder, 'node_modules'))) return folder;
  return rootOf(parent);
}

/**
 * Runs a function for one event, in a process and a folder that are deleted afterwards. Each run is
 * a cold start.
 */
export async function runFunction(run: Run): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'embedded-lambda-'));
  try {
    await writeFile(path.join(folder, 'bootstrap.cjs'), BOOTSTRAP);
    await symlink(LIBRARIES, path.join(folder, 'node_modules'), 'junction');
    for (const { path: name, data } of run.files) {
      const file = path.join(folder, 'code', name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, data);
    }
    return await inProcessOfItsOwn(folder, run);
  } finally {
    // On Windows a virus scanner may still hold one of the files; that must not fail the run.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** How long to wait for the last output after a function has ended. */
const LAST_OUTPUT_MS = 500;

function inProcessOfItsOwn(folder: string, run: Run): Promise<Outcome> {
  const { handler, event, context, environment, timeoutSeconds, requestId } = run;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(folder, 'bootstrap.cjs')], {
      cwd: path.join(folder, 'code'),
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let log = '';
    for (const output of [child.stdout, child.stderr]) {
      output?.setEncoding('utf8').on('data', (text: string) => {
        if (log.length < MAX_LOG) log += text;
      });
    }
    let outcome: { payload: string; failed: boolean } | undefined;
    const late = setTimeout(() => {
      outcome ??= failure(
        'Sandbox.Timedout',
        `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      );
      child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    child.on('message', ({ payload, failed = false }: { payload: string; failed?: boolean }) => {
      outcome ??= { payload, failed };
    });
    child.on('error', (cause) => {
      clearTimeout(late);
      reject(new AwsError('ServiceException', `${cause.message}`, { status: 500, cause }));
    });
    child.on('exit', () => {
      // A process started by the function may keep its output open forever.
      const cut = setTimeout(() => {
        for (const output of [child.stdout, child.stderr]) output?.destroy();
      }, LAST_OUTPUT_MS);
      child.on('close', () => clearTimeout(cut));
    });
    // Not 'exit', which may precede the last output.
    child.on('close', (code) => {
      clearTimeout(late);
      const ended = failure(
        'Runtime.ExitError',
        `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code ?? 'unknown'}`,
      );
      resolve({ ...(outcome ?? ended), log });
    });
    const deadline = Date.now() + timeoutSeconds * 1000;
    child.send({ handler, event, context, deadline });
  });
}

const failure = (errorType: string, errorMessage: string) => ({
  payload: JSON.stringify({ errorType, errorMessage }),
  failed: true,
});
