import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { folderHash } from './folder-hash';

const ROOT = path.join(__dirname, '..', '..', '..');

/** By workspace, and by the hash of all that the packed file is made of. */
const PACKED = path.join(ROOT, 'node_modules', '.cache', 'packed');

/**
 * Packs a workspace with `npm pack`, which compiles it first: once for all tests that do, until one of its
 * files changes. Packs a copy, so that tests at the same time do not remove each other's files.
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
    for (const file of ['tsconfig.json', 'package-lock.json']) {
      cpSync(path.join(ROOT, file), path.join(copy, file));
    }
    const packed = path.join(PACKED, name, folderHash(copy));
    if (!existsSync(packed)) await keepPacked(path.join(copy, workspace), packed);
    cpSync(packed, destination, { recursive: true });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Packs a workspace of a copy into a folder that is there only when it is packed. */
async function keepPacked(workspace: string, packed: string): Promise<void> {
  const modules = path.join(workspace, '..', '..', 'node_modules');
  symlinkSync(path.join(ROOT, 'node_modules'), modules, 'junction');
  mkdirSync(path.dirname(packed), { recursive: true });
  const making = mkdtempSync(`${packed}-`);
  await npm(workspace, 'pack', '--pack-destination', making);
  try {
    renameSync(making, packed);
  } catch (error) {
    // Another test was quicker.
    rmSync(making, { recursive: true });
    if (!existsSync(packed)) throw error;
  }
}

/** @throws with what npm printed when it fails */
export async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}
