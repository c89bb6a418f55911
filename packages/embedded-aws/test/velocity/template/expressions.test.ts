import { failureWithPayload, renderWithPayload } from '../rendering';

const value = (expression: string) => renderWithPayload(`#set($v = ${expression})$v`);
const holds = (condition: string) => renderWithPayload(`#if(${condition})yes#{else}no#end`);

describe('literals', () => {
  it.each([
    ['1', '1'],
    ['-1', '-1'],
    ['007', '7'],
    ['2147483648', '2147483648'],
    ['99999999999999999999', '99999999999999999999'],
    ['1.0', '1.0'],
    ['.5', '0.5'],
    ['5.', '5.0'],
    ['1e3', '1000.0'],
    ['true', 'true'],
    ["'it''s $r.name'", "it's $r.name"],
    ['"say ""$r.name"""', 'say "Mia"'],
    ['"a\\nb"', 'a\\nb'],
    ['"\\u0041"', 'A'],
    ["'\\u0041'", '\\u0041'],
    ['"$"', '$'],
    ['"#"', '#'],
    ['"$.path"', '$.path'],
    ['"${r.name}!$r.x."', 'Mia!.'],
    ['"#if($r.yes)y#{else}n#end"', 'y'],
    ['"#foreach($i in [1, 2])$i#end"', '12'],
    ['"a ## b"', 'a '],
    ['[]', '[]'],
    ['[1, "b", $r.x, [2]]', '[1, b, , [2]]'],
    ['[1..3]', '[1, 2, 3]'],
    ['[1 .. -1]', '[1, 0, -1]'],
    ['[1 ... 2]', undefined],
    ['[2..-1]', '[2, 1, 0, -1]'],
    ['[$r.count..1]', '[3, 2, 1]'],
    ['{}', '{}'],
    ['{ }', '{}'],
    ['{"a": 1, $r.name: [2], 3: {"b": "c"}}', '{a=1, Mia=[2], 3={b=c}}'],
    ['{"a": 1, "a": 2}', '{a=2}'],
  ])('%s', (literal, expected) => {
    if (expected === undefined) expect(failureWithPayload(`#set($v = ${literal})`)).toBe('parse');
    else expect(value(literal)).toBe(expected);
  });
});

describe('arithmetic', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['-7 % 3', '-1'],
    ['5 - 3 - 1', '1'],
    ['2147483647 + 1', '2147483648'],
    ['9223372036854775807 + 1', '9223372036854775808'],
    ['9223372036854775807 * 2', '18446744073709551614'],
    ['$r.long * 2', '60000000000'],
    ['1 + 0.5', '1.5'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['7 / 2.0', '3.5'],
    ['1e300 * 1e300', 'Infinity'],
    ['"a" + 1', 'a1'],
    ['1 + "a"', '1a'],
    ['$r.x + 1', '1'],
    ['$r.list + "!"', '[10,20,30]!'],
    ['"a" + 1 / 0', 'a 0'],
    ['"a" + (1 / 0)', 'a1 / 0'],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  it.each(['1 / 0', '1 % 0', '1.0 / 0', '$r.name * 2', '$r.list + 1', '-1 + $r.yes'])(
    '%s has no value',
    (expression) => {
      expect(renderWithPayload(`#set($v = "old")#set($v = ${expression})$v`)).toBe('old');
    },
  );
});

describe('conditions', () => {
  it.each([
    ['$r.yes', 'yes'],
    ['$r.no', 'no'],
    ['$r.x', 'yes'],
    ['$r.nothing', 'yes'],
    ['!$r.x', 'no'],
    ['$r.blank', 'yes'],
    ['$r.list.isEmpty()', 'no'],
    ['0', 'no'],
    ['1', 'no'],
    ['"x"', 'no'],
    ['[1]', 'no'],
    ['1 + 1', 'no'],
    ['true', 'yes'],
    ['!1', 'yes'],
    ['not $r.no', 'yes'],
    ['$r.no || $r.yes', 'yes'],
    ['$r.yes and $r.no', 'no'],
    ['$r.no or ($r.yes && !$r.no)', 'yes'],
    ['$r.count == 3', 'yes'],
    ['$r.count == 3.0', 'yes'],
    ['$r.count == "3"', 'yes'],
    ['0 == ""', 'no'],
    ['$r.x == ""', 'yes'],
    ['$r.nothing == $r.x', 'yes'],
    ['$r.x != ""', 'no'],
    ['$r.list == [10, 20, 30]', 'yes'],
    ['$r.list == "[10,20,30]"', 'yes'],
    ['$r.map == {"first": 1, "second": "zwei"}', 'yes'],
    ['$r.yes == "true"', 'yes'],
    ['(1 / 0) == (2 / 0)', 'yes'],
    ['(1 / 0) == ""', 'no'],
    ['$r.count > 2', 'yes'],
    ['$r.count ge 3', 'yes'],
    ['$r.ratio < $r.count', 'yes'],
    ['$r.long gt 2147483647', 'yes'],
    ['"b" > "a"', 'no'],
    ['$r.x < 1', 'no'],
    ['1 < 2 == true', 'yes'],
  ])('%s: %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it('does not evaluate the second operand if the first one decides', () => {
    const template = '#set($l = [])#if($r.no && $l.add(1))#end#if($r.yes || $l.add(2))#end$l';

    expect(renderWithPayload(template)).toBe('[]');
  });
});
