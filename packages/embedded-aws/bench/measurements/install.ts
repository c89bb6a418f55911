import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BenchError, type Measurement } from 'dev-kit/bench/measurement';
import { onExit } from 'dev-kit/bench/processes/cleanup';
import { run } from 'dev-kit/bench/processes/run';
import { megabytes, number } from 'dev-kit/bench/report/table';

const PACKAGE = path.join(__dirname, '..', '..');

/** The packages and bytes that installing the embedded AWS alone puts on a disk. */
export const install: Measurement = {
  name: 'install',
  title: 'The embedded AWS installed alone',
  how: '`npm pack`, and the tarball installed into an empty folder with `npm install --omit=dev`: its packages, and their bytes as `ls` has them.',
  mostSeconds: 20,
  async run({ progress }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-install-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    const release = onExit(remove);
    try {
      progress('npm pack');
      await npm(PACKAGE, 'pack', '--pack-destination', folder);
      const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
      writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
      progress('npm install');
      await npm(folder, 'install', '--omit=dev', `./${tarball}`);
      const modules = path.join(folder, 'node_modules');
      const packages = packagesIn(readFileSync(path.join(modules, '.package-lock.json'), 'utf8'));
      const size = bytesIn(modules);
      const rows = packages
        .map((name) => ({ name, bytes: bytesIn(path.join(folder, name)) }))
        .toSorted((a, b) => b.bytes - a.bytes);
      return {
        tables: [
          {
            header: ['package', 'size'],
            rows: [
              ...rows.map(({ name, bytes }) => [
                name.replace(/^node_modules\//, ''),
                megabytes(bytes / 1e6),
              ]),
              [`${number(packages.length)} packages`, megabytes(size / 1e6)],
              ['the tarball', megabytes(statSync(path.join(folder, tarball)).size / 1e6)],
            ],
          },
        ],
        figures: { 'install.packages': packages.length, 'install.megabytes': size / 1e6 },
      };
    } finally {
      release();
      remove();
    }
  },
};

/** @throws BenchError with what npm printed */
async function npm(folder: string, ...args: string[]): Promise<void> {
  const { ok, output } = await run('npm', [...args, '--no-audit', '--no-fund'], folder);
  if (!ok) throw new BenchError(`npm ${args.join(' ')} failed:\n${output}`);
}

/** The folders of all packages of a lockfile. */
export function packagesIn(lockfile: string): string[] {
  const { packages } = JSON.parse(lockfile) as { packages: Readonly<Record<string, unknown>> };
  return Object.keys(packages).filter((name) => name !== '');
}

/** The bytes of all files below a folder. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(path.join(entry.parentPath, entry.name)).size)
    .reduce((sum, size) => sum + size, 0);
}
