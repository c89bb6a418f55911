import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');
const CACHE = path.join('node_modules', '.cache', 'compiled-modules');

/** Modules of an installed package, and two of the repository's own. */
const FILES = {
  'node_modules/pack/package.json': '{"name": "pack", "main": "main.js"}',
  'node_modules/pack/main.js': `#!/usr/bin/env node
    // The hashbang makes it no script.
    module.exports = { ...require('./values.js'), own: require('./own.cjs') };`,
  'node_modules/pack/own.cjs': `exports.self = module.exports === exports && this === exports;
    exports.names = [__filename, __dirname].map((name) => name.slice(-8));
    exports.resolved = require.resolve('./values.js').endsWith('values.js');
    exports.paths = require.resolve.paths('x').length > 0;
    exports.known = require.cache[__filename] === module && require.main === process.mainModule;
    exports.later = () => import('./late.mjs');
    exports.again = () => require('./nowhere.js');`,
  'node_modules/pack/late.mjs': 'export const late = "dynamically imported";',
  'node_modules/pack/values.js':
    'exports.value = 1; exports.fail = () => { throw new Error("!") };',
  'node_modules/esm/package.json': '{"name": "esm", "type": "module", "main": "main.js"}',
  'node_modules/esm/main.js': 'export const kind = "a module";',
  'node_modules/broken/package.json': '{"name": "broken"}',
  'node_modules/broken/index.js': 'const x = ;',
  'own/thing.ts': `interface Thing { readonly name: string }


export const thing: Thing = { name: 'typed' };
export const fail = (): never => { throw new Error('here'); };`,
  'main.ts': `import { thing, fail } from './own/thing';
const pack = require('pack');
const said = async () => ({
  ...pack, ...pack.own, own: undefined, fail: undefined, thing, esm: require('esm').kind,
  late: (await pack.own.later()).late,
  places: [fail, pack.fail].map((each) => { try { each(); } catch (error) {
    return String((error as Error).stack).split('\\n')[1]?.replace(/.*[/\\\\](\\w+\\.\\w+:\\d+:\\d+).*/, '$1');
  } }),
  errors: [() => require('broken'), pack.own.again].map((each) => { try { each(); } catch (error) {
    return (error as Error).name + ((error as { code?: string }).code ?? '');
  } }),
});
void said().then((all) => console.log(JSON.stringify(all)));`,
};

const SAID = {
  value: 1,
  self: true,
  names: [expect.stringMatching(/own\.cjs$/), expect.stringMatching(/pack$/)],
  resolved: true,
  paths: true,
  known: true,
  thing: { name: 'typed' },
  esm: 'a module',
  late: 'dynamically imported',
  places: ['thing.ts:5:42', 'values.js:1:49'],
  errors: ['SyntaxError', 'ErrorMODULE_NOT_FOUND'],
};

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'loading-')));
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  for (const part of [
    'hooks/typescript.cjs',
    'hooks/framework/load-error.cjs',
    'hooks/loading',
    '.swcrc',
  ]) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules', '@swc'), path.join(folder, 'node_modules', '@swc'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

/** What main.ts prints. */
function start(): unknown {
  const args = ['--require', './hooks/typescript.cjs', './main.ts'];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }));
}

const keptFiles = () =>
  readdirSync(path.join(folder, CACHE)).map((name) => path.join(folder, CACHE, name));

test('what is loaded from the second start on is what was loaded at the first', () => {
  expect(start()).toEqual(SAID);
  const [file = ''] = keptFiles();
  const kept = readFileSync(file);

  expect(start()).toEqual(SAID);

  expect(keptFiles()).toEqual([file]);
  expect(readFileSync(file).equals(kept)).toBe(true);
});

test('what has changed is compiled anew', () => {
  start();
  const changed = FILES['own/thing.ts'].replace('typed', 'other');
  write('own/thing.ts', changed);
  write('node_modules/pack/values.js', FILES['node_modules/pack/values.js'].replace('1;', '2;'));

  expect(start()).toEqual({ ...SAID, value: 2, thing: { name: 'other' } });
  expect(start()).toEqual({ ...SAID, value: 2, thing: { name: 'other' } });
});

test('what was a script may be a module the next time', () => {
  const esm = 'node_modules/esm/package.json';
  write(esm, FILES[esm].replace('module', 'commonjs'));
  write('node_modules/esm/main.js', "exports.kind = 'a script';");
  expect(start()).toEqual({ ...SAID, esm: 'a script' });

  write(esm, FILES[esm]);
  write('node_modules/esm/main.js', FILES['node_modules/esm/main.js']);

  expect(start()).toEqual(SAID);
});

function damageInside(file: string): void {
  const kept = readFileSync(file);
  kept.subarray(-5_000).fill(7);
  writeFileSync(file, kept);
}

test.each([
  ['is cut short', (file: string) => truncateSync(file, 1_000)],
  ['is empty', (file: string) => truncateSync(file, 0)],
  ['is damaged inside', damageInside],
  ['is something else', (file: string) => writeFileSync(file, '{"not": "this"}'.repeat(100))],
])('a kept file that %s counts as none and is made anew', (_, damage) => {
  start();
  const [file = ''] = keptFiles();
  const { length } = readFileSync(file);
  damage(file);

  expect(start()).toEqual(SAID);

  expect(readFileSync(file).length).toBeGreaterThan(length * 0.9);
  expect(start()).toEqual(SAID);
});

test('where nothing can be kept, everything works all the same', () => {
  write('node_modules/.cache', 'a file where the folder should be');

  expect(start()).toEqual(SAID);
  expect(start()).toEqual(SAID);
  expect(existsSync(path.join(folder, CACHE))).toBe(false);
});

test('an import that is nowhere is told as Node tells it', () => {
  write('main.ts', "import './nowhere';");
  const args = ['--require', './hooks/typescript.cjs', './main.ts'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  expect(status).toBe(1);
  expect(stderr).toContain("Cannot find module './nowhere'");
});

test('what serverless.ts imports is what the plugins import, compiled once', () => {
  cpSync(path.join(ROOT, 'serverless.cjs'), path.join(folder, 'serverless.cjs'));
  write('serverless.ts', "import { thing } from './own/thing';\nexport default { thing };");
  const framework = `
    const { thing } = require('./serverless.cjs');
    console.log(thing === require('./own/thing.ts').thing);`;
  write('framework.cjs', framework);
  const options = { cwd: folder, encoding: 'utf8' } as const;

  expect(execFileSync(process.execPath, ['./framework.cjs'], options)).toBe('true\n');
});
