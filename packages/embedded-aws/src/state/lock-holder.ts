import fs from 'node:fs';
import os from 'node:os';

/** The process that has a folder. */
export interface Holder {
  readonly pid: number;
  /** When it began, in its machine's own count: its number may be given again. */
  readonly began?: string | undefined;
  /** Where the number means this process: a PID namespace of a machine since it was booted. */
  readonly space?: string | undefined;
  /** When the machine was booted, in milliseconds since 1970, where `space` does not tell. */
  readonly booted?: number | undefined;
}

/** What is known of a holder: that it runs, that it has ended, or neither. */
export type Fate = 'runs' | 'ended' | 'unknown';

/** How processes are told apart; tests stand in for it. */
export interface Processes {
  self(): Holder;
  fateOf(holder: Holder): Fate;
}

/** The processes of this machine, as far as this one can see them. */
export const PROCESSES: Processes = { self, fateOf: (holder) => fateIn(holder, self(), alive) };

/** A process by its number: when it began, where that can be known; undefined when there is none. */
export type LookUp = (pid: number) => { readonly began: string | undefined } | undefined;

/** Two readings of when a machine was booted differ by what its clock was corrected in between. */
const BOOT_TOLERANCE_MS = 10_000;

/** What one process can know of another. A number alone proves nothing elsewhere, and little here. */
export function fateIn(other: Holder, own: Holder, lookUp: LookUp): Fate {
  const { pid, began } = other;
  if (other.space === undefined) return fateOfEarlier(other, lookUp);
  if (!isSameSpace(other, own)) return 'unknown';
  // An earlier process had this one's number, as the first of a container always has.
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

/** Earlier versions did not write where a number counts, but `{boot}/{ticks}` as the beginning. */
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

/** Changes at each boot; Linux alone has it. */
const machine = (): string | undefined =>
  read(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());

function alive(pid: number): { readonly began: string | undefined } | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  // In a namespace without a /proc of its own, the numbers there are those of another one.
  const isOwn = read(() => fs.readlinkSync('/proc/self')) === String(process.pid);
  const began = isOwn ? read(() => beganOf(pid)) : undefined;
  return began === ENDED ? undefined : { began };
}

/** Began, and has ended: only its number is still taken, until whoever started it looks at it. */
const ENDED = 'ended';

/** In ticks since the machine was booted. */
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
