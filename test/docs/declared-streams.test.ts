import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const read = (...parts: string[]) => readFileSync(path.join(ROOT, ...parts), 'utf8');

test('the table of errors has every error that the code has, and no other', () => {
  const thrown = read('hooks', 'streams', 'check.ts').matchAll(/'(STREAM_[A-Z_]+)'/g);
  const [, table = ''] = read('docs', 'declared-streams.md').split('## Errors');
  const told = table.matchAll(/`(STREAM_[A-Z_]+)`/g);
  const codes = (found: IterableIterator<RegExpMatchArray>) =>
    [...new Set([...found].map(([, code]) => code))].sort();
  expect(codes(told)).toEqual(codes(thrown));
});
