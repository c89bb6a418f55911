import fs from 'node:fs';
import path from 'node:path';
import { DRAFT, writeWhole } from './durable-file';
import { ForeignDirectoryError, NewerStateError, StateError } from './errors';
import { isLock, LOCK_FILE, type Lock, lockDirectory } from './lock';

const MARKER_FILE = 'embedded-aws.json';
const FORMAT = 'embedded-aws-state';
/** Rises when what an earlier version wrote is read no more, or the other way round. */
const VERSION = 1;

/** A folder that holds the state of an embedded AWS, and is this process's. */
export interface StateDirectory {
  readonly path: string;
  readonly lock: Lock;
}

/**
 * Takes a folder for state: one that has it already, an empty one, or one that is made.
 * @throws StateError ForeignDirectoryError, NewerStateError, StateLockedError; nothing in the
 *   folder was changed then
 */
export function openDirectory(directory: string): StateDirectory {
  const absolute = path.resolve(directory);
  const isNew = check(absolute);
  try {
    // It has the secrets of access keys in it.
    fs.mkdirSync(absolute, { recursive: true, mode: 0o700 });
    const lock = lockDirectory(absolute);
    const about = 'The state of an embedded AWS (--persist). Delete the folder to start afresh.';
    const marker = { format: FORMAT, version: VERSION, about };
    if (isNew) {
      writeWhole(path.join(absolute, MARKER_FILE), `${JSON.stringify(marker, undefined, 2)}\n`);
    }
    return { path: absolute, lock };
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(`${absolute} cannot be written to: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

/** Sees that a folder may be used. @returns whether it has no state yet */
function check(directory: string): boolean {
  const names = namesIn(directory);
  if (names.includes(MARKER_FILE)) {
    checkMarker(directory);
    return false;
  }
  // A process that was killed at its very start leaves no more than these.
  const others = names.filter(
    (name) => name !== `${MARKER_FILE}${DRAFT}` && !isLockFile(directory, name),
  );
  if (others.length === 0) return true;
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

function isLockFile(directory: string, name: string): boolean {
  if (name !== LOCK_FILE) return false;
  return isLock(fs.readFileSync(path.join(directory, name), 'utf8'));
}

function checkMarker(directory: string): void {
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
}
