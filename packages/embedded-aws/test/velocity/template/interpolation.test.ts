import { render } from '../rendering';

const DECLARED =
  '#set($a = "A")#set($map = {"k": "v"})#define($block)<$a>#end#define($self)($self)#end';

test.each([
  ['$a', 'A'],
  ['$a$a', 'AA'],
  ['x${a}y', 'xAy'],
  ['$a ', 'A '],
  [' ', ' '],
  ['$map.k and $map', 'v and {k=v}'],
  ['$map.missing|$missing|$!missing', '||'],
  ['\\$a', '$a'],
  ['\\\\$a', '\\A'],
  ['$block', '<A>'],
  ['[$block$block]', '[<A><A>]'],
  ['$self', '(($self))'],
  ['$a.replace("A", "$a$a")', 'AA'],
  ['#if($a == "A")yes#else no#end', 'yes'],
  ['#foreach($i in [1, 2])$i$foreach.hasNext #end', '1true 2false '],
  ['$ $1 $a. #', '$ $1 A. #'],
])('in quotes %s is %j', (text, expected) => {
  const quoted = text.replaceAll('"', '""');

  expect(render(`${DECLARED}#set($t = "${quoted}")[$t]`)).toBe(`[${expected}]`);
});

test('what is put together in quotes prints nothing by itself', () => {
  expect(render(`${DECLARED}[#set($t = "$block$a")]`)).toBe('[]');
});

test('a text that doubles itself in quotes ends at the limit', () => {
  const doubled = '#set($t = "$t$t")'.repeat(30);

  expect(() => render(`#set($t = "0123456789abcdef")${doubled}`)).toThrow(/grew past|steps/);
});
