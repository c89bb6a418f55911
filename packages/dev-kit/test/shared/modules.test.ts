import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Modules {
  require(file: string): unknown;
  requireAnew(file: string): unknown;
  forgetTests(): void;
}
const { sharesModules } = require('../../jest/shared/workers.cjs') as {
  sharesModules(): boolean;
};
const { modulesFor } = require('../../jest/shared/modules.cjs') as {
  modulesFor(root: string): Modules;
};

/** With --runInBand, Jest's own `require` stands in for Node's. */
const inNode = sharesModules() ? test : test.skip;

let root: string;
beforeEach(() => {
  // A folder above the repository may have any name.
  root = path.join(mkdtempSync(path.join(tmpdir(), 'modules-')), 'test', 'repository');
  for (const file of ['src/a', 'test/a', 'test/support/a', 'node_modules/a/test/a']) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, `${file}.cjs`), 'module.exports = { of: module.id };');
  }
});
afterEach(() => rmSync(path.join(root, '..', '..'), { recursive: true }));

const file = (name: string) => path.join(root, `${name}.cjs`);

inNode.each([
  ['a source', 'src/a'],
  ['what is installed, its folder `test` too', 'node_modules/a/test/a'],
])('%s is loaded once for all test files', (_, name) => {
  const modules = modulesFor(root);
  const first = modules.require(file(name));
  modules.forgetTests();

  expect(modules.require(file(name))).toBe(first);
});

inNode.each(['test/a', 'test/support/a'])('%s is loaded once in each test file', (name) => {
  const modules = modulesFor(root);
  const first = modules.require(file(name));
  expect(modules.require(file(name))).toBe(first);
  modules.forgetTests();

  expect(modules.require(file(name))).not.toBe(first);
});

inNode('what was there before the test file, as its environment is, stays', () => {
  const first = modulesFor(root).require(file('test/support/a'));
  const modules = modulesFor(root);
  modules.require(file('test/a'));
  modules.forgetTests();

  expect(modules.require(file('test/support/a'))).toBe(first);
});

inNode('no module holds those of a test file that is done', () => {
  const modules = modulesFor(root);
  writeFileSync(file('src/b'), "exports.load = () => require('../test/a.cjs');");
  (modules.require(file('src/b')) as { load(): unknown }).load();
  modules.forgetTests();

  const held = require.cache[file('src/b')]?.children.map(({ filename }) => filename);
  expect(held).toEqual([]);
});

inNode('a module is run again where that is asked for', () => {
  const modules = modulesFor(root);
  const first = modules.require(file('src/a'));

  expect(modules.requireAnew(file('src/a'))).not.toBe(first);
});
