/** The signals that end a run, with the numbers that shells add to 128 for the exit code. */
export const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export type Signal = keyof typeof SIGNALS;

/** The abort reason of a run's signal when a signal ends the run. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly signal: Signal;

  constructor(signal: Signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }

  /** The exit code that a shell expects of a process that a signal ended. */
  get exitCode(): number {
    return 128 + SIGNALS[this.signal];
  }
}

/** The reason why a run was ended, or undefined when it was not. */
export function interruptionOf(signal: AbortSignal): Interrupted | undefined {
  return signal.reason instanceof Interrupted ? signal.reason : undefined;
}

/** Signals that end a run, until released. */
export interface Interruption {
  readonly signal: AbortSignal;
  release(): void;
}

/** For processes that handle signals themselves. */
export const NEVER_INTERRUPTED: Interruption = {
  signal: new AbortController().signal,
  release: () => {},
};

/**
 * Turns the process's signals into an abort, until `release` is called: a second Ctrl-C must not
 * cut off the teardown that the first one began.
 */
export function listenForSignals(): Interruption {
  const controller = new AbortController();
  const listeners = (Object.keys(SIGNALS) as Signal[]).map((name) => {
    const listener = () => controller.abort(new Interrupted(name));
    process.on(name, listener);
    return () => process.removeListener(name, listener);
  });
  return {
    signal: controller.signal,
    release: () => {
      for (const remove of listeners) remove();
    },
  };
}
