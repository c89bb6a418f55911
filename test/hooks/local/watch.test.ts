import type { Contents, Sources } from '../../../hooks/local/sources';
import { LONGEST_BURST_MS, LOOK_MS, sourcesChanged } from '../../../hooks/local/watch';

/** Sources whose looks are given one by one; each changes the content to what it says. */
function sourcesOf(...looks: readonly string[]) {
  let look = 0;
  const now = () => looks[Math.min(look, looks.length - 1)] ?? '';
  const waited: number[] = [];
  const sources: Sources = {
    stamp: () => now(),
    // The content precedes the colon; a touch changes only what follows.
    contents: () => new Map([['a.vtl', now().split(':')[0] ?? '']]),
  };
  const pause = async (ms: number) => {
    waited.push(ms);
    look += 1;
    if (look > looks.length + 2) throw new Error('nobody waits');
  };
  return { sources, pause, waitedMs: () => waited.reduce((sum, ms) => sum + ms, 0) };
}

const contents = (text: string): Contents => new Map([['a.vtl', text]]);

test('a save is told when it is whole: at the second look that finds the same', async () => {
  const { sources, pause, waitedMs } = sourcesOf('old', 'old', 'half', 'new', 'new');

  expect(await sourcesChanged(sources, contents('old'), pause)).toEqual(contents('new'));
  expect(waitedMs()).toBe(4 * LOOK_MS);
});

test('what was saved while nobody looked is told at once', async () => {
  const { sources, pause, waitedMs } = sourcesOf('new');

  expect(await sourcesChanged(sources, contents('old'), pause)).toEqual(contents('new'));
  expect(waitedMs()).toBe(LOOK_MS);
});

test('a save without another content is none, and neither is one that was taken back', async () => {
  const { sources, pause } = sourcesOf('old', 'old:touched', 'old:touched', 'new', 'old:again');

  await expect(sourcesChanged(sources, contents('old'), pause)).rejects.toThrow('nobody waits');
});

test('a burst without an end is told all the same, within two seconds of its first save', async () => {
  const saves = Array.from({ length: 100 }, (_, index) => `new ${index}`);
  const { sources, pause, waitedMs } = sourcesOf('old', 'old', ...saves);

  const told = await sourcesChanged(sources, contents('old'), pause);

  expect(told.get('a.vtl')).toMatch(/^new /);
  // The save may have come right after the look before.
  expect(waitedMs() - LOOK_MS).toBeLessThan(2_000);
  expect(LONGEST_BURST_MS + LOOK_MS).toBeLessThan(2_000);
});
