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

/** By name, and by the hash of all that the packed file is made of. */
const PACKED = path.join(ROOT, 'node_modules', '.cache', 'packed');

/** Decides, beside the sources, what is made of them: the versions of compilers and dependencies. */
const OF_ALL = ['tsconfig.json', 'package-lock.json'];

/** Something of this repository that is packed. */
export interface Packing {
  readonly name: string;
  /** Files and folders of the repository that the packed file is made of. */
  readonly sources: readonly string[];
  /**
   * Packs it.
   * @param copy of these files, with the repository's node_modules
   * @param destination folder that gets the packed file
   */
  pack(copy: string, destination: string): Promise<void>;
}

/**
 * Packs something once for all tests that do, until one of its files changes. Packs a copy, so that
 * tests at the same time do not remove each other's files.
 * @param destination folder that gets the packed file
 * @throws what packing it does
 */
export async function packed(packing: Packing, destination: string): Promise<void> {
  const copy = mkdtempSync(path.join(tmpdir(), 'pack-'));
  try {
    for (const source of new Set([...packing.sources, ...OF_ALL])) {
      cpSync(path.join(ROOT, source), path.join(copy, source), {
        recursive: true,
        filter: (file) => !['node_modules', 'dist', 'test'].includes(path.basename(file)),
      });
    }
    const kept = path.join(PACKED, packing.name, folderHash(copy));
    if (!existsSync(kept)) await keepPacked(packing, copy, kept);
    cpSync(kept, destination, { recursive: true });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Packs a copy into a folder that is there only when it is packed. */
async function keepPacked({ pack }: Packing, copy: string, kept: string): Promise<void> {
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  mkdirSync(path.dirname(kept), { recursive: true });
  const making = mkdtempSync(`${kept}-`);
  await pack(copy, making);
  try {
    renameSync(making, kept);
  } catch (error) {
    // Another test was quicker.
    rmSync(making, { recursive: true });
    if (!existsSync(kept)) throw error;
  }
}

/**
 * Packs a workspace with `npm pack`, which compiles it first.
 * @param name of its folder under `packages`
 * @param destination folder that gets the packed file
 * @throws with what npm printed when it fails
 */
export function packWorkspace(name: string, destination: string): Promise<void> {
  const workspace = path.join('packages', name);
  const pack = (copy: string, folder: string) =>
    npm(path.join(copy, workspace), 'pack', '--pack-destination', folder);
  return packed({ name, sources: [workspace], pack }, destination);
}

/** @throws with what npm printed when it fails */
export async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}
