import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs a program as a container does: in a PID namespace of its own, where it is process 1, and under
 * a host name of its own. It ends with the process that this starts.
 */
export const IN_CONTAINER = [
  ...['unshare', '--user', '--map-root-user', '--pid', '--uts'],
  ...['--fork', '--mount-proc', '--kill-child'],
] as const;

/**
 * A group of tests that need namespaces, which only Linux has, and not for every user. The rules
 * themselves are tested without processes, in lock.test.ts and taken-over.test.ts.
 */
export function withContainers(name: string, tests: () => void): void {
  const [command, ...args] = IN_CONTAINER;
  const { status } = spawnSync(command, [...args, 'true'], { stdio: 'ignore' });
  if (status === 0) {
    describe(name, tests);
  } else {
    describe.skip(`${name} (not run: unshare is not permitted)`, tests);
  }
}

/** The process that {@link IN_CONTAINER} started, as the machine counts. */
export function processIn(container: number | undefined): number {
  return Number(readFileSync(`/proc/${container}/task/${container}/children`, 'utf8').trim());
}
