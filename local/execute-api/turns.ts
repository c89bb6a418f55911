/** A turn of the event loop in which requests have run for so long is left to all others. */
const LONG_MS = 20;

/**
 * Lets requests to stages take turns. Each runs without a pause, for half a second at worst; of many
 * that arrive together, those after a long one wait for later turns of the event loop, one in each,
 * so that whatever else arrives is answered in between.
 */
export class Turns {
  readonly #now: () => number;
  readonly #waiting: (() => void)[] = [];
  #began: number | undefined;

  /** @param now milliseconds of a clock that only goes on */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Undefined when the request may run at once, as nearly all may. */
  next(): Promise<void> | undefined {
    const now = this.#now();
    this.#began ??= this.#begin(now);
    if (this.#waiting.length === 0 && now - this.#began < LONG_MS) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #begin(now: number): number {
    setImmediate(() => this.#end());
    return now;
  }

  #end(): void {
    const next = this.#waiting.shift();
    this.#began = next === undefined ? undefined : this.#begin(this.#now());
    next?.();
  }
}
