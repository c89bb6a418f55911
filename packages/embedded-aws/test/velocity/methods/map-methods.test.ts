import { render } from '../rendering';

/** Calls a method of the map `{a=1, b=2}` as `$m`, and prints the map afterwards. */
const call = (expression: string) => render(`#set($m = {'a': 1, 'b': 2})$m.${expression} $m`);

describe('java.util.LinkedHashMap', () => {
  it.each([
    ['size()', '2 {a=1, b=2}'],
    ['isEmpty()', 'false {a=1, b=2}'],
    ["get('a')", '1 {a=1, b=2}'],
    ["put('c', 3)", ' {a=1, b=2, c=3}'],
    ["put('a', 3)", '1 {a=3, b=2}'],
    ["getOrDefault('z', 0)", '0 {a=1, b=2}'],
    ["putIfAbsent('a', 3)", '1 {a=1, b=2}'],
    ["putIfAbsent('c', 3)", ' {a=1, b=2, c=3}'],
    ["putAll({'c': 3, 'a': 0})", ' {a=0, b=2, c=3}'],
    ["remove('a')", '1 {b=2}'],
    ["remove('a', 2)", 'false {a=1, b=2}'],
    ["replace('a', 5)", '1 {a=5, b=2}'],
    ["replace('z', 5)", ' {a=1, b=2}'],
    ["replace('a', 1, 5)", 'true {a=5, b=2}'],
    ["containsKey('a')", 'true {a=1, b=2}'],
    ['containsValue(2)', 'true {a=1, b=2}'],
    ["equals({'b': 2, 'a': 1})", 'true {a=1, b=2}'],
    ['hashCode()', '192 {a=1, b=2}'],
    ['toString()', '{a=1, b=2} {a=1, b=2}'],
    ['clear()', ' {}'],
    ["put('self', $m)", ' {a=1, b=2, self=(this Map)}'],
  ])('%s', (expression, expected) => {
    expect(call(expression)).toBe(expected);
  });

  it('distinguishes keys of different classes', () => {
    const template =
      "#set($m = {1: 'int', '1': 'text', 1.0: 'double', true: 'yes', [1]: 'list'})$m.get(1) $m.get('1') $m.get(1.0) $m.get(true) $m.get([1]) $m.size()";

    expect(render(template)).toBe('int text double yes list 5');
  });
});
