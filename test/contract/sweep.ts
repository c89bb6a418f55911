import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, send } from './api';
import { members } from './case';
import { stageApi } from './stage';
import { namePrefix } from './world';

const PAUSE_MS = 1_000;

/** The run's streams that are still there. */
async function streamsOf(api: Api, prefix: string): Promise<string[]> {
  // What comes before all names that begin so.
  const start = prefix.slice(0, -1);
  const query = { limit: '100', 'exclusive-start-stream-name': start };
  const { json } = await send(api, 'ListStreams', { query });
  const { StreamNames: names } = members(json);
  return (Array.isArray(names) ? names : []).filter((name) => name.startsWith(prefix));
}

/** Deletes what a run has left, until nothing of it is listed. */
async function sweep(): Promise<void> {
  const { CONTRACT_RUN: run } = process.env;
  if (!run) throw new Error('CONTRACT_RUN names no run whose streams to delete.');
  const api = await stageApi(process.env);
  console.log('Interrupted. Deleting the streams that were made.');
  for (;;) {
    const streams = await streamsOf(api, namePrefix(run));
    if (streams.length === 0) return;
    for (const stream of streams) await send(api, 'DeleteStream', { stream });
    await sleep(PAUSE_MS);
  }
}

// A second Ctrl-C must not cut this off.
process.on('SIGINT', () => {});
sweep().catch((error: unknown) => {
  console.error(`Streams may be left behind: ${error}`);
  process.exitCode = 1;
});
