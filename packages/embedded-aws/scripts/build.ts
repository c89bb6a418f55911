/**
 * Compiles the package into `dist`, as `npm pack` does first: modules and types for those who import
 * it, and one file for the command, which starts in a quarter of the time that the modules take.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = path.join(__dirname, '..');
const DIST = path.join(ROOT, 'dist');
const MAIN = path.join(DIST, 'main.js');

rmSync(DIST, { recursive: true, force: true });
const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', path.join(ROOT, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
buildSync({
  entryPoints: [path.join(ROOT, 'src', 'main.ts')],
  outfile: MAIN,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  // Dependencies stay what npm installs.
  packages: 'external',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'error',
});
chmodSync(MAIN, 0o755);
