import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { withoutSteering } from './redirect';

const LAUNCH = path.join(__dirname, 'launch.ts');
const TYPESCRIPT = path.join(__dirname, '..', 'typescript.cjs');

/** On the process: serverless.ts and the plugins are loaded by loaders with modules of their own. */
const AHEAD = Symbol.for('kinesis-rest-proxy.embedded-aws');
const holder: { [AHEAD]?: ChildProcess } = process as never;

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
  holder[AHEAD] = child;
}

/** The process of the embedded AWS, which waits for its options: a message with its arguments. */
export function launched(): ChildProcess {
  const child = holder[AHEAD];
  delete holder[AHEAD];
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
