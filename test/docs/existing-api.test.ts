import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const read = (...parts: string[]) => readFileSync(path.join(ROOT, ...parts), 'utf8');

test('the table of errors has every error that the code has, and no other', () => {
  const folder = path.join('hooks', 'existing-api');
  const files = [path.join('hooks', 'existing-api.ts')].concat(
    readdirSync(path.join(ROOT, folder)).map((file) => path.join(folder, file)),
  );
  const thrown = files.flatMap((file) =>
    [...read(file).matchAll(/new HookError\(\s*'(\w+)'/g)].map(([, code]) => code),
  );
  const told = [...read('docs', 'existing-api.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(
    ([, code]) => code,
  );
  expect(told.toSorted()).toEqual(thrown.toSorted());
});
