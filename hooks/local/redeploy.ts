import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Options } from '../framework';
import { LOADER } from './loader';

const CLI = require.resolve('serverless/bin/serverless.js');

/** Tells a deployment that a process waits for it which wants to know how far it came. */
const WAITED_FOR = 'KINESIS_REST_PROXY_WATCHED';
const DEPLOYED = 'deployed';

/** Long enough to delete a throw-away stream. */
const STOP_WITHIN_MS = 5_000;

/** How far a deployment came. */
export type Outcome =
  /** The stage serves what it served before. */
  | 'not deployed'
  /** The stage serves it, but its verification failed or could not run. */
  | 'not verified'
  /** The stage serves it, and its verification, if any, passed. */
  | 'done';

/** A deployment in a separate process, because this one has loaded the sources as they were. */
export interface Redeployment {
  readonly outcome: Promise<Outcome>;
  /** Ends it; resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Deploys stage local as the sources are now; its output goes to this process's.
 * @param options of `serverless local`
 * @param own names of those options that no other command has
 */
export function redeploy(options: Options, own: ReadonlySet<string>): Redeployment {
  const child = spawn(
    process.execPath,
    // Loaded before the framework, the loader has Node's compile cache know all of its modules.
    [...LOADER, CLI, 'deploy', '--stage', 'local', ...commandLine(options, own)],
    {
      env: { ...process.env, [WAITED_FOR]: '1' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  let isDeployed = false;
  child.on('message', (message) => {
    if (message === DEPLOYED) isDeployed = true;
  });
  // After its last message.
  const ended = once(child, 'close').then(
    ([code]) => code as number | null,
    () => null,
  );
  return {
    outcome: ended.then((code) => {
      if (!isDeployed) return 'not deployed';
      return code === 0 ? 'done' : 'not verified';
    }),
    async stop() {
      child.kill('SIGINT');
      const late = new AbortController();
      const isLate = setTimeout(STOP_WITHIN_MS, true, { signal: late.signal }).catch(() => false);
      if ((await Promise.race([ended, isLate])) === true) child.kill('SIGKILL');
      late.abort();
      await ended;
    },
  };
}

/** Notifies the parent process, if it waits, that the stage serves this deployment. */
export function tellDeployed(): void {
  if (process.env[WAITED_FOR] !== undefined) process.send?.(DEPLOYED);
}

/** Options as the command line takes them, `--param` once for each of its values. */
export function commandLine(options: Options, own: ReadonlySet<string>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (own.has(name) || name === 'stage' || value === undefined || value === null) return [];
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
    return [value].flat().map((each) => `--${name}=${each}`);
  });
}
