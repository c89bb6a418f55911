import {
  type Interruption,
  interruptionOf,
  listenForSignals,
  NEVER_INTERRUPTED,
} from './interruption';

/**
 * Keeps signals from ending the command between two states of what it works on: the first one ends it
 * where the command says so, the second one at once.
 */
export class Hold {
  #interruption: Interruption = NEVER_INTERRUPTED;
  readonly #onSignal: () => void;

  /** @param onSignal called at the first signal */
  constructor(onSignal: () => void) {
    this.#onSignal = onSignal;
  }

  /** From here on. */
  begin(): void {
    if (this.#interruption !== NEVER_INTERRUPTED) return;
    const interruption = listenForSignals();
    this.#interruption = interruption;
    interruption.signal.addEventListener('abort', () => {
      interruption.release();
      this.#onSignal();
    });
  }

  /** @throws Interrupted if a signal has come */
  check(): void {
    this.#interruption.signal.throwIfAborted();
  }

  /** True if a signal has come. */
  get isInterrupted(): boolean {
    return this.#interruption.signal.aborted;
  }

  /** Signals end the command at once again; one that has come ends it here. */
  end(): void {
    const { signal, release } = this.#interruption;
    release();
    this.#interruption = NEVER_INTERRUPTED;
    const interrupted = interruptionOf(signal);
    if (interrupted) process.exit(interrupted.exitCode);
  }
}
