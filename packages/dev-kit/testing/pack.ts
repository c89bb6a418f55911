import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.join(__dirname, '..', '..', '..');

/**
 * Packs a workspace with `npm pack`, which compiles it first. Packs a copy, so that concurrent
 * tests do not remove each other's files.
 * @param name of its folder under `packages`
 * @param destination folder that gets the packed file
 * @throws with what npm printed when it fails
 */
export async function packWorkspace(name: string, destination: string): Promise<void> {
  const copy = mkdtempSync(path.join(tmpdir(), 'pack-'));
  const workspace = path.join('packages', name);
  try {
    cpSync(path.join(ROOT, workspace), path.join(copy, workspace), {
      recursive: true,
      filter: (file) => !['node_modules', 'dist', 'test'].includes(path.basename(file)),
    });
    cpSync(path.join(ROOT, 'tsconfig.json'), path.join(copy, 'tsconfig.json'));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
    await npm(path.join(copy, workspace), 'pack', '--pack-destination', destination);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @throws with what npm printed when it fails */
export async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}
