import { committed, generatedFiles } from '../../scripts/generated-files';
import { fillBlocks, table } from '../../scripts/markdown';

/** Where two texts begin to differ: enough to see the cause, however long they are. */
function firstDifference(is: string, shouldBe: string) {
  const [lines, wanted] = [is.split('\n'), shouldBe.split('\n')];
  const at = wanted.findIndex((line, index) => line !== lines[index]);
  if (at === -1 && lines.length === wanted.length) return undefined;
  const index = at === -1 ? wanted.length : at;
  return { line: index + 1, is: lines[index], shouldBe: wanted[index] };
}

test.each(Object.entries(generatedFiles))('%s is current (npm run generate)', (file, content) => {
  expect(firstDifference(committed(file), content())).toBeUndefined();
});

test('only the first line that differs is shown', () => {
  const document = ['a', 'b', 'c'].join('\n');

  expect(firstDifference(document, document)).toBeUndefined();
  expect(firstDifference('a\nx\ny', document)).toEqual({ line: 2, is: 'x', shouldBe: 'b' });
  expect(firstDifference('a\nb', document)).toEqual({ line: 3, is: undefined, shouldBe: 'c' });
  expect(firstDifference('a\nb\nc\nd', document)).toEqual({
    line: 4,
    is: 'd',
    shouldBe: undefined,
  });
});

const PAGE = 'Before\n<!-- generated: names -->\nold\n<!-- /generated -->\nAfter\n';

test('a block is replaced, and what a person wrote stays', () => {
  const filled = fillBlocks(PAGE, { names: () => 'new' });

  expect(filled).toBe('Before\n<!-- generated: names -->\n\nnew\n\n<!-- /generated -->\nAfter\n');
  expect(fillBlocks(filled, { names: () => 'new' })).toBe(filled);
});

test.each([
  ['nothing writes it', {}, "Nothing writes the block 'names'."],
  ['the page has none', { names: () => '', more: () => '' }, 'The page has no block more.'],
])('a block is refused where %s', (_, blocks, message) => {
  expect(() => fillBlocks(PAGE, blocks)).toThrow(message);
});

test('a table has columns of one width', () => {
  expect(table(['a', 'long'], [['longer', 'b']])).toBe(
    '| a      | long |\n| ------ | ---- |\n| longer | b    |',
  );
});
