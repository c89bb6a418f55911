/** @jest-environment dev-kit/jest/isolated.cjs */
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testWith } from 'dev-kit/testing/systems';
import { changedFiles, type Sources, sourcesIn } from '../../../hooks/local/sources';
import { loadedOnWindows } from '../../support/on-windows';

let root: string;
let sources: Sources;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sources-'));
  for (const folder of [
    'templates',
    'resources',
    'hooks/verify',
    'node_modules/p',
    '.serverless',
  ]) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  write('serverless.ts');
  write('templates/a.vtl');
  write('resources/a.ts');
  sources = sourcesIn(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text = 'old'): void {
  writeFileSync(path.join(root, name), text);
}

/** @returns the files that differ after it, by content, and whether their stamp does */
function effectOf(change: () => void): { files: string[]; isStamped: boolean } {
  const [contents, stamp] = [sources.contents(), sources.stamp()];
  change();
  return {
    files: changedFiles(contents, sources.contents()),
    isStamped: sources.stamp() !== stamp,
  };
}

test.each<[string, () => void, string[]]>([
  ['a template', () => write('templates/a.vtl', 'new'), ['templates/a.vtl']],
  ['serverless.ts', () => write('serverless.ts', 'new'), ['serverless.ts']],
  ['another .ts beside it', () => write('streams.ts'), ['streams.ts']],
  [
    "a function of one's own",
    () => {
      mkdirSync(path.join(root, 'functions'));
      write('functions/consumer.js');
    },
    ['functions/consumer.js'],
  ],
  ['a hook in a folder', () => write('hooks/verify/run.ts'), ['hooks/verify/run.ts']],
  [
    'a new folder in a new folder',
    () => {
      mkdirSync(path.join(root, 'resources/new/newer'), { recursive: true });
      write('resources/new/newer/a.ts');
    },
    ['resources/new/newer/a.ts'],
  ],
  [
    'a save by way of a rename',
    () => {
      write('templates/a.vtl.tmp', 'new');
      renameSync(path.join(root, 'templates/a.vtl.tmp'), path.join(root, 'templates/a.vtl'));
    },
    ['templates/a.vtl'],
  ],
  ['a removal', () => rmSync(path.join(root, 'resources/a.ts')), ['resources/a.ts']],
  [
    'a folder that goes',
    () => rmSync(path.join(root, 'templates'), { recursive: true }),
    ['templates/a.vtl'],
  ],
])('%s counts', (_, change, files) => {
  expect(effectOf(change)).toEqual({ files, isStamped: true });
});

test.each([
  'templates/.a.vtl.swp',
  'templates/a.vtl~',
  'templates/4913',
  'resources/#a.ts#',
  'resources/a.ts___jb_tmp___',
  'node_modules/p/index.ts',
  '.serverless/state.json',
  'verify.json',
  'README.md',
])('%s does not count', (name) => {
  expect(effectOf(() => write(name))).toEqual({ files: [], isStamped: false });
});

describe('files that streams.ts names', () => {
  beforeEach(() => {
    mkdirSync(path.join(root, 'schemas'));
    write('schemas/order.json');
    write('streams.ts', "schema: 'schemas/order.json',");
  });

  test.each([
    ['the schema', () => write('schemas/order.json', 'new'), ['schemas/order.json']],
    [
      'a sample beside it, also a new one',
      () => write('schemas/order.sample.json'),
      ['schemas/order.sample.json'],
    ],
    [
      'a schema that goes',
      () => rmSync(path.join(root, 'schemas/order.json')),
      ['schemas/order.json'],
    ],
  ])('%s counts', (_, change, files) => {
    expect(effectOf(change)).toEqual({ files, isStamped: true });
  });

  test('another file beside them does not', () => {
    expect(effectOf(() => write('schemas/other.json'))).toEqual({ files: [], isStamped: false });
  });

  test('a schema counts as soon as it is named, and no longer than that', () => {
    write('schemas/other.json');
    const name = (schema: string) => () =>
      write('streams.ts', `schema: "./schemas/${schema}.json",`);
    expect(effectOf(name('other')).files).toEqual([
      'schemas/order.json',
      'schemas/other.json',
      'streams.ts',
    ]);
    expect(effectOf(() => write('schemas/other.json', 'new')).files).toEqual([
      'schemas/other.json',
    ]);
    expect(effectOf(() => write('schemas/order.json', 'new')).files).toEqual([]);
  });
});

testWith('symbolic links')('a lock of an editor, which leads nowhere, does not count', () => {
  const lock = () => symlinkSync('user@host.1', path.join(root, 'resources/.#a.ts'));
  expect(effectOf(lock)).toEqual({ files: [], isStamped: false });
});

test('a touch leaves the content as it was', () => {
  const touch = () => utimesSync(path.join(root, 'templates/a.vtl'), 1, 1);
  expect(effectOf(touch)).toEqual({ files: [], isStamped: true });
});

test('the repository: its templates, resources and hooks, and not the embedded AWS', () => {
  const files = Array.from(sourcesIn(path.join(__dirname, '../../..')).contents().keys());

  expect(files).toEqual(
    expect.arrayContaining([
      'serverless.ts',
      'resources/endpoints/put-record.ts',
      'hooks/verify/run.ts',
    ]),
  );
  expect(files.filter((file) => file.endsWith('.vtl')).length).toBeGreaterThan(10);
  expect(files.filter((file) => /^(local|test|node_modules)/.test(file))).toEqual([]);
});

test('files have names with slashes on Windows, too', () => {
  const elsewhere = loadedOnWindows<typeof import('../../../hooks/local/sources')>(() =>
    require('../../../hooks/local/sources'),
  );
  mkdirSync(path.join(root, 'schemas'));
  write('schemas/order.json', '{}');
  write('streams.ts', "declare({ orders: { schema: './schemas/order.json' } })");
  write('hooks/verify/check.ts');

  expect([...elsewhere.sourcesIn(root).contents().keys()].sort()).toEqual([
    'hooks/verify/check.ts',
    'resources/a.ts',
    'schemas/order.json',
    'serverless.ts',
    'streams.ts',
    'templates/a.vtl',
  ]);
});
