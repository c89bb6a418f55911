import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { mainOf } from '../../../hooks/local/bundle';

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

/** A process and all that it has printed so far, both streams in one. */
export interface Running {
  readonly child: ChildProcess;
  output(): string;
  /** Waits for a text to be printed. @throws when the process ends without it */
  printed(text: string | RegExp): Promise<void>;
  /** Its exit code, when it has ended. */
  readonly code: Promise<number | null>;
}

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** The environment of somebody who has nothing set up: no AWS variable, no proxy, no CI marker. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(TMPDIR && { TMPDIR }),
    // The framework's loader of serverless.ts keeps what it compiles by the time of the start, so
    // that it never finds it again, and goes through all of it at each: after many starts, long.
    TSX_DISABLE_CACHE: '1',
  };
}

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

/** Of each process its own, below those that systems hand out by themselves. */
let nextPort = 10_000 + (process.pid % 100) * 200;

/** A port that nobody listened on a moment ago, and that nobody is given who asks for any port. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

function watch(child: ChildProcess): Running {
  let text = '';
  const output = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      output.emit('more');
    });
  }
  const code = once(child, 'close').then(([exitCode]) => exitCode as number | null);
  return {
    child,
    code,
    output: () => text,
    async printed(wanted) {
      const found = () => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
      const ended = code.then(() => 'ended' as const);
      while (!found()) {
        const next = await Promise.race([once(output, 'more'), ended]);
        if (next === 'ended' && !found()) {
          throw new Error(`The process ended without printing ${wanted}. It printed:\n${text}`);
        }
      }
    },
  };
}
