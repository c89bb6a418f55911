import fs from 'node:fs';
import path from 'node:path';
import { ForeignDirectoryError, MissingStateError, NewerStateError, StateError } from './errors';
import { type Lock, type LockOptions, lockDirectory } from './lock';
import { isLockFile, LOCK_FILE } from './lock-file';
import { WATERMARKS_FILE } from './watermarks';
import { DRAFT, replaceFile, writeWhole } from './whole-file';

export const MARKER_FILE = 'embedded-aws.json';
export const JOURNAL_FILE = 'state.journal';
const FORMAT = 'embedded-aws-state';
/** Increases when earlier versions cannot read the format. */
const VERSION = 2;
/** The first version whose folders have watermarks. */
export const WATERMARKS_SINCE = 2;

/** A folder with the state of an embedded AWS, locked by this process. */
export interface StateDirectory {
  readonly path: string;
  readonly lock: Lock;
  /** Version of its format; undefined while the folder is empty. */
  readonly version: number | undefined;
  /** Marks the folder as one of the current version. @throws the system's error */
  mark(): void;
}

/**
 * Opens a folder for state: one that has state, an empty one, or a new one.
 * @throws StateError ForeignDirectoryError, NewerStateError, MissingStateError, StateLockedError;
 *   the folder is unchanged then
 */
export async function openDirectory(
  directory: string,
  options: LockOptions = {},
): Promise<StateDirectory> {
  const absolute = path.resolve(directory);
  requireOwn(absolute);
  try {
    // The state contains the secrets of access keys.
    fs.mkdirSync(absolute, { recursive: true, mode: 0o700 });
    const lock = await lockDirectory(absolute, options);
    try {
      // The process that held it until now may have changed it.
      const version = requireOwn(absolute);
      if (version !== undefined && lock.isFromUnknown) renewFiles(absolute);
      return { path: absolute, lock, version, mark: () => mark(absolute, version) };
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(`${absolute} cannot be written to: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

/**
 * Puts a copy in the place of each file. A former holder that goes on in the middle of a write then
 * has the old files open: what it writes is in none of these, and it acknowledges nothing.
 */
function renewFiles(directory: string): void {
  for (const entry of fs.readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || file.endsWith(DRAFT) || file === path.join(directory, LOCK_FILE))
      continue;
    fs.copyFileSync(file, file + DRAFT);
    replaceFile(file + DRAFT, file);
  }
}

/** @param version the folder's version until now */
function mark(directory: string, version: number | undefined): void {
  if (version === VERSION) return;
  const about = 'The state of an embedded AWS (--persist). Delete the folder to start afresh.';
  const marker = { format: FORMAT, version: VERSION, about };
  writeWhole(path.join(directory, MARKER_FILE), `${JSON.stringify(marker, undefined, 2)}\n`);
}

/** Checks that a folder may be used. @returns the version of its state; undefined while it has none */
function requireOwn(directory: string): number | undefined {
  const names = namesIn(directory);
  if (names.includes(MARKER_FILE)) return versionOf(directory);
  if (names.includes(JOURNAL_FILE)) {
    throw new MissingStateError(path.join(directory, MARKER_FILE), `${JOURNAL_FILE} is there`);
  }
  // A process that was killed while starting leaves no more than these.
  const known = [WATERMARKS_FILE, WATERMARKS_FILE + DRAFT, MARKER_FILE + DRAFT];
  const others = names.filter((name) => !known.includes(name) && !isLockFile(directory, name));
  if (others.length === 0) return undefined;
  throw new ForeignDirectoryError(directory, `it has ${others.slice(0, 3).join(', ')} in it`);
}

function namesIn(directory: string): string[] {
  try {
    return fs.readdirSync(directory);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new ForeignDirectoryError(directory, 'it is a file');
    throw new StateError(`${directory} cannot be read: ${message}.`, { cause: error });
  }
}

function versionOf(directory: string): number {
  let marker: unknown;
  try {
    marker = JSON.parse(fs.readFileSync(path.join(directory, MARKER_FILE), 'utf8'));
  } catch (cause) {
    throw new ForeignDirectoryError(directory, `its ${MARKER_FILE} cannot be read`, { cause });
  }
  const { format, version } = Object(marker);
  if (format !== FORMAT || !Number.isInteger(version) || version < 1) {
    throw new ForeignDirectoryError(directory, `its ${MARKER_FILE} is something else's`);
  }
  if (version > VERSION) throw new NewerStateError(directory, version, VERSION);
  return version;
}
