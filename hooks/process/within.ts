import { setMaxListeners } from 'node:events';

/**
 * Ends work that takes too long or that its caller ends, and leaves no timer or listener behind.
 * @param signal the caller's
 * @param late the reason when the time is up
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  late: string,
  act: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = limited(ms, signal, late);
  try {
    return await act(limit.ended);
  } finally {
    limit.release();
  }
}

/**
 * The same for work that may ignore its signal: it is abandoned when the time is up.
 * @throws the reason why it was ended
 */
export async function orLate<T>(
  ms: number,
  signal: AbortSignal,
  late: string,
  act: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let abandon: (reason: unknown) => void = () => {};
  const over = new Promise<never>((_, reject) => {
    abandon = reject;
  });
  const limit = limited(ms, signal, late, abandon);
  try {
    return await Promise.race([act(limit.ended), over]);
  } finally {
    limit.release();
  }
}

interface Limit {
  /** Aborted when the time is up, or by the caller. */
  readonly ended: AbortSignal;
  release(): void;
}

/**
 * Not by `AbortSignal.timeout` in `AbortSignal.any`: nothing refers to it, so that Node 20 lets it
 * go as garbage before its time.
 * @param onEnd called first with the reason
 */
function limited(
  ms: number,
  signal: AbortSignal,
  late: string,
  onEnd: (reason: unknown) => void = () => {},
): Limit {
  const controller = new AbortController();
  // Many concurrent calls listen to it, which Node would report as a leak.
  setMaxListeners(0, controller.signal);
  const abort = (reason: unknown) => {
    onEnd(reason);
    controller.abort(reason);
  };
  const end = () => abort(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(() => abort(new DOMException(late, 'TimeoutError')), ms);
  return {
    ended: controller.signal,
    release() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    },
  };
}
