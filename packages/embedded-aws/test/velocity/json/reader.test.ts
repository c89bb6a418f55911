import { stringValueOf } from '../../../src/velocity/java/to-string';
import { javaClassName } from '../../../src/velocity/java/values';
import { JsonParseError } from '../../../src/velocity/json/json-parse-error';
import { writeJson } from '../../../src/velocity/json/printer';
import { readJson } from '../../../src/velocity/json/reader';

const reprint = (text: string) => writeJson(readJson(text));

describe('readJson of JSON', () => {
  it.each([
    ['{"a": [1, {"b": null}], "c": true}', '{"a":[1,{"b":null}],"c":true}'],
    [' [ ] ', '[]'],
    ['{}', '{}'],
    ['"a\\n\\u00e9\\/\\"\\\\"', '"a\\né\\/\\"\\\\"'],
    ['{"a": 1, "a": 2}', '{"a":2}'],
    ['{"__proto__": 1, "constructor": {"x": 2}}', '{"__proto__":1,"constructor":{"x":2}}'],
    ['{"": 0}', '{"":0}'],
  ])('%s', (text, expected) => {
    expect(reprint(text)).toBe(expected);
  });

  it.each([
    ['1', 'Integer', '1'],
    ['-0', 'Integer', '0'],
    ['2147483648', 'Long', '2147483648'],
    ['-9223372036854775808', 'Long', '-9223372036854775808'],
    ['9223372036854775808', 'BigInteger', '9223372036854775808'],
    ['1.0', 'Double', '1.0'],
    ['1e2', 'Double', '100.0'],
    ['-0.0', 'Double', '-0.0'],
    ['0.1234567890123456789', 'BigDecimal', '0.1234567890123456789'],
    ['NaN', 'Float', 'NaN'],
  ])('%s is a %s', (text, name, printed) => {
    const value = readJson(text);

    expect(javaClassName(value ?? 'null')).toMatch(new RegExp(`\\.${name}$`));
    expect(stringValueOf(value)).toBe(printed);
  });
});

describe('readJson of malformed JSON', () => {
  it.each([
    ["{'a': 'b'}", '{"a":"b"}'],
    ['{a: b c, d: 1}', '{"a":"b c","d":1}'],
    ['[a,b]', '["a","b"]'],
    ['[1,,2,]', '[1,2]'],
    ['{,"a":1,}', '{"a":1}'],
    ['{"a":1} trailing', '{"a":1}'],
    ['[007, 1.5x, -]', '[7,"1.5x",0]'],
    ['[nulls, null, TRUE]', '["nulls",null,"TRUE"]'],
    ['"a\\xe9b"', '"aéb"'],
    ['"a\\qb"', '"ab"'],
    ['"a\tb"', '"a\\tb"'],
    ['"a\tb\\n"', '"ab\\n"'],
  ])('%s', (text, expected) => {
    expect(reprint(text)).toBe(expected);
  });

  it.each([
    ['plain text', 'plain text'],
    ['a=b&c=d', 'a=b&c=d'],
    ['null{', 'null{'],
    ['', ''],
    ['  x  ', 'x'],
    ['<xml/>', '<xml/>'],
  ])('%p is a string', (text, expected) => {
    expect(readJson(text)).toBe(expected);
  });

  it.each([
    ['{a', 'Unexpected End Of File position 1: null'],
    ['[1', 'Unexpected End Of File position 1: EOF'],
    ['{"a"}', 'Unexpected character (}) at position 3.'],
    ['{"a":}', 'Unexpected character (}) at position 5.'],
    ['{"a":1 "b":2}', '{"a":"1 \\"b\\":2"}'],
    ['{"a":"x" "b":2}', 'Unexpected token " at position 8.'],
    ['[}', 'Unexpected character (}) at position 1.'],
    [']', 'Unexpected character (]) at position 0.'],
    ['"abc', 'Unexpected End Of File position 4: null'],
    ['"\\u12x4"', 'Unexpected unicode escape sequence x at position 5.'],
    ['{1.5.5: 1', 'Unexpected End Of File position'],
    ['[1e]', '["1e"]'],
    ['-.', 'Unexpected'],
  ])('%s: %s', (text, expected) => {
    if (/^[[{]/.test(expected)) expect(reprint(text)).toBe(expected);
    else {
      expect(() => readJson(text)).toThrow(JsonParseError);
      expect(() => readJson(text)).toThrow(expected);
    }
  });
});

describe('readJson of objects with keys similar to those of the previous object', () => {
  it.each([
    ['the same', '[{"ab":1,"c":2},{"ab":3,"c":4}]'],
    ['a key that is a prefix of the previous one', '[{"ab":1},{"a":2},{"ab":3},{"abc":4}]'],
    ['in another order, or fewer', '[{"a":1,"b":2},{"b":3,"a":4},{"b":5},{}]'],
    ['empty', '[{"":1},{"":2},{"a":3},{"":4}]'],
    ['nested', '[{"a":{"a":1,"b":{"a":2}},"b":3},{"a":{"b":4},"b":{"a":5}}]'],
    ['with a quote', '[{"a\\"b":1},{"a\\"b":2},{"a":3}]'],
  ])('%s', (_, text) => {
    expect(reprint(text)).toBe(text);
  });

  it('an escape may produce the same key as before', () => {
    expect(reprint('[{"a":1},{"\\u0061":2},{"a":3}]')).toBe('[{"a":1},{"a":2},{"a":3}]');
  });

  it('a quote ends a key, even after a key with a quote', () => {
    expect(() => readJson('[{"a\\"b":1},{"a"b":2}]')).toThrow(JsonParseError);
  });
});

describe('readJson of malicious text', () => {
  it('refuses excessive nesting', () => {
    expect(() => readJson('['.repeat(100_000))).toThrow(JsonParseError);
    expect(() => readJson('{"a":'.repeat(100_000))).toThrow(JsonParseError);
    expect(reprint(`${'['.repeat(400)}${']'.repeat(400)}`)).toHaveLength(800);
  });

  it('refuses excessively long numbers', () => {
    expect(() => readJson('9'.repeat(200_000))).toThrow(JsonParseError);
  });

  it('reads long flat payloads', () => {
    const text = `[${'{"a":1},'.repeat(100_000)}{}]`;

    expect(reprint(text)).toHaveLength(text.length);
  });
});
