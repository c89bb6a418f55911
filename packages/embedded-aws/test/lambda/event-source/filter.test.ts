import { compileFilters } from '../../../src/lambda/event-source/filter/criteria';

/** True if data matches a pattern of the key `data`. */
const matches = (pattern: unknown, data: unknown): boolean =>
  compileFilters([JSON.stringify({ data: pattern })])?.(
    Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)),
  ) ?? true;

describe('a filter', () => {
  test.each<readonly [string, unknown, unknown, unknown]>([
    ['a text', { type: ['kauf', 'verkäufe'] }, { type: 'verkäufe' }, { type: 'Kauf' }],
    ['a number', { n: [1] }, { n: 1 }, { n: '1' }],
    ['null', { a: [null] }, { a: null }, {}],
    ['an empty text', { a: [''] }, { a: '' }, { a: null }],
    ['members of members', { a: { b: [true] } }, { a: { b: true } }, { a: [true] }],
    ['every member', { a: [1], b: [2] }, { a: 1, b: 2, c: 3 }, { a: 1 }],
    ['an element of a list', { a: [3] }, { a: [1, 3] }, { a: [[]] }],
    ['an object in a list', { a: { b: [2] } }, { a: [{ b: 1 }, { b: 2 }] }, { a: [] }],
    ['prefix', { a: [{ prefix: 'gr' }] }, { a: 'größe' }, { a: 'Größe' }],
    ['suffix', { a: [{ suffix: '.png' }] }, { a: 'x.png' }, { a: 5 }],
    [
      'prefix in any case',
      { a: [{ prefix: { 'equals-ignore-case': 'GR' } }] },
      { a: 'Größe' },
      { a: 'x' },
    ],
    ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'Ä' }] }, { a: 'ä' }, { a: 'a' }],
    ['anything-but', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, { a: 'x' }],
    ['anything-but a number', { a: [{ 'anything-but': 5 }] }, { a: 6 }, {}],
    [
      'anything-but a prefix',
      { a: [{ 'anything-but': { prefix: 'x' } }] },
      { a: 'yx' },
      { a: 'xy' },
    ],
    ['numeric', { a: [{ numeric: ['>', 1, '<=', 2] }] }, { a: 2 }, { a: 1 }],
    ['numeric equality', { a: [{ numeric: ['=', 1] }] }, { a: 1.0 }, { a: '1' }],
    ['exists', { a: [{ exists: true }] }, { a: null }, { b: 1 }],
    ['does not exist', { a: [{ exists: false }] }, { b: 1 }, { a: 0 }],
    ['one of several members', { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, { a: 2, b: 1 }],
  ])('knows %s', (_what, pattern, wanted, other) => {
    expect([matches(pattern, wanted), matches(pattern, other)]).toEqual([true, false]);
  });

  test.each([
    ['no JSON', 'text'],
    ['bytes', '\uFFFD\u0000'],
    ['a text', '"a"'],
    ['a list', '[{"a":1}]x'],
    ['null', 'null'],
    ['nothing', ''],
  ])('drops data that is %s', (_what, data) => {
    expect(matches({ a: [{ exists: false }] }, data)).toBe(false);
  });

  test('looks into arrays, however deep a sender has nested them', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth)}1${']'.repeat(depth)}}`;

    expect([2, 500_000].map((depth) => matches({ a: [1] }, nested(depth)))).toEqual([true, true]);
  });

  test('is one of several: a record needs to match one', () => {
    const filter = compileFilters(['{"data":{"a":[1]}}', '{"data":{"a":[2]}}']);

    expect([1, 2, 3].map((a) => filter?.(Buffer.from(JSON.stringify({ a }))))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    'x',
    '[]',
    '{}',
    '{"data":{}}',
    '{"data":"a"}',
    '{"data":["a"]}',
    '{"data":{"a":"b"}}',
    '{"data":{"a":[]}}',
    '{"data":{"a":[[1]]}}',
    '{"data":{"a":[{"like":"b"}]}}',
    '{"data":{"a":[{"prefix":1}]}}',
    '{"data":{"a":[{"numeric":[">"]}]}}',
    '{"data":{"a":[{"numeric":["~",1]}]}}',
    '{"data":{"a":[{"exists":"yes"}]}}',
    '{"data":{"a":[{"anything-but":[]}]}}',
    '{"data":{"a":[{"prefix":"a","suffix":"b"}]}}',
    '{"data":{"$or":[{"a":[1]}]}}',
  ])('is refused if it is not one: %s', (pattern) => {
    expect(() => compileFilters([pattern])).toThrow('Invalid filter pattern definition.');
  });

  test.each([
    ['{"partitionKey":["a"]}', 'filters on partitionKey'],
    ['{"data":{"a":[{"wildcard":"*"}]}}', 'the operator wildcard in filter patterns'],
  ])('is refused by name: %s', (pattern, what) => {
    expect(() => compileFilters([pattern])).toThrow(`The embedded AWS does not implement ${what}`);
  });
});
