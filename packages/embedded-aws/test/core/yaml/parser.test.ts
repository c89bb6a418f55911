import { parseYaml, type YamlNode } from '../../../src/core/yaml/parser';
import { YamlError } from '../../../src/core/yaml/yaml-error';

/** A node as plain data: scalars as text, mappings as lists of pairs, tags in front. */
function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  const tagged = (value: unknown) => (node.tag === undefined ? value : { [node.tag]: value });
  if (node.kind === 'alias') return `*${node.name}`;
  if (node.kind === 'scalar') return tagged(node.value);
  if (node.kind === 'sequence') return tagged(node.items.map(plain));
  return tagged(Object.fromEntries(node.items.map(([key, value]) => [plain(key), plain(value)])));
}

function errorOf(text: string): YamlError {
  try {
    parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

// All as SnakeYAML 1.33 composes them, places of errors included.
describe('the nodes of a document', () => {
  it.each([
    ['nothing', '# a comment', undefined],
    [
      'collections in blocks',
      'a:\n  - b\n  - c: d\n    e:\n    - f',
      { a: ['b', { c: 'd', e: ['f'] }] },
    ],
    ['sequences in sequences', '- - a\n  - b\n-\n  - c', [['a', 'b'], ['c']]],
    ['pairs in a flow sequence', '[a: b, ? c, {}]', [{ a: 'b' }, { c: '' }, {}]],
    ['keys without values in flow', '{a, "b":c, ? d : e, f: }', { a: '', b: 'c', d: 'e', f: '' }],
    ['keys with a question mark', '? a\n: b\n? c', { a: 'b', c: '' }],
    [
      'tags',
      'a: !Sub b\nc: !If [!Ref d]\n!!str e: !!map {}',
      {
        a: { '!Sub': 'b' },
        c: { '!If': [{ '!Ref': 'd' }] },
        '[object Object]': { 'tag:yaml.org,2002:map': {} },
      },
    ],
    ['handles of tags', '%TAG !e! tag:e,2000:\n---\na: !e!b c', { a: { 'tag:e,2000:b': 'c' } }],
    ['colons within words', 'a: b:c\nurl: http://x/y', { a: 'b:c', url: 'http://x/y' }],
    ['an alias', '[&a b, *a]', ['b', '*a']],
  ])('%s', (_, text, expected) => {
    expect(plain(parseYaml(text))).toEqual(expected);
  });

  it.each([
    ['a value in a value', 'a: b: c', 0, 4],
    ['a key that is none', 'a: 1\nb\nc: 2', 2, 0],
    ['a bracket of the other kind', 'a: [b}', 0, 5],
    ['a bracket that nothing opened', 'a: 1\n]', 1, 0],
    ['an entry behind a value', 'a: - b', 0, 3],
    ['a reserved character', 'a: @b', 0, 3],
    ['a quote that does not end', 'a: "b', 0, 5],
    ['a document separator in quotes', 'a: "b\n--- c"', 1, 0],
    ['another document', 'a: 1\n--- b', 1, 0],
    ['YAML 2', '%YAML 2.0\n---\na: b', 0, 0],
    ['a control character', 'a: b\u0007', 0, 4],
    ['characters beyond the basic plane, which count as one', '"\u{1F600}" @', 0, 4],
  ])('refuses %s, and tells where', (_, text, line, column) => {
    expect(errorOf(text).mark).toEqual({ line, column });
  });

  it.each([
    ['open brackets', '['.repeat(100_000)],
    ['nested entries', '- '.repeat(100_000)],
    ['many keys', 'a: b\n'.repeat(50_000)],
    ['one long word', `a: ${'x'.repeat(1_000_000)}`],
  ])('takes linear time for %s', (_, text) => {
    const begin = performance.now();
    try {
      parseYaml(text);
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
    }
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});
