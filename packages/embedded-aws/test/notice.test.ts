import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

// The Apache License 2.0, section 4, asks of who redistributes data for its notices.

const ROOT = path.join(__dirname, '..');
const NOTICE = readFileSync(path.join(ROOT, 'NOTICE'), 'utf8');

const dataFiles = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => path.posix.join('src', ...file.split(path.sep)))
  .sort();

test('NOTICE names every file of data in src, and no other', () => {
  const named = NOTICE.match(/src\/\S+\.json/g) ?? [];

  expect(dataFiles.length).toBeGreaterThan(0);
  expect(named.sort()).toEqual(dataFiles);
});

test.each(dataFiles)('%s tells in its first lines whose it is', (file) => {
  const { '//': head } = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));

  expect(head).toMatch(/from \S+ .*Copyright .*Apache License 2\.0/);
});
