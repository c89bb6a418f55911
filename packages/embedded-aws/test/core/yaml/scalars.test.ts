import { parseYaml } from '../../../src/core/yaml/parser';
import { YamlError } from '../../../src/core/yaml/yaml-error';

function read(text: string): string | undefined {
  const root = parseYaml(text);
  if (root?.kind !== 'mapping') throw new Error('no mapping');
  const value = root.items[0]?.[1];
  return value?.kind === 'scalar' ? value.value : undefined;
}

// As SnakeYAML 1.33 reads them.
describe('the text of a scalar', () => {
  it.each([
    ['a plain one over several lines', 'a: b\n  c\n\n  d\nx: y', 'b c\nd'],
    ['a literal block', 'a: |\n  b\n   c\n\n  d\n', 'b\n c\n\nd\n'],
    ['a block that strips its end', 'a: |-\n  b\n\n\n', 'b'],
    ['a block that keeps its end', 'a: |+\n  b\n\n\nx: y', 'b\n\n\n'],
    ['a block with an indentation of its own', 'a: |2+\n    b\n', '  b\n'],
    ['a folded block', 'a: >\n  b\n  c\n\n  d\n    e\n  f\n', 'b c\nd\n  e\nf\n'],
    ['a block with a comment in its header', 'a: | # c\n  b\n', 'b\n'],
    ['single quotes', "a: 'it''s\n  b\n\n  c'", "it's b\nc"],
    [
      'double quotes',
      'a: "b\\n\\x41\\u00e9\\U0001F600\\/\\\n   c\n  d"',
      'b\nA\u00e9\u{1F600}/c d',
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['an unknown escape', 'a: "\\q"'],
    ['half an escape', 'a: "\\u12"'],
    ['no Unicode', 'a: "\\UFFFFFFFF"'],
    ['a header that is none', 'a: |x\n  b'],
    ['text behind a header', 'a: | x\n  b'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(YamlError);
  });
});
