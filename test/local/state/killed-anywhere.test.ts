import fs from 'node:fs';
import { Ledger } from './ledger';
import { folders, KeptInProcess } from './support';

const folder = folders();

/** Small, so that a few steps compact the journal and fill files. */
const SMALL = { journal: { minCompactionBytes: 3_000 }, records: { segmentBytes: 400 } };

/** A lock that was not written to its end is waited for: time passes at once. */
let time = 0;
const AT_ONCE = {
  lock: {
    clock: () => time,
    pause: async (milliseconds: number) => {
      time += milliseconds;
    },
  },
};

const CHANGES = [
  'writeSync',
  'writeFileSync',
  'renameSync',
  'mkdirSync',
  'rmSync',
  'ftruncateSync',
] as const;

class Killed extends Error {}

// What nobody waits for is told on the console when it fails.
beforeEach(() => jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/**
 * From one change of the folder on, nothing reaches it, as if the process had been killed there.
 * @param half whether half of a write still does
 * @returns how many changes there were, and an end of it
 */
function killAt(change: number, half: boolean) {
  let changes = 0;
  const spies = CHANGES.map((name) => {
    const real = fs[name] as (...call: unknown[]) => unknown;
    const spy = jest.spyOn(fs, name) as unknown as jest.SpyInstance<unknown, unknown[]>;
    return spy.mockImplementation((...call) => {
      changes += 1;
      if (changes < change) return real(...call);
      const [file, bytes, offset, length, at] = call;
      // A line of watermarks is within a page: it is written whole or not at all.
      if (changes === change && half && name === 'writeSync' && length !== 512) {
        real(file, bytes, offset, Math.floor(Number(length) / 2), at);
      }
      throw new Killed('killed');
    });
  });
  return {
    count: () => changes,
    end: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

const start = (directory: string, ledger: Ledger) =>
  KeptInProcess.start(
    directory,
    { now: () => ledger.clock.now, updateMs: 0 },
    { ...SMALL, ...AT_ONCE, notice: () => undefined },
  );

/** A bit of everything that writes. */
async function use(kept: KeptInProcess, ledger: Ledger): Promise<void> {
  await ledger.createStream(kept, 'orders', 2);
  await ledger.createStream(kept, 'payments', 1);
  for (let round = 0; round < 2; round += 1) {
    await ledger.put(kept, 'orders', 3);
    await ledger.put(kept, 'payments', 1);
    await ledger.tag(kept, 'orders');
    await ledger.putObject(kept, 'template', 4_000);
  }
  await ledger.deleteStream(kept, 'payments');
  ledger.expire(kept);
  await ledger.createStream(kept, 'payments', 1);
  await ledger.put(kept, 'payments', 2);
  await ledger.put(kept, 'orders', 2);
}

async function killed(
  change: number,
  half: boolean,
): Promise<{ missing: string[]; count: number }> {
  const directory = folder();
  const ledger = new Ledger();
  const kill = killAt(change, half);
  let kept: KeptInProcess | undefined;
  try {
    kept = await start(directory, ledger);
    await use(kept, ledger);
    // Another start of the same, and its repairs, may be killed as well.
    kept.kill();
    kept = undefined;
    kept = await start(directory, ledger);
    await ledger.put(kept, 'orders', 1);
  } catch (error) {
    if (!/killed/.test(String(error))) throw error;
  } finally {
    kill.end();
    kept?.kill();
  }
  const again = await start(directory, ledger);
  const missing = await ledger.missing(again);
  await ledger.put(again, ledger.streams[0] ?? '', 1).catch(() => undefined);
  again.kill();
  return { missing, count: kill.count() };
}

test.each([
  ['before it', false],
  ['half-way through a write', true],
])(
  'killed at any change of the folder, %s: the next start has all that was acknowledged',
  async (_when, half) => {
    const { count } = await killed(Number.POSITIVE_INFINITY, half);
    expect(count).toBeGreaterThan(100);
    const failures: string[] = [];
    for (let change = 1; change <= count; change += 1) {
      const { missing } = await killed(change, half).catch((error) => ({
        missing: [String(error)],
      }));
      failures.push(...missing.map((what) => `change ${change}: ${what}`));
    }

    expect(failures).toEqual([]);
  },
);
