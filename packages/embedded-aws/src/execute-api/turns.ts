/** A turn of the event loop in which requests have run for so long is followed by a pause. */
const LONG_MS = 20;

/** Turns of a pause, a few milliseconds at most: Node accepts one new connection in each. */
const MOST_PAUSE_TURNS = 200;

/**
 * A pause is as long as what it follows was, because an empty turn costs as well: after half a second
 * it is the longest, and after a few batches of records that arrived together hardly there.
 */
const PAUSE_TURNS_PER_MS = 0.4;

/**
 * Lets requests to stages take turns. Each runs without a pause, for half a second at worst; of many
 * that arrive together, those after a long one wait, and one of them goes on after each pause, so
 * that whatever else arrives is answered in between.
 */
export class Turns {
  readonly #now: () => number;
  readonly #waiting: (() => void)[] = [];
  #began: number | undefined;
  #pause = 0;

  /** @param now milliseconds of a clock that only goes on */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Undefined when the request may run at once, as nearly all may. */
  next(): Promise<void> | undefined {
    const now = this.#now();
    this.#began ??= this.#begin(now);
    const isFree = this.#pause === 0 && this.#waiting.length === 0;
    if (isFree && now - this.#began < LONG_MS) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #begin(now: number): number {
    setImmediate(() => this.#end());
    return now;
  }

  #end(): void {
    const now = this.#now();
    const took = now - (this.#began ?? now);
    if (this.#pause === 0 && took >= LONG_MS) this.#pause = pauseAfter(took);
    else if (this.#pause > 0) this.#pause--;
    const next = this.#pause === 0 ? this.#waiting.shift() : undefined;
    const goesOn = this.#pause > 0 || next !== undefined;
    this.#began = goesOn ? this.#begin(now) : undefined;
    next?.();
  }
}

function pauseAfter(milliseconds: number): number {
  return Math.min(Math.ceil(milliseconds * PAUSE_TURNS_PER_MS), MOST_PAUSE_TURNS);
}
