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
import { mainOf } from '../../../hooks/local/program';

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

/** Arguments of Node for a script of package.json. @throws where another program runs it */
export function nodeArguments(folder: string, script: 'start' | 'prove'): string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const [program, ...args] = scripts[script].split(' ');
  if (program !== 'node') throw new Error(`npm run ${script} runs ${program}`);
  return args;
}

/** Runs the command behind `npm start`, as package.json has it. */
export function startNpmStart(
  folder: string,
  options: readonly string[],
  environment: NodeJS.ProcessEnv,
): Running {
  const command = [...nodeArguments(folder, 'start'), ...options];
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
 * Starts the embedded AWS on a free port.
 * @param options of its command line
 */
export async function startEmbeddedAws(...options: readonly string[]): Promise<{
  port: number;
  endpoint: string;
  stop(): Promise<void>;
}> {
  const main = mainOf();
  const args = main.endsWith('.ts') ? ['--require', TYPESCRIPT] : ['--enable-source-maps'];
  const child = spawn(process.execPath, [...args, main, '--port', '0', ...options], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [message] = (await once(child, 'message')) as [{ type: string; port: number }];
  if (message.type !== 'listening') throw new Error(`No embedded AWS: ${JSON.stringify(message)}`);
  return {
    port: message.port,
    endpoint: `http://127.0.0.1:${message.port}`,
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
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
