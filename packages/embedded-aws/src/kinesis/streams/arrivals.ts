/** Those who wait for a shard's next record. */
export class Arrivals {
  readonly #waiting = new Set<() => void>();

  /** Wakes all who wait. */
  ring(): void {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Waits for a record, but no longer than so many milliseconds, nor after nobody listens. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      // A process that has nothing else to do must not stay for it.
      timer.unref();
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.add(done);
      if (signal.aborted) done();
    });
  }
}
