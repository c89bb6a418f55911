import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Entry {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
}

const lock: { readonly packages: Readonly<Record<string, Entry>> } = JSON.parse(
  readFileSync(path.join(__dirname, '..', 'package-lock.json'), 'utf8'),
);

test('every package of the lock, for every platform, has an integrity that npm checks', () => {
  const entries = Object.entries(lock.packages);
  // This repository's own: the root, and workspaces with the links that lead to them.
  const own = ['', 'packages/dev-kit', 'packages/embedded-aws'];

  const unchecked = entries.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));

  expect(entries.length).toBeGreaterThan(100);
  expect(unchecked.map(([name, { link, resolved }]) => (link ? resolved : name)).sort()).toEqual(
    [...own, 'packages/dev-kit', 'packages/embedded-aws'].sort(),
  );
});
