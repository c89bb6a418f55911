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
  [
    'a line of a template',
    { t: 'a\nb\nc\n' },
    { t: 'a\nB\nc\n' },
    't differs in line 2: "B", declared as "b"',
  ],
  ['a line more', { t: 'a\n' }, { t: 'a\nb' }, 't differs in line 2: "b", declared as ""'],
])('%s is told with its place', (_, declared, live, expected) => {
  expect(what(declared, live)).toEqual([expected]);
});

describe('texts that look the same are told apart', () => {
  test.each([
    ['a carriage return', 'a\r\nb\n', 'a\nb\n', 't differs in line 1: "a", declared as "a\\r"'],
    ['an end of line', 'a\n', 'a', 't differs in line 2: nothing, declared as ""'],
    ['one that is added', 'a\nb', 'a\nb\n', 't differs in line 3: "", declared as nothing'],
    ['a tab', 'a b', 'a\tb', 't is "a\\tb", declared as "a b"'],
    ['a space that does not break', 'a b', 'a\u00a0b', 't is "a\\u00a0b", declared as "a b"'],
    ['a byte order mark', '{}', '\ufeff{}', 't is "\\ufeff{}", declared as "{}"'],
    ['a space without width', 'ab', 'a\u200bb', 't is "a\\u200bb", declared as "ab"'],
    ['a selector of variants', 'a', 'a\ufe0f', 't is "a\\ufe0f", declared as "a"'],
    ['a tag beyond 16 bits', 'a', 'a\u{e0041}', 't is "a\\udb40\\udc41", declared as "a"'],
    [
      'a letter with its accent apart',
      'caf\u00e9',
      'cafe\u0301',
      't is "cafe\\u0301", declared as "caf\\u00e9"',
    ],
    ['letters that are seen stay', 'é\n', 'ü\n', 't differs in line 1: "ü", declared as "é"'],
  ])('%s', (_, declared, live, expected) => {
    expect(what({ t: declared }, { t: live })).toEqual([expected]);
  });

  test('far into a long line', () => {
    const line = 'x'.repeat(200);

    expect(what({ t: `${line} y\n` }, { t: `${line}\u00a0y\n` })).toEqual([
      `t differs in line 1: …${'x'.repeat(20)}\\u00a0y", declared as …${'x'.repeat(20)} y"`,
    ]);
  });
});

test('long values are cut', () => {
  expect(what({ a: 'x' }, { a: 'y'.repeat(500) })[0]?.length).toBeLessThan(150);
});
