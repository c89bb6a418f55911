import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BenchError } from './measurement';
import { onExit } from './processes/cleanup';

/** Packages that this project is compared with. None of them is a dependency. */
const PEERS = {
  kinesalite: '3.3.3',
  'kinesis-local': '0.6.2',
  velocityjs: '2.1.7',
} as const;

export type PeerName = keyof typeof PEERS;

/** Not in the repository; delete it to reinstall everything. */
export const PEERS_FOLDER = path.join(__dirname, '..', '..', '..', 'bench', '.peers');

const MANIFEST = `${JSON.stringify({ private: true, dependencies: PEERS }, undefined, 2)}\n`;

/**
 * Installs the peers into a folder of their own, unless they are already installed.
 * @throws BenchError if npm fails, for example without a network
 */
export async function installPeers(progress: (what: string) => void): Promise<void> {
  const missing = Object.entries(PEERS).filter(([name, version]) => versionOf(name) !== version);
  if (missing.length === 0) return;
  const names = missing.map(([name, version]) => `${name}@${version}`).join(', ');
  progress(`Installing ${names} into bench/.peers`);
  mkdirSync(PEERS_FOLDER, { recursive: true });
  writeFileSync(path.join(PEERS_FOLDER, 'package.json'), MANIFEST);
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: PEERS_FOLDER,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  const release = onExit(() => npm.kill());
  let complaint = '';
  npm.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const failed = await Promise.race([
    once(npm, 'close').then(([code]) => code !== 0),
    once(npm, 'error').then(() => true),
  ]);
  release();
  if (!failed) return;
  throw new BenchError(
    `npm could not install ${names}, which this is measured against. Connect to the network, or name measurements that need none with --only; 'npm run bench -- --list' shows which.\n${complaint.trim()}`,
  );
}

/** Loads what a peer exports. @throws Error when it is not installed */
export function loadPeer(name: PeerName): unknown {
  return createRequire(path.join(PEERS_FOLDER, 'package.json'))(name);
}

function versionOf(name: string): string | undefined {
  const file = path.join(PEERS_FOLDER, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version;
}
