import { parseJson } from '../../src/core/parse-json';

test.each([
  ['objects', `[${'{},'.repeat(2_000_000)}{}]`],
  ['arrays', `[${'[],'.repeat(2_000_000)}[]]`],
  ['levels', '['.repeat(2_000_000) + ']'.repeat(2_000_000)],
  ['numbers', `[${'1,'.repeat(8_000_000)}1]`],
  ['what is no JSON', '{'.repeat(2_000_000)],
])('millions of %s are refused', (_, text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test.each([
  ['a long text', JSON.stringify('x'.repeat(20_000_000))],
  ['a batch', JSON.stringify(new Array(500).fill({ Data: 'x'.repeat(20_000), PartitionKey: 'k' }))],
  ['many records', JSON.stringify(new Array(250_000).fill({ data: 'd', key: 'k' }))],
])('%s is read', (_, text) => {
  expect(JSON.stringify(parseJson(text))).toBe(text);
});
