import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Entry {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
}

// This repository's own: the root, and workspaces with the links that lead to them.
const LOCKS = {
  '.': ['', 'packages/dev-kit', 'packages/embedded-aws'],
  'packages/embedded-aws/test/end-to-end/fixtures/cdk': [''],
  'packages/embedded-aws/test/end-to-end/fixtures/cognito-local': [''],
};

test.each(Object.entries(LOCKS))(
  '%s: every package of the lock, for every platform, has an integrity that npm checks',
  (folder, own) => {
    const file = path.join(__dirname, '..', folder, 'package-lock.json');
    const lock: { readonly packages: Readonly<Record<string, Entry>> } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const entries = Object.entries(lock.packages);

    const unchecked = entries.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));

    expect(entries.length).toBeGreaterThan(own.length);
    expect(unchecked.map(([name, { link, resolved }]) => (link ? resolved : name)).sort()).toEqual(
      [...own, ...own.filter((name) => name !== '')].sort(),
    );
  },
);
