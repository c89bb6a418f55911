import { failureWithPayload, renderWithPayload } from '../rendering';

describe('references', () => {
  it.each([
    ['property', '$r.name', 'Mia'],
    ['formal', '${r.name}s', 'Mias'],
    ['quiet', '$!r.name$!{r.name}', 'MiaMia'],
    ['index', '$r.list[1] $r.rows[1].tag', '20 x'],
    ['negative index, from the end', '$r.list[-1]', '30'],
    ['string index', '$r[\'name\'] $r.map["first"]', 'Mia 1'],
    ['index by reference', '#set($i = 2)$r.list[$i]', '30'],
    ['method', '$r.list.size() $r.name.length()', '3 3'],
    [
      'method with a bare word, which is null',
      '#set($d = $r.map.put("k", null))$r.map',
      '{first=1, second=zwei, k=null}',
    ],
    [
      'property by getter',
      '#foreach($e in $r.map.entrySet())$e.key:$e.value #end',
      'first:1 second:zwei ',
    ],
    ['property by question', '$r.blank.empty $r.name.empty', 'true false'],
    ['hyphens belong to the name', '#set($m = {"a-b": 1})$m.a-b $m.a - b', '1  - b'],
    ['a dot without a name ends it', '$r.name. $r.name.. $r.name.5', 'Mia. Mia.. Mia.5'],
    [
      'a parenthesis ends it',
      '$r(x) $r.name {x}',
      '{name=Mia, count=3, ratio=0.25, long=30000000000, yes=true, no=false, nothing=null, blank=, words=one two three, list=[10,20,30], map={first=1, second=zwei}, rows=[{"id":"r-1"},{"id":"r-2","tag":"x"}]}(x) Mia {x}',
    ],
  ])('%s', (_, template, expected) => {
    expect(renderWithPayload(template)).toBe(expected);
  });

  it.each([
    ['variable', '$x'],
    ['property', '$r.x'],
    ['property of a missing property', '$r.x.y.z'],
    ['JSON null', '$r.nothing'],
    ['property of JSON null', '$r.nothing.x'],
    ['method', '$r.name.nosuch()'],
    ['method for these arguments', '$r.name.substring("1")'],
    ['method of a missing property', '$r.x.size()'],
    ['key', "$r.map.get('x')"],
    ['index of a map', '$r.map[0]'],
    ['index of a string', '$r.name[0]'],
    ['formal reference', '${r.x}'],
    ['quiet reference', '$!r.x'],
    ['method without parentheses', '$r.list.size'],
    ['property of a string', '$r.name.length'],
    ['escaped bang', '$\\!r'],
  ])('a missing value prints nothing: %s', (_, template) => {
    expect(renderWithPayload(`[${template}]`)).toBe('[]');
  });

  it.each([
    ['an index past the end', '$r.list[3]'],
    ['a negative index past the start', '$r.list[-4]'],
    ['a negative index on a value without a size', '$r.name[-1]'],
    ['a method that throws', '$r.name.substring(9)'],
    ['a bad regular expression', "$r.name.replaceAll('(', '')"],
  ])('fails for %s', (_, template) => {
    expect(failureWithPayload(template)).toBe('evaluation');
  });

  it.each([
    ['variable', '#set($a = 1)$a', '1'],
    ['property', '#set($r.name = "Zoe")$r.name', 'Zoe'],
    ['new property', '#set($r.map.third = 3)$r.map', '{first=1, second=zwei, third=3}'],
    ['element', '#set($r.list[0] = 5)$r.list', '[5,20,30]'],
    ['element from the end', '#set($r.list[-1] = 5)$r.list', '[10,20,5]'],
    ['key', "#set($r.map['first'] = 2)$r.map.first", '2'],
    [
      'value of an entry',
      '#foreach($e in $r.map.entrySet())#set($e.value = 0)#end$r.map',
      '{first=0, second=0}',
    ],
    [
      'property of a missing value: nothing',
      '#set($x.a = 1)[$x.a]#set($r.x.y = 1)[$r.x.y]',
      '[][]',
    ],
    ['property of a string: nothing', '#set($r.name.x = 1)$r.name', 'Mia'],
    ['formal variable: not the variable, as in Velocity 1.7', '#set(${a} = 1)[$a]', '[]'],
    ['quiet variable: not the variable, as in Velocity 1.7', '#set($!a = 1)[$a]', '[]'],
    ['an empty string where a value is missing', '#set($a = 1)#set($a = $x)[$a]', '[]'],
    ['nothing where an expression has no value', '#set($a = 1)#set($a = 1 / 0)[$a]', '[1]'],
  ])('#set assigns to a %s', (_, template, expected) => {
    expect(renderWithPayload(template)).toBe(expected);
  });

  it('fails to assign past the end of a list', () => {
    expect(failureWithPayload('#set($r.list[3] = 1)')).toBe('evaluation');
  });
});

describe('prototypes and classes', () => {
  it.each([
    '$r.constructor',
    '$r.hasOwnProperty',
    '$r.name.constructor',
    '$r.name.class',
    '$r.name.getClass()',
    '$r.class.forName("java.lang.Runtime")',
    '$r.list.constructor.constructor("return process")()',
    '$r.get("__proto__")',
    "$r['__proto__']",
    '$input.constructor',
    '$context.constructor',
    '$util.constructor("return process")',
    '$input.class',
  ])('a template has no access through %s', (template) => {
    expect(renderWithPayload(`[${template}]`)).toMatch(/^\[(?:\(\))?\]$/);
  });

  it('keeps members with the names of prototypes as plain data', () => {
    const template =
      '#set($m = {})#set($m["__proto__"] = "p")#set($m.constructor = "c")$m $m["__proto__"] $m.constructor $m.toString';

    expect(renderWithPayload(template)).toBe('{__proto__=p, constructor=c} p c ');
  });
});
