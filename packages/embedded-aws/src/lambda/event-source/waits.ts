/** Waits until the time is up, the signal aborts, or `isOver` says so, asked every second or so. */
export async function pause(
  milliseconds: number,
  signal: AbortSignal,
  isOver: () => boolean = () => false,
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!signal.aborted && !isOver()) {
    const left = end - performance.now();
    if (left <= 0) return;
    await shortPause(Math.min(left, LOOK_MS), signal);
  }
}

const LOOK_MS = 500;

function shortPause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    // A mapping that waits must not keep the process alive.
    timer.unref();
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

/** A wait that ends early when something happens. */
export class Wait {
  #end: (() => void) | undefined;
  #isDue = false;

  /** Resolves when the time is up, or at the next {@link end}, or at once after an earlier one. */
  async for(milliseconds: number): Promise<void> {
    if (!this.#isDue) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        timer.unref();
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#end = undefined;
    this.#isDue = false;
  }

  end(): void {
    this.#isDue = true;
    this.#end?.();
  }
}
