import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readJsonFile } from '../../../resources/contracts/json-file';

const folder = mkdtempSync(path.join(tmpdir(), 'json-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (text: string) => {
  writeFileSync(path.join(folder, 'a.json'), text);
  return readJsonFile(folder, 'a.json', 'orders.schema');
};

test('a file is its text and its value, without the mark that editors put before it', () => {
  expect(read('\uFEFF{"a": [1.50, "ü"]}\n')).toEqual({
    text: '{"a": [1.50, "ü"]}\n',
    value: { a: [1.5, 'ü'] },
  });
});

test.each([
  ['{\n  "a": 1,\n}', '3:1'],
  ['{"a": [1, 2}', '1:12'],
  ['{"a": 1\n"b": 2}', '2:1'],
  ["{'a': 1}", '1:2'],
  ['{"a": 01}', '1:7'],
  ['{"a": "x\ty"}', '1:7'],
  ['{"a": tru}', '1:7'],
  ['{"a": [{"b": {}}, []], "c"}', '1:27'],
  ['[1,]', '1:4'],
  ['// a comment\n{}', '1:1'],
  ['{} {}', '1:4'],
  ['{"a": ', '1:7'],
  ['', '1:1'],
])('%j stops being JSON at %s', (text, place) => {
  expect(() => read(text)).toThrow(`a.json:${place} is not JSON (orders.schema).`);
});

test('a file that is missing is named, with where paths begin', () => {
  expect(() => readJsonFile(folder, 'schemas/order.json', 'orders.schema')).toThrow(
    "streams.ts: orders.schema is 'schemas/order.json', which does not exist. Paths begin at the folder of serverless.ts.",
  );
});

test('a folder is no file', () => {
  expect(() => readJsonFile(folder, '.', 'orders.schema')).toThrow('cannot be read (EISDIR)');
});
