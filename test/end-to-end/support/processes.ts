import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  bareEnvironment,
  type Finished,
  freePort,
  type Running,
  watch,
} from 'dev-kit/testing/processes';
import { startLocalAws } from 'embedded-aws';
import { readCommandLine } from '../../../packages/embedded-aws/src/command-line';

const CLI = path.join(
  __dirname,
  '..',
  '..',
  '..',
  'node_modules',
  'serverless',
  'bin',
  'serverless.js',
);

const TYPESCRIPT = path.join(__dirname, '..', '..', '..', 'hooks', 'typescript.cjs');

export { bareEnvironment, type Finished, freePort, type Running };

/** Starts the real CLI. */
export function startServerless(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Running {
  return watch(spawn(process.execPath, [CLI, ...args], { cwd: folder, env: environment }));
}

/** Runs the command behind `npm start`, as package.json has it. */
export function startNpmStart(
  folder: string,
  options: readonly string[],
  environment: NodeJS.ProcessEnv,
): Running {
  const { scripts } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const [program, ...args] = scripts.start.split(' ');
  if (program !== 'node') throw new Error(`npm start runs ${program}`);
  const command = [...args, ...options];
  return watch(spawn(process.execPath, command, { cwd: folder, env: environment }));
}

/** Runs the real CLI to its end. */
export async function serverless(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Finished> {
  const running = startServerless(folder, args, environment);
  return { code: await running.code, output: running.output() };
}

/** Given to every test file by warm-cli/environment.cjs. */
declare const runWarmCli: typeof serverless;

/**
 * Runs the CLI to its end in a process that has run it before: the same output and exit code at a
 * fifth of the cost (warm-cli.test.ts). For tests of what a command does; how its process starts,
 * reads its input, takes signals and ends is tested on a process of its own.
 */
export async function warmServerless(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Finished> {
  // Node reads these when it starts.
  const isForNode = Object.keys(environment).some((name) => name.startsWith('NODE_'));
  const { code, output } = await (isForNode ? serverless : runWarmCli)(folder, args, environment);
  return { code, output };
}

/**
 * Starts the embedded AWS on a free port, in this process: its code is warm from one test file to the
 * next. How its process starts and ends is tested where it is (packages/embedded-aws/test).
 * @param options of its command line
 */
export async function startEmbeddedAws(...options: readonly string[]): Promise<{
  port: number;
  endpoint: string;
  stop(): Promise<void>;
}> {
  const command = readCommandLine(['--port', '0', ...options]);
  if (command.type !== 'start') throw new TypeError(`No embedded AWS by ${options.join(' ')}`);
  const { port, url, close } = await startLocalAws(command.options);
  return { port, endpoint: url, stop: close };
}

/** Starts the process of halted-runs.ts; its message comes when every run has come to its step. */
export function startHaltedRuns(endpoint: string): {
  child: ChildProcess;
  message: Promise<{ steps: number }>;
} {
  const main = path.join(__dirname, 'halted-runs.ts');
  const child = spawn(process.execPath, ['--require', TYPESCRIPT, main, endpoint], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return { child, message: once(child, 'message').then(([message]) => message) };
}
