import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StateLockedError, StateTakenError } from './errors';
import {
  createLock,
  type FoundLock,
  findLock,
  holderIn,
  LOCK_FILE,
  takeLockAway,
  touchLock,
} from './lock-file';
import { PROCESSES, type Processes } from './lock-holder';
import { removeWhole } from './whole-file';

/** Interval at which a holder touches its lock. */
const BEAT_MS = 1_000;
/** A holder that has not touched its lock for this long checks first that it still holds the folder. */
const DOUBT_MS = 2_500;
/** A lock untouched for this long is dead, unless its holder is known to run. */
const LAPSE_MS = 5_000;
const LOOK_MS = 100;

/** The machine's processes and clocks; tests replace them. */
export interface LockOptions {
  readonly processes?: Processes;
  /** Monotonic milliseconds, with any origin. */
  readonly clock?: () => number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** A folder held by this process until it releases the folder or ends. */
export interface Lock {
  /** True if it was taken from a holder that may be alive, and stand still in the middle of a write. */
  readonly isFromUnknown: boolean;
  /**
   * Must be called before each write to the folder.
   * @throws StateTakenError when another process has taken it
   */
  requireHeld(): void;
  /** Calls back when another process has taken the folder. */
  whenTaken(callback: (error: StateTakenError) => void): void;
  release(): void;
}

/** The locks of this process: their process id does not distinguish them from dead ones. */
const held = new Set<string>();

/**
 * Locks a folder for this process. A lock whose holder has ended is ignored; one whose holder cannot be
 * examined counts as long as it is touched, so this may take some seconds.
 * @throws StateLockedError when another process holds it
 */
export async function lockDirectory(directory: string, options: LockOptions = {}): Promise<Lock> {
  const file = path.join(fs.realpathSync(directory), LOCK_FILE);
  if (held.has(file)) throw new StateLockedError(directory, 'this process has it already');
  held.add(file);
  try {
    const { processes = PROCESSES } = options;
    const token = randomBytes(8).toString('hex');
    const own = JSON.stringify({ ...processes.self(), token });
    let isFromUnknown = false;
    while (!createLock(file, own)) {
      const found = findLock(file);
      const fate = found && (await fateOf(directory, file, found, options));
      if (found === undefined || fate === 'changed') continue;
      isFromUnknown ||= fate === 'lapsed';
      takeLockAway(file, found.text, token);
    }
    return new HeldLock(directory, file, own, isFromUnknown, options.clock ?? now);
  } catch (error) {
    held.delete(file);
    throw error;
  }
}

/** Resolved once: this runs for each record. */
const ORIGIN = performance.timeOrigin;

/** The later of two clocks: one stops while a machine sleeps, the other can be set. */
const now = (): number => Math.max(performance.now(), Date.now() - ORIGIN);

/**
 * @returns `changed` when the lock is not the one that was found any more
 * @throws StateLockedError when it has a holder
 */
async function fateOf(
  directory: string,
  file: string,
  found: FoundLock,
  { processes = PROCESSES, clock = () => performance.now(), pause = delay }: LockOptions,
): Promise<'ended' | 'lapsed' | 'changed'> {
  const holder = holderIn(found.text);
  const fate = holder === undefined ? 'unknown' : processes.fateOf(holder);
  if (fate === 'runs') {
    throw new StateLockedError(
      directory,
      `the embedded AWS that runs as process ${holder?.pid} has it`,
    );
  }
  if (fate === 'ended') return fate;
  for (const start = clock(); clock() - start < LAPSE_MS; ) {
    await pause(LOOK_MS);
    const again = findLock(file);
    if (again?.text !== found.text) return 'changed';
    // Only the change counts, not the time: the clocks of two machines differ.
    if (again.touchedAt === found.touchedAt) continue;
    throw new StateLockedError(
      directory,
      'another embedded AWS, maybe in a container or on another machine, touched its lock a moment ago',
    );
  }
  return 'lapsed';
}

class HeldLock implements Lock {
  readonly isFromUnknown: boolean;
  readonly #directory: string;
  readonly #file: string;
  readonly #own: string;
  readonly #clock: () => number;
  readonly #timer: NodeJS.Timeout;
  readonly #callbacks: ((error: StateTakenError) => void)[] = [];
  #beatAt: number;
  #taken: StateTakenError | undefined;

  constructor(
    directory: string,
    file: string,
    own: string,
    isFromUnknown: boolean,
    clock: () => number,
  ) {
    this.isFromUnknown = isFromUnknown;
    this.#directory = directory;
    this.#file = file;
    this.#own = own;
    this.#clock = clock;
    this.#beatAt = clock();
    this.#timer = setInterval(() => this.#tryBeat(), BEAT_MS);
    this.#timer.unref();
  }

  requireHeld(): void {
    if (this.#taken === undefined && this.#clock() - this.#beatAt > DOUBT_MS) this.#beat();
    if (this.#taken !== undefined) throw this.#taken;
  }

  whenTaken(callback: (error: StateTakenError) => void): void {
    this.#callbacks.push(callback);
  }

  release(): void {
    clearInterval(this.#timer);
    held.delete(this.#file);
    try {
      if (findLock(this.#file)?.text === this.#own) removeWhole(this.#file);
    } catch {
      // Without this process, the lock is a dead one.
    }
  }

  #tryBeat(): void {
    try {
      this.#beat();
    } catch {
      // An unreadable lock is examined again, at the latest before the next write.
    }
  }

  /** Checks that the lock is still this one's, and touches it. @throws the system's error */
  #beat(): void {
    if (this.#taken !== undefined) return;
    // It may have been deleted by hand, or moved aside for a moment.
    const isOwn = findLock(this.#file)?.text === this.#own || createLock(this.#file, this.#own);
    if (!isOwn) {
      this.#give();
      return;
    }
    touchLock(this.#file);
    this.#beatAt = this.#clock();
  }

  #give(): void {
    this.#taken = new StateTakenError(this.#directory);
    clearInterval(this.#timer);
    for (const callback of this.#callbacks) callback(this.#taken);
  }
}
