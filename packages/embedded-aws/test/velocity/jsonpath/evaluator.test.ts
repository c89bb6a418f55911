import { failing, failureOf, render } from '../rendering';

const BODY = JSON.stringify({
  store: {
    books: [
      { title: 'A', price: 8, tags: ['x', 'y'] },
      { title: 'B', price: 12.5, isbn: '1-2' },
      { title: 'C', price: 20, isbn: null },
    ],
    'bicycle-red': { price: 19.95 },
  },
  limit: 10,
  name: 'näme',
});

const select = (path: string) => render(`$input.json("${path}")`, { body: BODY });

describe('JSONPath', () => {
  it.each([
    ['$.limit', '10'],
    ['$.store.bicycle-red.price', '19.95'],
    ["$['store']['bicycle-red']", '{"price":19.95}'],
    ["$['limit','name']", '{"limit":10,"name":"näme"}'],
    ["$['limit' , 'nope']", '{"limit":10}'],
    ['$.store.books[0].title', '"A"'],
    ['$.store.books[ 1 ].title', '"B"'],
    ['$.store.books[*].title', '["A","B","C"]'],
    ['$.store.books.*.title', '["A","B","C"]'],
    ['$.store.books[0,2].title', '["A","C"]'],
    ['$.store.books[1:].title', '["B","C"]'],
    ['$.store.books[:1].title', '["A"]'],
    ['$.store.books[0:2].title', '["A","B"]'],
    ['$.store.books[-1:].title', '["C"]'],
    ['$.store.books[:-2].title', '["A"]'],
    ['$.store.books[*].isbn', '["1-2",null]'],
    ['$..price', '[8,12.5,20,19.95]'],
    ['$..books[0].title', '["A"]'],
    ['$.store..tags', '[["x","y"]]'],
    ['$.*', undefined],
    ['limit', '10'],
    [' $.limit ', '10'],
    ['@.limit', '10'],
    ['$.store.books[?(@.isbn)].title', '["B"]'],
    ['$.store.books[?(!@.isbn)].title', '["A","C"]'],
    ['$.store.books[?(@.price > 10)].title', '["B","C"]'],
    ['$.store.books[?(@.price <= 12.5)].title', '["A","B"]'],
    ["$.store.books[?(@.title == 'B')].price", '[12.5]'],
    ["$.store.books[?(@.title != 'B')].title", '["A","C"]'],
    ['$.store.books[?(@.price < $.limit)].title', '["A"]'],
    ['$.store.books[?(@.isbn == null)].title', '["C"]'],
    ["$.store.books[?(@.price > 10 && @.title == 'C')].title", '["C"]'],
    ["$.store.books[?(@.price < 10 || @.title == 'C')].title", '["A","C"]'],
    ['$.store.books[?(@.title =~ /[bc]/i)].title', '["B","C"]'],
    ["$.store.books[0].tags[?(@ == 'x')]", '["x"]'],
    ['$.store.bicycle-red[?(@.price > 1)]', '[{"price":19.95}]'],
  ])('%s', (path, expected) => {
    if (expected === undefined) expect(select(path)).toContain('"näme"');
    else expect(select(path)).toBe(expected);
  });

  it.each([
    '$.nope',
    '$.limit.nope',
    '$.store.books[9]',
    '$.store.nope[0]',
    '$.store.books[0,9]',
    "$.name['x','y']",
  ])('%s does not exist: an empty JSON string, and nothing', (path) => {
    expect(select(path)).toBe('""');
    expect(render(`[$input.path("${path}")]`, { body: BODY })).toBe('[]');
  });

  it('returns lists for indefinite paths, even if they select nothing', () => {
    expect(select('$.nope[*]')).toBe('[]');
    expect(select('$..nope')).toBe('[]');
    expect(select('$.limit.*')).toBe('[]');
  });

  it.each([
    ['no root', '$x'],
    ['a scan at the end', '$..'],
    ['blanks', '$.a b'],
    ['an unclosed bracket', '$.a['],
    ['an unknown subscript', '$.a[x]'],
    ['several properties before others', "$.store['books','x'].a"],
    ['an index into a value that is not an array', '$.store[0]'],
    ['a filter on a value that is neither an array nor an object', '$.limit[?(@.x)]'],
    ['an unclosed filter', '$.store.books[?(@.x'],
    ['nothing', ''],
  ])('fails for %s', (_, path) => {
    expect(failureOf(`$input.json("${path}")`, { body: BODY })).toBe('evaluation');
  });

  it.each([
    '$.store.books.length()',
    '$.store.books[-1]',
    '$.store.books[-2:-1]',
    '$.store.books[(@.length-1)]',
    '$.store.books[?(@.title in [1])]',
    '$.store.books[?((@.title))]',
    "$.store['it's']",
  ])('refuses %s, on which versions of Jayway disagree', (path) => {
    const error = failing(`$input.json("${path}")`, { body: BODY });

    expect(error.message).toMatch(/not implemented by the embedded API Gateway|InvalidPath/);
  });

  it('refuses names in double quotes', () => {
    expect(failing('$input.json(\'$["limit"]\')', { body: BODY }).message).toContain(
      'not implemented',
    );
  });

  it('refuses scans that multiply without limit', () => {
    let body = '1';
    for (let depth = 0; depth < 14; depth++) body = `[${body},${body}]`;

    expect(failing(`$input.json('$${'..*'.repeat(7)}')`, { body }).message).toContain(
      'took more than',
    );
  });
});

it('evaluates a path for each of many elements, twice', () => {
  const body = JSON.stringify({ a: Array.from({ length: 1_000 }, (_, index) => ({ b: index })) });
  const loop = '#foreach($x in $input.path("$.a"))$input.json("$.a[$foreach.index].b")#end';
  const once = Array.from({ length: 1_000 }, (_, index) => index).join('');

  expect(render(loop + loop, { body })).toBe(once + once);
});
