import type { Clock } from '../reader/pace';
import { isThrottling } from '../reader/problem';
import { isLost, isRefusal, NothingStoredError, PATIENCE_MS, RefusedError } from './errors';
import type { ReplayRecord } from './exported-record';
import { type Pending, PendingRecords } from './pending';
import { Source } from './source';

/** How records are sent. */
export interface ReplayTarget {
  /**
   * Sends records in one request.
   * @returns for each the name of its error, undefined where it is stored
   * @throws an error when the request has no such answer
   */
  put(records: readonly ReplayRecord[]): Promise<readonly (string | undefined)[]>;
  readonly clock: Clock;
  /** How many times as fast as the records arrived; infinite for as fast as Kinesis takes them. */
  readonly speed: number;
}

/** How far a replay is. */
export interface Progress {
  /** Records that are stored. */
  readonly stored: number;
  /** All lines before this one are stored. */
  readonly line: number;
  /** Milliseconds until the next record is due, where all others are stored. */
  readonly restMs?: number;
  /** True while Kinesis refuses records, or does not answer. */
  readonly isHeldUp: boolean;
}

/** Where a replay ended. */
export interface Outcome extends Progress {
  readonly isComplete: boolean;
  /** Why it is not complete, unless it was interrupted. */
  readonly error?: unknown;
  /** The line that Kinesis refuses, where it is a line's fault. */
  readonly refusedLine?: number;
  /** Records of `line` and later ones that are stored: going on from there sends them again. */
  readonly ahead: number;
  /** Records that may be stored: they were sent, and no answer came. */
  readonly unsure: number;
  /** Lines that may be stored twice: they were sent again because no answer came. */
  readonly doubled: readonly number[];
}

/** A record may wait for so many later lines, which are sent again when it is gone on from it. */
const FARTHEST_AHEAD = 2_000;
/** Records that are read before they can be sent, by their bytes. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 5_000;
/** How long an answer is waited for once the replay is interrupted. */
const LAST_ANSWER_MS = 5_000;
/** How often progress is told while nothing is due. */
const TELL_MS = 500;

/**
 * Sends records in the order of their lines, and of each partition key strictly so, even where Kinesis
 * refuses some for a while.
 */
export async function replay(
  records: AsyncIterable<ReplayRecord>,
  target: ReplayTarget,
  firstLine: number,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Replay(records, target, firstLine, onProgress).run(signal);
}

class Replay {
  readonly #target: ReplayTarget;
  readonly #onProgress: (progress: Progress) => void;
  readonly #pending = new PendingRecords();
  readonly #source: Source;
  readonly #doubled = new Set<number>();
  /** The next line that is not read yet. */
  #line: number;
  #stored = 0;
  #waitingBytes = 0;
  #restMs = 0;
  /** Since when, and how many times in a row, nothing was stored. */
  #heldUp: { readonly since: number; readonly times: number } | undefined;
  /** Records of a request: fewer while one is looked for that Kinesis refuses. */
  #most: number | undefined;

  constructor(
    records: AsyncIterable<ReplayRecord>,
    target: ReplayTarget,
    firstLine: number,
    onProgress: (progress: Progress) => void,
  ) {
    this.#target = target;
    this.#source = new Source(records, target.clock, target.speed);
    this.#line = firstLine;
    this.#onProgress = onProgress;
  }

  async run(signal: AbortSignal): Promise<Outcome> {
    try {
      while (await this.#step(signal)) this.#onProgress(this.#progress());
      return this.#outcome({ isComplete: true });
    } catch (error) {
      if (signal.aborted) return this.#outcome({ isComplete: false });
      if (error instanceof RefusedError) {
        const { cause, line } = error;
        return this.#outcome({ isComplete: false, error: cause, refusedLine: line });
      }
      return this.#outcome({ isComplete: false, error });
    } finally {
      await this.#source.close();
    }
  }

  /** @returns false when all records are stored */
  async #step(signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    await this.#fill(signal);
    const batch = this.#pending.batch(this.#most);
    if (batch.length > 0) {
      await this.#send(batch, signal);
      return true;
    }
    // The lines before a wrong one are stored by now.
    if (this.#source.error !== undefined) throw this.#source.error;
    if (this.#source.isAtEnd) return false;
    await this.#target.clock.sleep(Math.min(this.#source.restMs ?? 0, TELL_MS), signal);
    return true;
  }

  /** Reads what is due, as much as may wait. */
  async #fill(signal: AbortSignal): Promise<void> {
    while (this.#waitingBytes < MOST_WAITING_BYTES) {
      const oldest = this.#pending.firstLine;
      if (this.#line - (oldest ?? this.#line) > FARTHEST_AHEAD) return;
      const record = await this.#source.take(this.#pending.count === 0, signal);
      if (record === undefined) return;
      this.#pending.add(record);
      this.#waitingBytes += record.data.length;
      this.#line = record.line + 1;
    }
  }

  async #send(batch: readonly Pending[], signal: AbortSignal): Promise<void> {
    if (this.#restMs > 0) await this.#target.clock.sleep(this.#restMs, signal);
    signal.throwIfAborted();
    let results: readonly (string | undefined)[];
    try {
      results = await this.#answerTo(batch, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#onError(batch, error);
      return;
    }
    this.#most = undefined;
    let refusal: string | undefined;
    for (const [index, pending] of batch.entries()) {
      const name = results[index];
      if (name === undefined) this.#settle(pending);
      // A failure of the service, which may have stored it.
      if (name === 'InternalFailure') pending.isUnsure = true;
      refusal ??= name;
    }
    if (refusal === undefined) this.#restMs = 0;
    else this.#holdUp(new NothingStoredError(refusal));
  }

  /** The answer; after an interruption it is not waited for much longer. */
  async #answerTo(
    batch: readonly Pending[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]> {
    const enough = new AbortController();
    const interrupted = new Promise<never>((_, reject) => {
      const stop = () => {
        this.#target.clock
          .sleep(LAST_ANSWER_MS, enough.signal)
          .then(() => reject(signal.reason))
          .catch(() => {});
      };
      signal.addEventListener('abort', stop, { once: true });
      enough.signal.addEventListener('abort', () => signal.removeEventListener('abort', stop));
    });
    const sent = this.#target.put(batch.map(({ record }) => record));
    try {
      return await Promise.race([sent, interrupted]);
    } catch (error) {
      sent.catch(() => {});
      if (isLost(error) || signal.aborted) for (const pending of batch) pending.isUnsure = true;
      throw error;
    } finally {
      enough.abort();
    }
  }

  #settle(pending: Pending): void {
    const { record, isUnsure } = pending;
    if (isUnsure) this.#doubled.add(record.line);
    this.#pending.settle(pending);
    this.#waitingBytes -= record.data.length;
    this.#stored += 1;
    this.#heldUp = undefined;
  }

  /** @throws the error, unless the request may be sent again */
  #onError(batch: readonly Pending[], error: unknown): void {
    if (isLost(error) || isThrottling(error)) {
      this.#holdUp(error);
      return;
    }
    const [only, another] = batch;
    if (only === undefined || !isRefusal(error)) throw error;
    // One of them is at fault: half of them, until it is found.
    if (another === undefined) throw new RefusedError(only.record.line, error);
    this.#most = Math.ceil(batch.length / 2);
  }

  /** Rests longer each time in a row in which nothing is stored. @throws the error, in the end */
  #holdUp(error: unknown): void {
    const now = this.#target.clock.now();
    const { since, times } = this.#heldUp ?? { since: now, times: 0 };
    if (now - since > PATIENCE_MS) throw error;
    this.#heldUp = { since, times: times + 1 };
    this.#restMs = Math.min(FIRST_REST_MS * 2 ** times, LONGEST_REST_MS);
  }

  #progress(): Progress {
    const line = this.#pending.firstLine ?? this.#line;
    // Forgets what is behind it.
    this.#pending.storedFrom(line);
    const { restMs } = this.#source;
    const isIdle = this.#pending.count === 0 && restMs !== undefined;
    return {
      stored: this.#stored,
      line,
      isHeldUp: this.#restMs > 0,
      ...(isIdle && { restMs }),
    };
  }

  #outcome(
    end: Pick<Outcome, 'isComplete'> & Partial<Pick<Outcome, 'error' | 'refusedLine'>>,
  ): Outcome {
    const progress = this.#progress();
    return {
      ...progress,
      ...end,
      ahead: this.#pending.storedFrom(progress.line),
      unsure: this.#pending.unsure,
      doubled: [...this.#doubled].sort((a, b) => a - b),
    };
  }
}
