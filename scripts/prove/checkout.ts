import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
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
  const folder = path.join(tmpdir(), `prove-${id}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(root, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(path.relative(root, source)),
  });
  if (!existsSync(path.join(folder, 'node_modules'))) {
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  }
  return folder;
}
