import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Entry {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
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

/** The systems that the project is for. */
const SYSTEMS = [
  { os: 'darwin', cpu: 'arm64' },
  { os: 'darwin', cpu: 'x64' },
  { os: 'win32', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64' },
  ...['arm64', 'x64'].flatMap((cpu) =>
    ['glibc', 'musl'].map((libc) => ({ os: 'linux', cpu, libc })),
  ),
];

const rootLock: { readonly packages: Readonly<Record<string, Entry>> } = JSON.parse(
  readFileSync(path.join(__dirname, '..', 'package-lock.json'), 'utf8'),
);
const entries = Object.entries(rootLock.packages);

/** Packages that choose a binary by the system: those with optional packages that have a `cpu`. */
const native = entries.filter(([name, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies).some((binary) => binaryOf(name, binary)?.cpu),
);

/** npm puts a binary beside the package that asks for it, or into its own folder. */
function binaryOf(name: string, binary: string): Entry | undefined {
  const { packages } = rootLock;
  return packages[`${name}/node_modules/${binary}`] ?? packages[`node_modules/${binary}`];
}

const fits = (
  entry: Entry | undefined,
  { os, cpu, libc }: (typeof SYSTEMS)[number] & { libc?: string },
) =>
  entry?.os?.includes(os) &&
  entry.cpu?.includes(cpu) &&
  (entry.libc === undefined || libc === undefined || entry.libc.includes(libc));

test('native packages: compilers, linter and resolver', () => {
  expect(native.map(([name]) => name.replace(/^.*node_modules\//, ''))).toEqual(
    expect.arrayContaining([
      '@biomejs/biome',
      '@swc/core',
      'esbuild',
      'typescript',
      'unrs-resolver',
    ]),
  );
});

test.each(SYSTEMS)('every native package has a binary for %o in the lock', (system) => {
  const without = native.filter(
    ([name, { optionalDependencies = {} }]) =>
      !Object.keys(optionalDependencies).some((binary) => fits(binaryOf(name, binary), system)),
  );
  expect(without.map(([name]) => name)).toEqual([]);
});
