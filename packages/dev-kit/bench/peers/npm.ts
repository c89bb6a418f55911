import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BenchError } from '../measurement';
import { run } from '../processes/run';
import { PEERS, PEERS_FOLDER, type PeerName, peersFrom } from './pinned';

/**
 * Installs the peers that are npm packages. All of them, because npm removes what its manifest does
 * not name.
 * @throws BenchError if npm fails, for example without a network
 */
export async function installFromNpm(
  wanted: Iterable<PeerName>,
  progress: (what: string) => void,
): Promise<void> {
  const missing = peersFrom(wanted, 'npm').filter(([name, { version }]) => {
    return versionOf(name) !== version;
  });
  if (missing.length === 0) return;
  const names = missing.map(([name, { version }]) => `${name}@${version}`).join(', ');
  progress(`Installing ${names} into bench/.peers`);
  mkdirSync(PEERS_FOLDER, { recursive: true });
  writeFileSync(path.join(PEERS_FOLDER, 'package.json'), manifest());
  const { ok, output } = await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error'],
    PEERS_FOLDER,
  );
  if (ok) return;
  throw new BenchError(
    `npm could not install ${names}, which this is measured against. Connect to the network, or name measurements that need none with --only; 'npm run bench -- --list' shows which.\n${output}`,
  );
}

function manifest(): string {
  const all = peersFrom(Object.keys(PEERS) as PeerName[], 'npm');
  const dependencies = Object.fromEntries(all.map(([name, { version }]) => [name, version]));
  return `${JSON.stringify({ private: true, dependencies }, undefined, 2)}\n`;
}

function versionOf(name: string): string | undefined {
  const file = path.join(PEERS_FOLDER, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version;
}
