import { reported, type State } from './state';

/** Interval for writing changes that no answer waits for: access logs, the end of a stack operation. */
const FLUSH_MS = 1_000;
/** Interval for dropping expired records. */
const TRIM_MS = 10_000;

/**
 * Flushes and trims a state periodically.
 * @returns a function that stops it
 */
export function tend(state: State): () => void {
  const timers = [
    setInterval(() => reported(() => state.flush()), FLUSH_MS),
    setInterval(() => reported(() => state.trim()), TRIM_MS),
  ];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearInterval);
}
