/**
 * Makes dist/ the package that others install, with a package.json of its own. `npm run pack` packs it,
 * and the embedded AWS beside it.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '../hooks/framework/compile.cjs';
import { loadAssets, PACKED } from '../hooks/viewer/server/assets';
import { CANARY } from '../resources/canary-name';
import { publishedManifest, type RootManifest } from './published-manifest';

const ROOT = path.join(__dirname, '..');
const TARGET = path.join(ROOT, 'dist');

/** Of the repository alone: its loader, the page's sources, and what only its scripts use. */
const LEFT_OUT = /^(hooks\/(viewer\/page\/.*|local\/bundle\.ts)|resources\/openapi\.ts)$/;

function sources(): string[] {
  const names = ['resources', 'hooks'].flatMap((room) =>
    readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(room, name.replaceAll('\\', '/')),
    ),
  );
  return ['index.ts', ...names.filter((name) => name.endsWith('.ts') && !LEFT_OUT.test(name))];
}

const bin = (name: string) => require.resolve(name);

function write(name: string, content: string): void {
  const file = path.join(TARGET, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The canary's function, bundled with all its imports as this project deploys it. */
function packCanary(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  try {
    const args = ['package', '--package', folder, '--param', 'canary=rate(1 hour)'];
    execFileSync(process.execPath, [bin('serverless/bin/serverless.js'), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    cpSync(path.join(folder, `${CANARY}.zip`), path.join(TARGET, `${CANARY}.zip`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

rmSync(TARGET, { recursive: true, force: true });
for (const name of sources()) {
  const code = compile(path.join(ROOT, name), { sourceMaps: false });
  write(name.replace(/\.ts$/, '.js'), code);
}
write(path.relative(ROOT, PACKED), JSON.stringify([...loadAssets()]));
cpSync(path.join(ROOT, 'templates'), path.join(TARGET, 'templates'), { recursive: true });
for (const name of ['docs', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
  cpSync(path.join(ROOT, name), path.join(TARGET, name), { recursive: true });
}
const manifest: RootManifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
write('package.json', `${JSON.stringify(publishedManifest(manifest), undefined, 2)}\n`);
packCanary();
const tsc = path.join(path.dirname(bin('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.pack.json'], { cwd: ROOT, stdio: 'inherit' });
