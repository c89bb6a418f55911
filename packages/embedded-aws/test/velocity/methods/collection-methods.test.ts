import { failureOf, failureWithPayload, render, renderWithPayload } from '../rendering';

/** Calls a method of the list `[a, b, a]` as `$l`, and prints the list afterwards. */
const call = (expression: string) => render(`#set($l = ['a', 'b', 'a'])$l.${expression} $l`);

describe('java.util.List', () => {
  it.each([
    ['size()', '3 [a, b, a]'],
    ['isEmpty()', 'false [a, b, a]'],
    ['get(1)', 'b [a, b, a]'],
    ["set(1, 'c')", 'b [a, c, a]'],
    ["add('c')", 'true [a, b, a, c]'],
    ["add(0, 'c')", ' [c, a, b, a]'],
    ["addAll(['c', 'd'])", 'true [a, b, a, c, d]'],
    ["addAll(1, ['c'])", 'true [a, c, b, a]'],
    ['addAll([])', 'false [a, b, a]'],
    ['remove(0)', 'a [b, a]'],
    ["remove('a')", 'true [b, a]'],
    ["remove('z')", 'false [a, b, a]'],
    ["removeAll(['a'])", 'true [b]'],
    ["retainAll(['a'])", 'true [a, a]'],
    ["retainAll(['a', 'b'])", 'false [a, b, a]'],
    ["contains('b')", 'true [a, b, a]'],
    ["containsAll(['b', 'z'])", 'false [a, b, a]'],
    ["indexOf('a')", '0 [a, b, a]'],
    ["lastIndexOf('a')", '2 [a, b, a]'],
    ['subList(1, 3)', '[b, a] [a, b, a]'],
    ['subList(0, 2).clear()', ' [a]'],
    ["subList(1, 2).add('c')", 'true [a, b, c, a]'],
    ['clear()', ' []'],
    ['sort(null)', ' [a, a, b]'],
    ['toArray().size()', '3 [a, b, a]'],
    ["equals(['a', 'b', 'a'])", 'true [a, b, a]'],
    ['hashCode()', '126143 [a, b, a]'],
    ['iterator().next()', 'a [a, b, a]'],
    ['clone()', '[a, b, a] [a, b, a]'],
    ['add($l)', 'true [a, b, a, (this Collection)]'],
  ])('%s', (expression, expected) => {
    expect(call(expression)).toBe(expected);
  });

  it.each([
    'get(3)',
    'get(-1)',
    "add(9, 'x')",
    'remove(9)',
    'subList(2, 1)',
    'subList(0, 9)',
    'addAll(null)',
  ])('%s throws', (expression) => {
    expect(failureOf(`#set($l = ['a'])$l.${expression}`)).toBe('evaluation');
  });

  it('a sublist fails after its list was modified', () => {
    const template = '#set($l = [1, 2])#set($w = $l.subList(0, 1))#set($d = $l.add(3))$w';

    expect(failureOf(template)).toBe('evaluation');
  });

  it('JSON arrays print as JSON, lists of a template do not', () => {
    const template = '$r.rows $r.list.toJSONString() $r.rows.subList(1, 2) [$r.rows]';

    expect(renderWithPayload(template)).toBe(
      '[{"id":"r-1"},{"id":"r-2","tag":"x"}] [10,20,30] [{id=r-2, tag=x}] [[{"id":"r-1"},{"id":"r-2","tag":"x"}]]',
    );
  });

  it('Java arrays have the methods of a list of fixed size', () => {
    const template =
      "#set($a = $r.words.split(' '))$a.size() $a[1] $a.get(-0) $a.contains('three') #set($a[0] = '1')$a[0]";

    expect(renderWithPayload(template)).toBe('3 two one true1');
    expect(failureWithPayload("$r.words.split(' ').add('x')")).toBe('evaluation');
    expect(failureWithPayload("#set($a = $r.words.split(' '))#set($a[0] = 1)")).toBe('evaluation');
  });
});

describe('views of a map', () => {
  it.each([
    ['$m.keySet()', '[a, b]'],
    ['$m.values()', '[1, 2]'],
    ['$m.entrySet()', '[a=1, b=2]'],
    ["$m.keySet().contains('a')", 'true'],
    ['$m.values().contains(2)', 'true'],
    ["$m.keySet().remove('a') $m", 'true {b=2}'],
    ['$m.values().removeAll([1]) $m', 'true {b=2}'],
    ["$m.keySet().retainAll(['a']) $m", 'true {a=1}'],
    ['$m.entrySet().clear() $m', ' {}'],
    ["$m.keySet().equals({'b': 0, 'a': 0}.keySet())", undefined],
    ['#set($k = $m.keySet())#set($m.c = 3)$k', '[a, b, c]'],
    [
      '#set($i = $m.entrySet().iterator())$i.next().key $i.hasNext() $i.next().value $i.hasNext()',
      'a true 2 false',
    ],
    ['#foreach($e in $m.entrySet())$e.setValue(9)#end $m', '12 {a=9, b=9}'],
    ['#foreach($e in $m.entrySet())$e.getKey()$e.getValue()$e;#end', 'a1a=1;b2b=2;'],
  ])('%s', (expression, expected) => {
    const template = `#set($m = {'a': 1, 'b': 2})${expression}`;

    if (expected === undefined) expect(failureOf(`#set($x = ${expression})`)).toBe('parse');
    else expect(render(template)).toBe(expected);
  });

  it.each(["keySet().add('c')", "values().addAll(['c'])", 'entrySet().iterator().remove()'])(
    '%s is refused',
    (expression) => {
      expect(failureOf(`#set($m = {'a': 1})$m.${expression}`)).toBe('evaluation');
    },
  );
});
