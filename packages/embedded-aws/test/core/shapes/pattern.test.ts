import { compilePattern } from '../../../src/core/shapes/pattern';

describe('a pattern of a model', () => {
  test.each([
    ['[a-z]+', 'abc', true],
    ['[a-z]+', 'abc1', false],
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['^(a|b)$', 'b', true],
    ['[a-zA-Z0-9\\.\\_]+', 'a_b.c', true],
    ['[\\.\\-_/#A-Za-z0-9]+', '/aws/a-b_c', true],
    ["[!\\-_'.*()\\/]+", "!-_'.*()/", true],
    ['\\"a\\"', '"a"', true],
    ['arn:\\b(aws|aws-cn)\\b:.+', 'arn:aws-cn:x', true],
    ['[\\s\\S]+', 'a\n\u00a0b', true],
    ['\\d+', '\u0661', false],
  ])('%s and %j: %s', (pattern, text, expected) => {
    expect(compilePattern(pattern).test(text)).toBe(expected);
  });

  test.each([
    ['a space that ASCII does not have is none', 'stream/\\S+', 'stream/a\u00a0b', true],
    ['and no member of a class of spaces', '[\\s]', '\u00a0', false],
    ['a dot is no end of a line, of which Java has one more', 'a.b', 'a\u0085b', false],
    ['a dot in a class is a dot', 'a[.]b', 'axb', false],
  ])('reads like Java: %s', (_what, pattern, text, expected) => {
    expect(compilePattern(pattern).test(text)).toBe(expected);
  });
});
