import fs from 'node:fs';
import path from 'node:path';
import type { Holder } from './lock-holder';
import { patiently, removeWhole, replaceFile } from './whole-file';

export const LOCK_FILE = 'lock';

/** A lock file as it was found. */
export interface FoundLock {
  readonly text: string;
  /** Milliseconds since 1970, by the clock of the file system. */
  readonly touchedAt: number;
}

/** Creates a lock. @returns false when there is one already */
export function createLock(file: string, text: string): boolean {
  try {
    patiently(() => fs.writeFileSync(file, text, { flag: 'wx', mode: 0o600 }));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Reads the lock; undefined when there is none. */
export function findLock(file: string): FoundLock | undefined {
  try {
    // Opened rather than stat'ed: a network file system may answer from its cache.
    const descriptor = patiently(() => fs.openSync(file, 'r'));
    try {
      const text = fs.readFileSync(descriptor, 'utf8');
      return { text, touchedAt: fs.fstatSync(descriptor).mtimeMs };
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Shows that the holder is still alive. */
export function touchLock(file: string): void {
  const now = new Date();
  fs.utimesSync(file, now, now);
}

/**
 * Two processes may find the same dead lock: the second one may have moved a new lock aside, and
 * puts it back.
 * @param aside a name that no other process uses
 */
export function takeLockAway(file: string, expected: string, aside: string): void {
  const moved = `${file}.${aside}`;
  try {
    replaceFile(file, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (findLock(moved)?.text === expected) removeWhole(moved);
  else replaceFile(moved, file);
}

const BEGINNING = '{"pid":';

/** A lock's holder; undefined when the lock was never completely written. */
export function holderIn(text: string): Holder | undefined {
  try {
    const { pid, began, space, booted } = Object(JSON.parse(text));
    return Number.isInteger(pid) && pid > 0 ? { pid, began, space, booted } : undefined;
  } catch {
    return undefined;
  }
}

/** True for a lock file, also if it was being moved aside. */
export function isLockFile(directory: string, name: string): boolean {
  if (name !== LOCK_FILE && !name.startsWith(`${LOCK_FILE}.`)) return false;
  const text = fs.readFileSync(path.join(directory, name), 'utf8');
  // A process that was killed while writing its lock leaves an incomplete one.
  return holderIn(text) !== undefined || BEGINNING.startsWith(text.slice(0, BEGINNING.length));
}
