import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { isPacked } from '../../resources/packed';
import { LOADER } from './loader';
import { withoutSteering } from './redirect';

const LAUNCH = path.join(__dirname, isPacked ? 'launch.js' : 'launch.ts');

let ahead: ChildProcess | undefined;

/**
 * Lets the embedded AWS load while the framework does. The process waits for its options, and holds
 * no port until it has them; without them it ends with this process.
 * @param options of `npm start`
 */
export function startAhead(options: readonly string[]): void {
  const isHelp = options.some((option) => option === '--help' || option === '-h');
  if (isHelp || process.env.LOCAL_AWS_ENDPOINT) return;
  const child = launch();
  // A command that fails before it needs the embedded AWS must not wait for it.
  child.unref();
  child.channel?.unref();
  // launched() replaces a process that could not start.
  child.on('error', () => {});
  ahead = child;
}

/**
 * A process of the embedded AWS that waits for a message with its options: the one started ahead,
 * or else a new one.
 */
export function launched(): ChildProcess {
  const child = ahead;
  ahead = undefined;
  if (child?.connected !== true || child.exitCode !== null) return launch();
  child.ref();
  child.channel?.ref();
  return child;
}

function launch(): ChildProcess {
  return spawn(process.execPath, [...LOADER, LAUNCH, '--await-options'], {
    env: withoutSteering(process.env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
