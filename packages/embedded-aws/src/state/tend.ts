import { reported, type State } from './state';

/** How often what no answer waits for is written: access logs, the end of a stack's operation. */
const FLUSH_MS = 1_000;
/** How often expired records are forgotten. */
const TRIM_MS = 10_000;

/**
 * Looks after a state as time goes by.
 * @returns stops it
 */
export function tend(state: State): () => void {
  const timers = [
    setInterval(() => reported(() => state.flush()), FLUSH_MS),
    setInterval(() => reported(() => state.trim()), TRIM_MS),
  ];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearInterval);
}
