import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Nothing of these is deployed, or it is made anew. */
const LEFT_OUT = new Set([
  '.esbuild',
  '.git',
  '.github',
  '.prove',
  '.serverless',
  '.venv',
  'bench',
  'coverage',
  'dist',
  'docs',
  'examples',
  'node_modules',
  'packages',
  'test',
]);

/**
 * A copy of the service, because a step deploys a template that is broken on purpose. Made anew by
 * every start, so that a run that was cut off in that step goes on with whole templates.
 * @param root of the repository
 */
export function copyOfService(root: string, id: string): string {
  removeLeftCopies(id);
  const folder = path.join(tmpdir(), `prove-${id}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(root, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(path.relative(root, source)),
  });
  if (!existsSync(path.join(folder, 'node_modules'))) {
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  }
  return folder;
}

/** Copies of processes that were killed before they could remove them. */
function removeLeftCopies(id: string): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^prove-${id}-(\\d+)$`).exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
