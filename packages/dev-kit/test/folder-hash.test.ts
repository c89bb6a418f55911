import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderHash } from '../testing/folder-hash';

const root = mkdtempSync(path.join(tmpdir(), 'folder-hash-'));
afterAll(() => rmSync(root, { recursive: true }));

function folder(name: string): string {
  const made = path.join(root, name);
  mkdirSync(path.join(made, 'src'), { recursive: true });
  writeFileSync(path.join(made, 'src', 'a.ts'), 'a');
  writeFileSync(path.join(made, 'package.json'), '{}');
  return made;
}

test('folders with the same files have the same hash', () => {
  expect(folderHash(folder('one'))).toBe(folderHash(folder('other')));
});

test.each<[string, (made: string) => void]>([
  ['another content', (made) => writeFileSync(path.join(made, 'src', 'a.ts'), 'b')],
  [
    'another name',
    (made) => renameSync(path.join(made, 'src', 'a.ts'), path.join(made, 'src', 'b.ts')),
  ],
  ['one more', (made) => writeFileSync(path.join(made, 'b.ts'), '')],
  ['one less', (made) => rmSync(path.join(made, 'package.json'))],
])('%s is another hash', (what, change) => {
  const made = folder(what);
  const before = folderHash(made);
  change(made);

  expect(folderHash(made)).not.toBe(before);
});
