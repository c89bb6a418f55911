import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { type Damage, damage, filesIn, inflict } from './damage';
import { Ledger } from './ledger';
import { contents, folders, PersistedAws } from './support';

const folder = folders();

/** Small, so that a few steps compact the journal and fill files. */
const SMALL = { journal: { minCompactionBytes: 4_000 }, segmentBytes: 1_500 };

/** The folder, what it has, and copies of it from before. */
const ledger = new Ledger();
const directory = folder();
const older: string[] = [];

const start = (from: string) =>
  PersistedAws.start(
    from,
    { now: () => ledger.clock.now, updateMs: 0 },
    { ...SMALL, notice: () => undefined },
  );

/** Several streams and what else is kept, used through restarts. */
beforeAll(async () => {
  for (let session = 0; session < 4; session += 1) {
    const kept = await start(directory);
    if (session === 0) await ledger.createStream(kept, 'orders', 3);
    if (session === 0) await ledger.createStream(kept, 'payments', 1);
    if (session === 1) await ledger.createStream(kept, 'clicks', 2);
    for (let round = 0; round < 6; round += 1) {
      for (const stream of ledger.streams) await ledger.put(kept, stream, 1 + round, 40);
      await ledger.tag(kept, 'orders');
      await ledger.putObject(kept, `template-${round % 2}`, 3_000);
      if (round % 3 === 1) older.push(copyOf(directory));
    }
    if (session === 1) ledger.expire(kept);
    if (session === 2) await ledger.deleteStream(kept, 'payments');
    kept.kill();
    older.push(copyOf(directory));
  }
  for (const copy of older) restores.add(fingerprint(copy));
});

/** Contents of the copies: a folder equal to one of them was restored as a whole. */
const restores = new Set<string>();
const fingerprint = (of: string): string => JSON.stringify(contents(of));

function copyOf(from: string): string {
  const to = folder();
  fs.cpSync(from, to, { recursive: true });
  fs.rmSync(path.join(to, 'lock'), { force: true });
  return to;
}

/** @returns what is wrong; undefined when it was refused, or has all that was acknowledged */
async function outcome(from: string): Promise<string | undefined> {
  const before = fingerprint(from);
  let kept: PersistedAws;
  try {
    kept = await start(from);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('STATE_')) return `not refused, but failed: ${message}`;
    if (!message.includes(from)) return `no file: ${message}`;
    return fingerprint(from) === before ? undefined : 'refused, and changed';
  }
  try {
    const missing = await ledger.missing(kept);
    if (missing.length > 0) return `started without ${missing.slice(0, 3)}`;
    await ledger.copy().put(kept, 'orders', 1);
  } finally {
    kept.kill();
  }
  (await start(from)).kill();
  return undefined;
}

test('the folder is one that compactions and many files have been through', async () => {
  const files = filesIn(directory);

  expect(files.filter((file) => file.endsWith('.records')).length).toBeGreaterThan(6);
  expect(fs.statSync(path.join(directory, 'state.journal')).size).toBeLessThan(20_000);
  expect(await outcome(copyOf(directory))).toBeUndefined();
});

test('any other of its files in the place of the journal is refused', async () => {
  for (const file of filesIn(directory).filter((each) => each !== 'state.journal')) {
    const damaged = copyOf(directory);
    fs.cpSync(path.join(directory, file), path.join(damaged, 'state.journal'));

    expect([file, await outcome(damaged)]).toEqual([file, undefined]);
  }
});

test('whatever happens to its files, it is refused untouched or has all that was acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 2 }), async (all: Damage[]) => {
      const damaged = copyOf(directory);
      for (const one of all) inflict(damaged, one, older);
      const wrong = restores.has(fingerprint(damaged)) ? undefined : await outcome(damaged);
      fs.rmSync(damaged, { recursive: true, force: true });
      expect(wrong).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
