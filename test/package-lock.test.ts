import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Entry {
  readonly integrity?: string;
  readonly link?: boolean;
}

const lock: { readonly packages: Readonly<Record<string, Entry>> } = JSON.parse(
  readFileSync(path.join(__dirname, '..', 'package-lock.json'), 'utf8'),
);

test('every package of the lock, for whatever platform, has an integrity that npm checks', () => {
  const entries = Object.entries(lock.packages).filter(([name]) => name !== '');

  const unchecked = entries
    .filter(([, { integrity, link }]) => link !== true && !/^sha512-/.test(integrity ?? ''))
    .map(([name]) => name);

  expect(entries.length).toBeGreaterThan(100);
  expect(unchecked).toEqual([]);
});
