import { JavaArray, JavaArrayList, JSON_ARRAY } from '../../../src/velocity/java/list';
import { JavaMap } from '../../../src/velocity/java/map';
import {
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  type JavaValue,
} from '../../../src/velocity/java/values';
import { writeJson } from '../../../src/velocity/json/printer';

describe('writeJson', () => {
  it.each<[JavaValue, string]>([
    ['a"b\\c/d', '"a\\"b\\\\c\\/d"'],
    ['\b\f\n\r\t\u0001\u001f', '"\\b\\f\\n\\r\\t\\u0001\\u001F"'],
    ['\u007f\u0085\u2028€', '"\\u007F\\u0085\\u2028\\u20AC"'],
    ['é😀', '"é😀"'],
    ['a/b\\\n', '"a\\/b\\\\\\n"'],
    ['\ud800', '"\ud800"'],
    [new JavaDouble(1), '1.0'],
    [new JavaDouble(Number.POSITIVE_INFINITY), 'null'],
    [new JavaFloat(Number.NaN), 'NaN'],
    [10n ** 20n, '100000000000000000000'],
    [JavaArray.ofStrings(['a']), '["a"]'],
    [new JavaArrayList(['', '']), '["",""]'],
    [null, 'null'],
  ])('%p', (value, expected) => {
    expect(writeJson(value)).toBe(expected);
  });

  it('writes keys that are not strings', () => {
    const map = new JavaMap();
    map.put(1, true);
    map.put(false, 'x');

    expect(writeJson(map)).toBe('{"1":true,"false":"x"}');
  });

  it('fails for a value that contains itself', () => {
    const list = new JavaArrayList([], JSON_ARRAY);
    list.insert(0, [list]);

    expect(() => writeJson(list)).toThrow('StackOverflowError');
  });

  it('fails for a null key, and refuses values that JSON cannot represent', () => {
    const map = new JavaMap();
    map.put(null, 1);

    expect(() => writeJson(map)).toThrow('NullPointerException');
    expect(() => writeJson(new JavaCharacter('a'))).toThrow('not implemented');
  });
});
