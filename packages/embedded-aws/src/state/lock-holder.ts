import fs from 'node:fs';
import os from 'node:os';

/** The process that holds a folder. */
export interface Holder {
  readonly pid: number;
  /** Start time in the machine's own count: process ids are reused. */
  readonly began?: string | undefined;
  /** Where the process id is valid: a PID namespace of one boot of a machine. */
  readonly space?: string | undefined;
  /** Boot time in milliseconds since 1970, where `space` is unknown. */
  readonly booted?: number | undefined;
}

/** A lock holder's state: running, ended, or impossible to determine. */
export type Fate = 'runs' | 'ended' | 'unknown';

/** How processes are distinguished; tests replace it. */
export interface Processes {
  self(): Holder;
  fateOf(holder: Holder): Fate;
}

/** The processes of this machine that are visible to this one. */
export const PROCESSES: Processes = { self, fateOf: (holder) => fateIn(holder, self(), alive) };

/**
 * A process by its id, with its start time where that can be known; undefined when there is none.
 */
export type LookUp = (pid: number) => { readonly began: string | undefined } | undefined;

/** Two readings of a boot time differ by any correction of the clock in between. */
const BOOT_TOLERANCE_MS = 10_000;

/** Compares a holder with this machine. A process id proves nothing elsewhere, and little here. */
export function fateIn(other: Holder, own: Holder, lookUp: LookUp): Fate {
  const { pid, began } = other;
  if (other.space === undefined) return fateOfEarlier(other, lookUp);
  if (!isSameSpace(other, own)) return 'unknown';
  // An earlier process had this one's id, as the first process of a container always does.
  if (pid === own.pid) return 'ended';
  const found = lookUp(pid);
  if (found === undefined) return 'ended';
  if (began === undefined || found.began === undefined) return 'unknown';
  return began === found.began ? 'runs' : 'ended';
}

function isSameSpace(other: Holder, own: Holder): boolean {
  if (other.space !== own.space) return false;
  return Math.abs((other.booted ?? 0) - (own.booted ?? 0)) <= BOOT_TOLERANCE_MS;
}

/** Earlier versions wrote `{boot}/{ticks}` as the start time, and no `space`. */
function fateOfEarlier({ pid, began }: Holder, lookUp: LookUp): Fate {
  const found = lookUp(pid);
  const isSame = found?.began !== undefined && began === `${machine()}/${found.began}`;
  return isSame ? 'runs' : 'unknown';
}

function self(): Holder {
  const { pid } = process;
  const namespace = read(() => fs.readlinkSync('/proc/self/ns/pid'));
  const boot = machine();
  const began = read(() => beganOf('self'));
  if (namespace !== undefined && boot !== undefined) {
    return { pid, began, space: `${boot}/${namespace}` };
  }
  const booted = Math.round(Date.now() - os.uptime() * 1000);
  return { pid, began, space: os.hostname(), booted };
}

/** Changes at each boot; exists on Linux only. */
const machine = (): string | undefined =>
  read(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());

function alive(pid: number): { readonly began: string | undefined } | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, and belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  // In a namespace without its own /proc, the ids there are those of another namespace.
  const isOwn = read(() => fs.readlinkSync('/proc/self')) === String(process.pid);
  const began = isOwn ? read(() => beganOf(pid)) : undefined;
  return began === ENDED ? undefined : { began };
}

/** A zombie: it has ended, and its id is taken until its parent waits for it. */
const ENDED = 'ended';

/** In ticks since boot. */
function beganOf(pid: number | 'self'): string | undefined {
  const status = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in brackets, may have spaces; the fields after it have none.
  const [state = '', ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return /^[ZX]/i.test(state) ? ENDED : fields[18];
}

function read<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
