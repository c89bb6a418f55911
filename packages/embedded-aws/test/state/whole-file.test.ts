import fs from 'node:fs';
import path from 'node:path';
import { replaceFile, writeWhole } from '../../src/state/whole-file';
import { folders } from './support';

const folder = folders();

function files(): { readonly from: string; readonly to: string } {
  const directory = folder();
  fs.mkdirSync(directory);
  const [from, to] = [path.join(directory, 'new'), path.join(directory, 'old')];
  fs.writeFileSync(from, 'new');
  fs.writeFileSync(to, 'old');
  return { from, to };
}

/** Refuses a number of times, as Windows does while a scanner holds a file. */
function refusing(times: number, code: string) {
  let left = times;
  return (from: string, to: string): void => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error(code), { code });
    fs.renameSync(from, to);
  };
}

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'a file that is held for a moment is replaced: %s',
  (code) => {
    const { from, to } = files();

    replaceFile(from, to, refusing(2, code));

    expect(fs.readFileSync(to, 'utf8')).toBe('new');
  },
);

test.each([
  ['held for longer', 'EBUSY', 3],
  ['refused for another reason', 'EXDEV', 1],
])("one that is %s is not, and the error is the system's", (_what, code, times) => {
  const { from, to } = files();

  expect(() => replaceFile(from, to, refusing(times, code))).toThrow(code);
  expect(fs.readFileSync(to, 'utf8')).toBe('old');
});

test('a file is written whole, and its draft is gone', () => {
  const { to } = files();

  writeWhole(to, 'newer');

  expect(fs.readFileSync(to, 'utf8')).toBe('newer');
  expect(fs.readdirSync(path.dirname(to)).sort()).toEqual(['new', 'old']);
});
