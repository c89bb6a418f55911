/** The readers that wait for a shard's next record. */
export class Arrivals {
  readonly #waiting = new Set<() => void>();

  /** Wakes all waiting readers. */
  notify(): void {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Waits for a record, until the timeout in milliseconds or until the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      // Waiting readers must not keep the process alive.
      timer.unref();
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.add(done);
      if (signal.aborted) done();
    });
  }
}
