import fs from 'node:fs';
import { Ledger } from './ledger';
import { folders, PersistedAws } from './support';

const folder = folders();

/** Small, so that a few steps compact the journal and fill files. */
const SMALL = { journal: { minCompactionBytes: 3_000 }, segmentBytes: 400 };

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

// Failures that no caller awaits are printed to the console.
beforeEach(() => jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/**
 * From one change of the folder on, nothing reaches it, as if the process had been killed there.
 * @returns how many changes there were, and an end of it
 */
function fail(change: number, how: How) {
  let changes = 0;
  const spies = CHANGES.map((name) => {
    const real = fs[name] as (...call: unknown[]) => unknown;
    const spy = jest.spyOn(fs, name) as unknown as jest.SpyInstance<unknown, unknown[]>;
    return spy.mockImplementation((...call) => {
      changes += 1;
      if (changes < change || (how === 'once' && changes > change)) return real(...call);
      const [file, bytes, offset, length, at] = call;
      // A line of watermarks is within a page: it is written whole or not at all.
      if (changes === change && how !== 'before' && name === 'writeSync' && length !== 512) {
        real(file, bytes, offset, Math.floor(Number(length) / 2), at);
      }
      throw new Error('killed');
    });
  });
  return {
    count: () => changes,
    end: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

/** Nothing of the change, half of it, or half of it and everything after it. */
type How = 'before' | 'half-way' | 'once';

const start = (directory: string, ledger: Ledger) =>
  PersistedAws.start(
    directory,
    { now: () => ledger.clock.now, updateMs: 0 },
    { ...SMALL, ...AT_ONCE, notice: () => undefined },
  );

/** A bit of everything that writes. */
const STEPS: readonly ((kept: PersistedAws, ledger: Ledger) => Promise<void> | void)[] = [
  (kept, ledger) => ledger.createStream(kept, 'orders', 2),
  (kept, ledger) => ledger.createStream(kept, 'payments', 1),
  ...Array.from({ length: 2 }, () => [
    (kept: PersistedAws, ledger: Ledger) => ledger.put(kept, 'orders', 3),
    (kept: PersistedAws, ledger: Ledger) => ledger.put(kept, 'payments', 1),
    (kept: PersistedAws, ledger: Ledger) => ledger.tag(kept, 'orders'),
    (kept: PersistedAws, ledger: Ledger) => ledger.putObject(kept, 'template', 4_000),
  ]).flat(),
  (kept, ledger) => ledger.deleteStream(kept, 'payments'),
  (kept, ledger) => ledger.expire(kept),
  (kept, ledger) => ledger.createStream(kept, 'payments', 1),
  (kept, ledger) => ledger.put(kept, 'payments', 2),
  (kept, ledger) => ledger.put(kept, 'orders', 2),
];

/** Another start of the same, and its repairs, may fail as well. */
const SESSIONS = [STEPS, STEPS.slice(-1)];

/** Does the steps of all sessions; after one that fails, goes on only if that can be. */
async function use(directory: string, ledger: Ledger, how: How): Promise<void> {
  for (const steps of SESSIONS) {
    let kept: PersistedAws | undefined;
    try {
      kept = await start(directory, ledger);
      for (const step of steps) {
        try {
          await step(kept, ledger);
        } catch (error) {
          if (how !== 'once') throw error;
        }
      }
    } catch (error) {
      if (!/killed/.test(String(error))) throw error;
    } finally {
      kept?.kill();
    }
  }
}

async function outcome(change: number, how: How) {
  const directory = folder();
  const ledger = new Ledger();
  const failing = fail(change, how);
  try {
    await use(directory, ledger, how);
  } catch (error) {
    if (!/killed/.test(String(error))) throw error;
  } finally {
    failing.end();
  }
  const again = await start(directory, ledger);
  const missing = await ledger.missing(again);
  again.kill();
  return { missing, count: failing.count() };
}

test.each([
  ['the process is killed before any change of the folder', 'before'],
  ['the process is killed half-way through any write', 'half-way'],
  ['any change of the folder fails, once', 'once'],
] as const)('when %s, the next start has all that was acknowledged', async (_what, how) => {
  const { count } = await outcome(Number.POSITIVE_INFINITY, how);
  expect(count).toBeGreaterThan(90);
  const failures: string[] = [];
  for (let change = 1; change <= count; change += 1) {
    const { missing } = await outcome(change, how).catch((error) => ({ missing: [String(error)] }));
    failures.push(...missing.map((what) => `change ${change}: ${what}`));
  }

  expect(failures).toEqual([]);
});
