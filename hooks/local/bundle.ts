import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buildSync, version } from 'esbuild';
import { removeUnused } from '../framework/unused.cjs';

const ROOT = path.join(__dirname, '..', '..');
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'embedded-aws');

/** How sources become the file that runs. */
export const BUNDLING = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'error',
} as const;

/**
 * The embedded AWS as one file, which Node starts in a quarter of the time that its five hundred
 * modules take. It is built when the sources have changed, and cached.
 * @param sources folder with `main.ts`
 * @returns its path
 */
export function bundledAws(sources: string, cache = CACHE): string {
  const file = path.join(cache, `${contentOf(sources)}.cjs`);
  if (existsSync(file)) {
    keepInUse(file);
    return file;
  }
  mkdirSync(cache, { recursive: true });
  removeUnused(cache);
  // Two that start at once may both make it; each moves a whole file into the same place.
  const own = path.join(cache, `${randomUUID()}.cjs`);
  const entryPoints = [path.join(sources, 'main.ts')];
  // Not written by esbuild, which would print that it may not.
  const { outputFiles } = buildSync({ ...BUNDLING, entryPoints, outfile: own, write: false });
  writeFileSync(own, outputFiles[0]?.contents ?? '');
  return moved(own, file);
}

/** Bundles in use are not removed. */
function keepInUse(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // Another user has made it, in an image: then it is not removed by this one either.
  }
}

/** On Windows a file that another process runs cannot be replaced; it is the same one. */
function moved(own: string, file: string): string {
  try {
    renameSync(own, file);
  } catch (error) {
    rmSync(own, { force: true });
    if (!existsSync(file)) throw error;
  }
  return file;
}

/** A hash of all that is bundled: every source, and the versions of what is installed. */
function contentOf(folder: string): string {
  const hash = createHash('sha256').update(version);
  const installed = path.join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(installed)) hash.update(readFileSync(installed));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
