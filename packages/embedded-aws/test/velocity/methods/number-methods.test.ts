import { failing, failureOf, render } from '../rendering';

describe('numbers', () => {
  it.each([
    ['5', 'intValue()', '5'],
    ['5', 'longValue()', '5'],
    ['5', 'doubleValue()', '5.0'],
    ['5', 'floatValue()', '5.0'],
    ['300', 'byteValue()', '44'],
    ['70000', 'shortValue()', '4464'],
    ['-1.9', 'intValue()', '-1'],
    ['3000000000.0', 'intValue()', '2147483647'],
    ['0.1', 'floatValue()', '0.1'],
    ['5', 'toString()', '5'],
    ['5', 'hashCode()', '5'],
    ['1.5', 'hashCode()', '1073217536'],
    ['5000000000', 'hashCode()', '705032705'],
    ['5', 'equals(5)', 'true'],
    ['5', 'equals(5.0)', 'false'],
    ['5', 'compareTo(7)', '-1'],
    ['1.5', 'compareTo(0.5)', '1'],
    ['0', "parseInt('42')", '42'],
    ['0', "parseInt('ff', 16)", '255'],
    ['0', "parseInt('-7')", '-7'],
    ['0', "valueOf('42')", '42'],
    ['0', 'toHexString(-1)', 'ffffffff'],
    ['0', 'toBinaryString(5)', '101'],
    ['0', 'toString(255, 16)', 'ff'],
    ['0', 'max(3, 4)', '4'],
    ['0', 'min(3, 4)', '3'],
    ['0', 'compare(3, 4)', '-1'],
    ['0', 'signum(-9)', '-1'],
    ['5000000000', "parseLong('5000000001')", '5000000001'],
    ['0.0', "parseDouble('1.50')", '1.5'],
    ['0.0', "valueOf('1e3')", '1000.0'],
    ['0.0', 'isNaN()', 'false'],
    ['0.0', 'max(1, 2.5)', '2.5'],
    ['99999999999999999999', 'add(99999999999999999999)', '199999999999999999998'],
    ['99999999999999999999', 'pow(2)', '9999999999999999999800000000000000000001'],
    ['99999999999999999999', 'negate()', '-99999999999999999999'],
    ['99999999999999999999', 'compareTo(99999999999999999998)', '1'],
    ['99999999999999999999', 'toString(16)', '56bc75e2d630fffff'],
    ['99999999999999999999', 'hashCode()', '1882487351'],
    ['true', 'toString()', 'true'],
    ['true', 'equals(false)', 'false'],
    ['true', 'compareTo(false)', '1'],
    ['true', 'hashCode()', '1231'],
    ['true', "parseBoolean('TRUE')", 'true'],
    ['true', 'logicalXor(true, false)', 'true'],
  ])('%s.%s is %s', (number, expression, expected) => {
    expect(render(`#set($n = ${number})$n.${expression}`)).toBe(expected);
  });

  it.each([
    ['0', "parseInt('x')"],
    ['0', "parseInt('2147483648')"],
    ['0', "parseInt('')"],
    ['0.0', "parseDouble('1,5')"],
    ['5', "compareTo('5')"],
    ['5', 'compareTo(5.0)'],
    ['99999999999999999999', 'divide(99999999999999999999.subtract(1))'],
  ])('%s.%s fails', (number, expression) => {
    expect(['evaluation', 'parse']).toContain(failureOf(`#set($n = ${number})$n.${expression}`));
  });

  it('does not accept arguments that Java would have to narrow', () => {
    const template =
      "#set($n = 5)#set($s = 'abc')[$n.toHexString(5000000000)][$s.substring(1.0)][$s.substring(5000000000)]";

    expect(render(template)).toBe('[][][]');
  });

  it.each(['bitCount(5)', "decode('0x5')", 'reverse(1)'])('refuses %s by name', (expression) => {
    expect(failing(`#set($n = 5)$n.${expression}`).message).toContain('java.lang.Integer.');
  });
});

describe('characters', () => {
  it.each([
    ['$c', 'l'],
    ['$c.toString()', 'l'],
    ["#if($c == 'l')same#end", 'same'],
    ["$c.equals('l')", 'false'],
    ['$s.replace($c, $s.charAt(0))', 'hehho'],
    ['$c.compareTo($s.charAt(0))', '4'],
    ['$c.isLetter($c) $c.isDigit($c)', 'true false'],
    ['$c.hashCode()', '108'],
  ])('%s', (expression, expected) => {
    expect(render(`#set($s = 'hello')#set($c = $s.charAt(2))${expression}`)).toBe(expected);
  });
});
