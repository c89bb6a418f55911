import fs from 'node:fs';
import path from 'node:path';
import { Journal, type JournalOptions } from '../../src/state/journal';
import { Watermarks } from '../../src/state/watermarks';
import { folders } from './support';

const folder = folders();

/** A journal in a folder of its own, of 1 kB before it is written anew. */
function journalWith(rename: JournalOptions['rename']) {
  const directory = folder();
  fs.mkdirSync(directory);
  const watermarks = Watermarks.unwritten(directory, () => undefined);
  watermarks.create();
  const file = path.join(directory, 'state.journal');
  const options = { minCompactionBytes: 1_000, ...(rename && { rename }) };
  return { file, watermarks, journal: Journal.read(file, watermarks, options).journal };
}

const entry = (text: string) => ({
  put: new Map([['["a","b"]', JSON.stringify(text)]]),
  added: new Map(),
  gone: [],
});

/** Appends, and compacts whenever it is due. @returns how often that worked */
function fill({ journal }: ReturnType<typeof journalWith>): number {
  let compactions = 0;
  for (let count = 0; count < 100; count += 1) {
    journal.append(entry(`${count}`.padEnd(100)));
    if (!journal.isOverdue()) continue;
    try {
      journal.compact([entry(`${count}`.padEnd(100))]);
      compactions += 1;
    } catch {
      // The old one stands.
    }
  }
  return compactions;
}

const read = ({ file, watermarks }: ReturnType<typeof journalWith>) =>
  Journal.read(file, watermarks).content.documents.get('["a","b"]');

test('where a file that is open cannot be replaced, as on Windows, the journal is written anew', () => {
  const open = new Map<number, string>();
  const { openSync, closeSync } = fs;
  jest.spyOn(fs, 'openSync').mockImplementation((name, ...rest) => {
    const descriptor = openSync(name, ...rest);
    open.set(descriptor, String(name));
    return descriptor;
  });
  jest.spyOn(fs, 'closeSync').mockImplementation((descriptor) => {
    open.delete(descriptor);
    closeSync(descriptor);
  });
  const kept = journalWith((from, to) => {
    if ([...open.values()].some((name) => name === from || name === to)) {
      throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
    }
    fs.renameSync(from, to);
  });

  const compactions = fill(kept);
  jest.restoreAllMocks();

  expect(compactions).toBeGreaterThan(5);
  expect(fs.statSync(kept.file).size).toBeLessThan(2_000);
  expect(read(kept)).toBe(JSON.stringify('99'.padEnd(100)));
  kept.journal.close();
});

test('a journal that cannot be replaced goes on as it is', () => {
  const kept = journalWith(() => {
    throw Object.assign(new Error('no'), { code: 'EXDEV' });
  });

  expect(fill(kept)).toBe(0);
  expect(read(kept)).toBe(JSON.stringify('99'.padEnd(100)));
  kept.journal.close();
});
