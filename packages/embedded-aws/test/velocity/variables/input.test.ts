import { failing, failureOf, render } from '../rendering';

const params = {
  path: { id: 'from path', both: 'p' },
  querystring: { q: 'from query', both: 'q', low: 'q' },
  header: { 'X-Name': 'from header', both: 'h', low: 'h' },
};

describe('$input.body', () => {
  it.each([
    ['{"a": 1}', '{"a": 1}'],
    ['plain', 'plain'],
    ['', '{}'],
    ['  ', '  '],
  ])('%p is %p', (body, expected) => {
    expect(render('$input.body', { body })).toBe(expected);
  });

  it('is a string, without members', () => {
    expect(render('[$input.body.a]', { body: '{"a": 1}' })).toBe('[]');
  });
});

describe('$input.path and $input.json', () => {
  it.each([
    ['{"a": {"b": [1, "x/y"]}}', '$.a', '{b=[1,"x\\/y"]}', '{"b":[1,"x\\/y"]}'],
    ['{"a": "x"}', '$.a', 'x', '"x"'],
    ['{"a": 1.0}', '$.a', '1.0', '1.0'],
    ['{"a": null}', '$.a', '', 'null'],
    ['{"a": ""}', '$.a', '', '""'],
    ['{}', '$.a', '', '""'],
    ['', '$', '{}', '{}'],
    ['', '$.a', '', '""'],
    ['text', '$', 'text', '"text"'],
    ['text', '$.a', '', '""'],
    ['null', '$', '', 'null'],
    ['true', '$', 'true', 'true'],
    ['  ', '$', '', '""'],
  ])('of %p at %s', (body, path, value, json) => {
    expect(render(`$input.path('${path}')`, { body })).toBe(value);
    expect(render(`$input.json('${path}')`, { body })).toBe(json);
  });

  it('returns the payload itself, which a template may change', () => {
    const template = "#set($p = $input.path('$'))#set($p.a = 2)$input.json('$')";

    expect(render(template, { body: '{"a": 1}' })).toBe('{"a":2}');
  });

  it('fails for malformed JSON, and only when it is read', () => {
    const error = failing("$input.path('$')", { body: '{"a"' });

    expect(error).toMatchObject({
      kind: 'payload',
      message: 'Could not process payload',
      detail: 'Unexpected End Of File position 3: null',
    });
    expect(render('$input.body', { body: '{"a"' })).toBe('{"a"');
  });

  it('fails for a parameter name that is not a string, like Java', () => {
    expect(failureOf('$input.params(1)')).toBe('evaluation');
    expect(failureOf("$input.params('a', 'b')")).toBe('evaluation');
    expect(render('[$input.params(null)]')).toBe('[]');
  });

  it('accepts only a string as a path', () => {
    expect(render('[$input.path(1)][$input.json()][$input.path("$", "$")]')).toBe('[][][]');
    expect(failureOf('$input.path(null)')).toBe('evaluation');
  });
});

describe('$input.params', () => {
  it.each([
    ["$input.params('id')", 'from path'],
    ["$input.params('q')", 'from query'],
    ["$input.params('X-Name')", 'from header'],
    ["$input.params('both')", 'p'],
    ["$input.params('low')", 'q'],
    ["[$input.params('x-name')]", '[]'],
    ["[$input.params('none')]", '[]'],
    ["[$input.params('constructor')][$input.params('__proto__')]", '[][]'],
    ['$input.params().path.id', 'from path'],
    ["$input.params().header.get('X-Name')", 'from header'],
    ['$input.params().querystring', '{q=from query, both=q, low=q}'],
    ['$input.params().keySet()', '[path, querystring, header]'],
    ['#foreach($n in $input.params().path.keySet())$n;#end', 'id;both;'],
    ['[$input][$input.params][$input.nope]', '[][][]'],
  ])('%s', (template, expected) => {
    expect(render(template, { params })).toBe(expected);
  });
});
