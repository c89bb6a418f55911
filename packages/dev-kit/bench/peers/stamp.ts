import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PEERS_FOLDER } from './pinned';

const fileOf = (name: string): string => path.join(PEERS_FOLDER, name, '.version');

/** True if this version was installed to its end. */
export const isInstalled = (name: string, version: string): boolean =>
  existsSync(fileOf(name)) && readFileSync(fileOf(name), 'utf8') === version;

/** Notes that a peer is whole: an interrupted installation has no such note. */
export function markInstalled(name: string, version: string): void {
  mkdirSync(path.dirname(fileOf(name)), { recursive: true });
  writeFileSync(fileOf(name), version);
}
