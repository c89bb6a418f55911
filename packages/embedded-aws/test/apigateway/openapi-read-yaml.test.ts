import { readYamlDocument } from '../../src/apigateway/openapi/read-yaml';

describe('a document in YAML', () => {
  test.each([
    ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x [1, 2]\nc: *x', { a: [1, 2], c: [1, 2] }],
    ['a: &x text\nc: *x', { a: 'text', c: 'text' }],
    ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
    ['a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}', { a: { b: 1, c: 2 }, d: { b: 3, c: 2 } }],
    [
      'a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}',
      expect.objectContaining({ e: { b: 1, d: 3 } }),
    ],
    ['a: {"<<": 1}', { a: { '<<': 1 } }],
    ['a: 1.0\nb: .5\nc: 010\nd: 1e3', { a: 1, b: 0.5, c: 8, d: 1000 }],
    ['a: 2012-10-17\nb: !!str 1\nc: ! 2\nd: yes', { a: '2012-10-17', b: '1', c: '2', d: true }],
    ['a: 1\na: 2', { a: 2 }],
    ['[{__proto__: 1}]', [JSON.parse('{"__proto__": 1}')]],
    ['', null],
  ])('is read: %j', (text, value) => {
    expect(readYamlDocument(text)).toEqual(value);
  });

  test.each([
    ['an alias of nothing', 'a: *x'],
    ['an alias of what it is in', 'a: &x {b: *x}'],
    ['a list as key', '[a]: 1'],
    ['a text to merge', 'a: {<<: b}'],
  ])('is refused with %s', (_what, text) => {
    expect(() => readYamlDocument(text)).toThrow(expect.objectContaining({ name: 'YamlError' }));
  });
});
