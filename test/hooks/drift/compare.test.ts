import { compare } from '../../../hooks/drift/compare';

const what = (declared: unknown, live: unknown) =>
  compare('x', declared, live).map((difference) => difference.what);

test.each([
  ['the same', { a: [1, { b: 'c' }] }, { a: [1, { b: 'c' }] }],
  ['empty and absent', { a: {}, b: [], c: false, d: '' }, {}],
  ['a number and its text', { a: 5, b: true }, { a: '5', b: 'true' }],
  ['nothing at all', undefined, undefined],
])('%s is no difference', (_, declared, live) => {
  expect(what(declared, live)).toEqual([]);
});

test.each([
  ['a changed value', { a: { b: 'x' } }, { a: { b: 'y' } }, 'a.b is "y", declared as "x"'],
  ['one that was taken away', { a: 'x' }, {}, 'a is missing'],
  ['one that was added', {}, { a: 'x' }, 'a was added: "x"'],
  ['an item of a list', { a: ['x', 'y'] }, { a: ['x', 'z'] }, 'a[1] is "z", declared as "y"'],
  ['a list that grew', { a: ['x'] }, { a: ['x', 'y'] }, 'a is ["x","y"], declared as ["x"]'],
  ['all of it', { a: 'x' }, undefined, 'it is missing'],
  ['a line of a template', { t: 'a\nb\nc\n' }, { t: 'a\nB\nc\n' }, 't differs in line 2: "B"'],
  ['a line more', { t: 'a\n' }, { t: 'a\nb' }, 't differs in line 2: "b"'],
])('%s is told with its place', (_, declared, live, expected) => {
  expect(what(declared, live)).toEqual([expected]);
});

test('long values are cut', () => {
  expect(what({ a: 'x' }, { a: 'y'.repeat(500) })[0]?.length).toBeLessThan(150);
});
