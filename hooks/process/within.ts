import { setMaxListeners } from 'node:events';

/**
 * Ends work that takes too long or that its caller ends, and leaves no timer or listener behind. Not by
 * `AbortSignal.timeout` in `AbortSignal.any`: nothing refers to it, so that Node 20 lets it
 * go as garbage before its time.
 * @param signal the caller's
 * @param late the reason when the time is up
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  late: string,
  act: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  // Many concurrent calls listen to it, which Node would report as a leak.
  setMaxListeners(0, controller.signal);
  const end = () => controller.abort(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(() => controller.abort(new DOMException(late, 'TimeoutError')), ms);
  try {
    return await act(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
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
  return within(ms, signal, late, async (ended) => {
    ended.throwIfAborted();
    const over = new Promise<never>((_, reject) => {
      ended.addEventListener('abort', () => reject(ended.reason), { once: true });
    });
    return Promise.race([act(ended), over]);
  });
}
