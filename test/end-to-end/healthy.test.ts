import { inProcesses } from '../faults/pool';
import type { SoundVerdict } from '../faults/sound-job';
import { soundStages } from '../faults/sound-stages';

// A sound stage passes, however it is set up, and as often as one likes: a verifier that cries wolf
// is one that nobody heeds.

const { results, close } = inProcesses<SoundVerdict>({
  job: require.resolve('../faults/sound-job'),
  names: Object.keys(soundStages),
  atOnce: 1,
});
afterAll(close);

// Each takes as long as all before it on a machine that is busy otherwise.
jest.setTimeout(600_000);

test.each(Object.entries(soundStages))('a sound stage passes: %s', async (name, sound) => {
  const verdict = await results.get(name)?.();

  const runs = (sound.times ?? 1) * (sound.atOnce ?? 1);
  expect(verdict?.complaints).toEqual(Array(runs).fill([]));
  expect(verdict?.left).toEqual([]);
  // No two have the same stream.
  expect(new Set(verdict?.streams).size).toBe(runs);
  // Those that run at the same time may throttle one another.
  if (sound.atOnce !== undefined) return;
  // No request was repeated, in any run.
  expect(verdict?.faulty).toEqual(Array(runs).fill(0));
  expect(new Set(verdict?.sent).size).toBe(1);
});
