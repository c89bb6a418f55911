import fs from 'node:fs';
import path from 'node:path';
import { StateLockedError } from './errors';

export const LOCK_FILE = 'lock';

/** Who has a folder: a process, and when it began, as its number may come again. */
interface Holder {
  readonly pid: number;
  readonly began: string | undefined;
}

/** A folder that is held until it is released, or until this process ends in whatever way. */
export interface Lock {
  release(): void;
}

/**
 * Takes a folder for this process. A lock whose process has ended counts for nothing.
 * @throws StateLockedError when another process has it
 */
export function lockDirectory(directory: string): Lock {
  const file = path.join(fs.realpathSync(directory), LOCK_FILE);
  if (held.has(file)) throw new StateLockedError(directory, process.pid);
  const own = JSON.stringify(holder(process.pid));
  for (;;) {
    if (create(file, own)) break;
    const text = read(file);
    if (text === undefined) continue;
    const other = parse(text);
    if (other !== undefined && isAlive(other)) throw new StateLockedError(directory, other.pid);
    takeAway(file, text);
  }
  held.add(file);
  return {
    release() {
      held.delete(file);
      if (read(file) === own) fs.rmSync(file, { force: true });
    },
  };
}

/** The locks of this process, which cannot be told from stale ones by their number. */
const held = new Set<string>();

/** Whether a file's content is a lock's. */
export const isLock = (text: string): boolean => text === '' || parse(text) !== undefined;

function create(file: string, content: string): boolean {
  try {
    fs.writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    const { pid, began } = Object(JSON.parse(text));
    return Number.isInteger(pid) && pid > 0 ? { pid, began } : undefined;
  } catch {
    // A process that was killed while it wrote its lock holds nothing.
    return undefined;
  }
}

/** Two processes may find the same dead lock; the one that moves it aside second puts back what it took. */
function takeAway(file: string, expected: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (read(aside) === expected) fs.rmSync(aside);
  else fs.renameSync(aside, file);
}

function isAlive({ pid, began }: Holder): boolean {
  // An earlier process had this one's number, as the first of a container always has.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = holder(pid);
  if (now.began === ENDED) return false;
  return began === undefined || now.began === undefined || began === now.began;
}

/** Began, and has ended: only its number is still taken, until whoever started it looks at it. */
const ENDED = 'ended';

/** Linux tells when a process began, in ticks since the machine did; elsewhere the number must do. */
function holder(pid: number): Holder {
  try {
    const machine = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const status = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may have spaces; the fields after it have none.
    const [state = '', ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return { pid, began: /^[ZX]/i.test(state) ? ENDED : `${machine}/${fields[18]}` };
  } catch {
    return { pid, began: undefined };
  }
}
