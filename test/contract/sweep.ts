import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, send } from './api';
import { members } from './case';
import { namePrefix } from './world';

const PAUSE_MS = 1_000;

/** On AWS a stream takes half a minute to go, and one that is still coming as long before that. */
export const SWEEP_WITHIN_MS = 300_000;

/** The run's streams that are still there. */
async function streamsOf(api: Api, prefix: string): Promise<string[]> {
  // Sorts before all names with the prefix.
  const start = prefix.slice(0, -1);
  const query = { limit: '100', 'exclusive-start-stream-name': start };
  const { json } = await send(api, 'ListStreams', { query });
  const { StreamNames: names } = members(json);
  return (Array.isArray(names) ? names : []).filter((name) => name.startsWith(prefix));
}

/**
 * Deletes what a run has left, until nothing of it is listed.
 * @throws Error that names what is still there when the time is up
 */
export async function sweep(api: Api, run: string, withinMs = SWEEP_WITHIN_MS): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    const left = until - Date.now();
    const streams = await streamsOf(api, namePrefix(run));
    if (streams.length === 0) return;
    if (left <= 0) throw new Error(`still there after ${withinMs / 1000} s: ${streams.join(', ')}`);
    for (const stream of streams) await send(api, 'DeleteStream', { stream });
    await sleep(Math.min(PAUSE_MS, left));
  }
}
