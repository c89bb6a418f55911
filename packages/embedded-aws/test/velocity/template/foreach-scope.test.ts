import { render } from '../rendering';

describe('$foreach as a map', () => {
  it.each([
    ['it stores values', '$foreach.put("a", 1) $foreach.get("a") $foreach.a', ' 1 1'],
    ['it starts empty', '$foreach $foreach.size() $foreach.isEmpty()', '{} 0 true'],
    ['it prints its values', '#set($foreach.a = 1)$foreach $foreach.keySet()', '{a=1} [a]'],
    ['its own properties take precedence', '#set($foreach.index = 9)$foreach.index', '0'],
    [
      'it looks up values in enclosing loops',
      '#set($foreach.a = 1)#foreach($y in [1])$foreach.a#end',
      '1',
    ],
    [
      'it has methods for its properties',
      '$foreach.getIndex() $foreach.hasNext() $foreach.isLast()',
      '0 false true',
    ],
  ])('%s', (_, block, expected) => {
    expect(render(`#foreach($x in [7])${block}#end`)).toBe(expected);
  });
});
