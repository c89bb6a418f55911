import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { withoutSteering } from './redirect';

const LAUNCH = path.join(__dirname, 'launch.ts');
const TYPESCRIPT = path.join(__dirname, '..', 'typescript.cjs');

let ahead: ChildProcess | undefined;

/**
 * For `serverless local`: lets the embedded AWS load while the framework does. It waits for its
 * options, and holds no port until it has them; without them it ends with this process.
 * @param argv of the command line
 */
export function startAhead([, , command, ...options]: readonly string[]): void {
  const isHelp = options.some((option) => option === '--help' || option === '-h');
  if (command !== 'local' || isHelp || process.env.LOCAL_AWS_ENDPOINT) return;
  const child = launch();
  // A command that fails before it comes to the embedded AWS is not held up by it.
  child.unref();
  child.channel?.unref();
  // Whoever takes it launches another.
  child.on('error', () => {});
  ahead = child;
}

/** The process of the embedded AWS, which waits for its options: a message with its arguments. */
export function launched(): ChildProcess {
  const child = ahead;
  ahead = undefined;
  if (child?.connected !== true || child.exitCode !== null) return launch();
  child.ref();
  child.channel?.ref();
  return child;
}

function launch(): ChildProcess {
  const args = ['--require', TYPESCRIPT, LAUNCH, '--await-options'];
  return spawn(process.execPath, args, {
    env: withoutSteering(process.env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
