import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { helpText } from '../../src/command-line';

const PACKAGE = path.join(__dirname, '..', '..');
const readme = readFileSync(path.join(PACKAGE, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));

const tableCells = () =>
  readme
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|')[1] ?? '')
    .join();

test('README has every option of --help', () => {
  const options = Array.from(helpText().matchAll(/^ .*(--[a-z-]+)/gm), ([, option = '']) => option);

  expect(options.length).toBeGreaterThan(5);
  expect(options.filter((option) => !tableCells().includes(option))).toEqual([]);
});

test('README has every export, and no other', () => {
  const exported = Object.keys(manifest.exports)
    .filter((name) => name !== './main' && name !== './package.json')
    .map((name) => path.posix.join(manifest.name, name));
  const listed = Array.from(tableCells().matchAll(/`(embedded-aws[^`]*)`/g), ([, name]) => name);

  expect(listed.sort()).toEqual(exported.sort());
});

test.each(['README.md', 'CHANGELOG.md', 'docs/README.md'])('links of %s lead to files', (page) => {
  const text = readFileSync(path.join(PACKAGE, page), 'utf8');
  const links = Array.from(text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g), ([, link = '']) => link);

  const lost = links.filter((link) => !existsSync(path.join(PACKAGE, path.dirname(page), link)));
  expect(lost).toEqual([]);
});

test('README names the versions of Node', () => {
  expect(readme).toContain(`Node \`${manifest.engines.node}\``);
});
