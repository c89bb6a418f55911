/**
 * Failures that may not happen again when a request is repeated:
 * - `late`: no answer in time
 * - `lost`: the connection failed
 * - `busy`: the service throttles requests
 * - `limited`: the same, by the limit that the stage was given
 * - `fault`: an error of the server, or an answer of something else than the server
 * - `elsewhere`: the answer of another deployment
 */
export type Trouble = 'late' | 'lost' | 'busy' | 'limited' | 'fault' | 'elsewhere';

/** True if the request was refused for its rate, and so not carried out. */
export const isRefused = (trouble: Trouble): boolean => trouble === 'busy' || trouble === 'limited';

export const isLost = (trouble: Trouble): boolean => trouble === 'late' || trouble === 'lost';

/** How long a request is repeated before its outcome counts. All in milliseconds. */
export interface Limits {
  /** For all that never came right, together; what does is free. */
  readonly retryMs: number;
  /** The same for throttled requests; `retryMs` by default. */
  readonly busyMs?: number | undefined;
  /** How long a first try may take; each that is late doubles it. */
  readonly firstMs: number;
  /** How long any try may take. */
  readonly longestMs: number;
  /** Pause before the second try; each further one is twice as long, up to LONGEST_PAUSE_MS. */
  readonly pauseMs?: number;
}

/** One request in this many lost is a bad network, on which as many in a row are no chance. */
const LOST_TRIES = 5;
const LONGEST_PAUSE_MS = 1_000;

/** Decides for many requests, one after another or at once, how often and how long each is tried. */
export class Retries {
  readonly #limits: Limits;
  #firstMs: number;
  /** Spent on what never came right. */
  #spentMs = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#firstMs = Math.min(limits.firstMs, limits.longestMs);
  }

  begin(): Tries {
    const { pauseMs = 50, retryMs, busyMs = retryMs, longestMs } = this.#limits;
    const started = performance.now();
    let pause = pauseMs;
    let patienceMs = this.#firstMs;
    let lost = 0;
    return {
      get patienceMs() {
        return patienceMs;
      },
      answeredIn: (ms) => {
        // Where answers take so long, the next request need not find that out again.
        if (ms > this.#firstMs) this.#firstMs = Math.min(ms * 2, longestMs);
      },
      next: (trouble) => {
        const wait = pause * (0.5 + Math.random() / 2);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        if (isLost(trouble)) lost += 1;
        if (trouble === 'late') patienceMs = Math.min(patienceMs * 2, longestMs);
        const spentMs = performance.now() - started;
        const limitMs = (isRefused(trouble) ? busyMs : retryMs) - this.#spentMs;
        if (isLost(trouble) && lost < LOST_TRIES) return wait;
        if (trouble !== 'late' && spentMs + wait <= limitMs) return wait;
        this.#spentMs += spentMs;
        return undefined;
      },
    };
  }
}

/** The tries of one request. */
export interface Tries {
  /** How long the next try may take, in milliseconds. */
  readonly patienceMs: number;
  /** Called with the milliseconds that an answer took. */
  answeredIn(ms: number): void;
  /**
   * Called after a try that may end otherwise the next time.
   * @returns the pause before the next one, in milliseconds: half to whole by chance, so that runs
   * that were throttled together do not come back together; undefined when this was the last
   */
  next(trouble: Trouble): number | undefined;
}
