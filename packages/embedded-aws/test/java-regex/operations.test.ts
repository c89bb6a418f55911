import { matches, replace, split } from '../../src/java-regex/operations';

const all = (text: string, pattern: string, replacement = '<$0>') =>
  replace(text, pattern, replacement, false);

describe('patterns of java.util.regex', () => {
  it.each([
    ['a literal', 'a.b', '\\.', 'a<.>b'],
    ['classes', 'a1 _-', '\\w', '<a><1> <_>-'],
    ['negated classes', 'a1', '[^a]', 'a<1>'],
    ['ranges and unions', 'abcXYZ', '[a-b[X-Y]]', '<a><b>c<X><Y>Z'],
    ['intersections', 'aeiou', '[a-z&&[^eo]]', '<a>e<i>o<u>'],
    ['properties', 'aÉ1', '\\p{Lu}', 'a<É>1'],
    ['POSIX classes', 'aé!', '\\p{Alpha}', '<a>é!'],
    ['negated properties', 'a1', '\\P{L}', 'a<1>'],
    ['groups', 'k=v', '(\\w)=(\\w)', '<k=v>'],
    ['greedy, lazy and possessive', 'aaa', 'a{1,2}?', '<a><a><a>'],
    ['possessive', 'aaa', 'a++a', 'aaa'],
    ['atomic groups', 'aab', '(?>a+)b', '<aab>'],
    ['alternatives', 'cat dog', 'cat|dog', '<cat> <dog>'],
    ['lookahead', 'ab ac', 'a(?=b)', '<a>b ac'],
    ['lookbehind', 'ab cb', '(?<=c)b', 'ab c<b>'],
    ['lookbehind of several lengths', 'ab xab xxab', '(?<=x{1,2})ab', 'ab x<ab> xx<ab>'],
    ['lookbehind of code points', '😀b cb', '(?<=😀|d)b', '😀<b> cb'],
    ['lookbehind of line breaks', 'a\r\nb', '(?<=\\Ra?)b', 'a\r\n<b>'],
    ['lookbehind of a repeated empty match', 'ab', '(?<=(?:x*){0})b', 'a<b>'],
    ['the shortest match of a lookbehind', 'xxab', '(?<=(x{1,2}))ab', 'xx<ab>'],
    ['matches with several possible first characters', 'ab\\/', '(?<!c)(b|\\\\?/)', 'a<b><\\/>'],
    ['matches with non-ASCII first characters', 'aé😀', '[é😀]', 'a<é><😀>'],
    ['a lookahead at the start', 'a1b2', '(?=\\w2)b?', 'a1<b>2'],
    ['backreferences', 'aa ab', '(a)\\1', '<aa> ab'],
    ['named groups', 'aa', '(?<x>a)\\k<x>', '<aa>'],
    ['flags', 'Ab', '(?i)aB', '<Ab>'],
    ['flags of a group', 'ABab', '(?i:a)b', 'AB<ab>'],
    ['comments', 'ab', '(?x) a # first\n b', '<ab>'],
    ['quotations', 'a.b*', '\\Q.b*\\E', 'a<.b*>'],
    ['anchors', 'a\nb', '^.', '<a>\nb'],
    ['anchors of lines', 'a\nb', '(?m)^.', '<a>\n<b>'],
    ['the end before a last line end', 'a\n', 'a$', '<a>\n'],
    ['word boundaries', 'ab cd', '\\b', '<>ab<> <>cd<>'],
    ['code points', 'a😀b', '.', '<a><😀><b>'],
    ['escapes', 'A\tB', '\\x41\\t\\u0042', '<A\tB>'],
    ['line breaks', 'a\r\nb', '\\R', 'a<\r\n>b'],
    ['empty matches', 'ab', 'x*', '<>a<>b<>'],
    ['all that is left', 'a\n😀b', '(?s)a(.*)', '<a\n😀b>'],
    ['all that is left but for what follows', 'a\n😀b', '(?s).+(?=😀)', '<a\n>😀b'],
    ['one more than is left', 'ab', '(?s)ab.+', 'ab'],
    ['two of what is left', '😀b', '(?s).{2,}', '<😀b>'],
    ['three of two that are left', '😀b', '(?s).{3,}', '😀b'],
    ['what is left, possessively', 'ab', '(?s)a.*+b', 'ab'],
    ['as little as there can be of what is left', 'a\nb', '(?s)a.*?', '<a>\nb'],
    ['nested quantifiers', 'abab', '(?:(?:ab)+)', '<abab>'],
  ])('%s', (_, text, pattern, expected) => {
    expect(all(text, pattern)).toBe(expected);
  });

  it.each([
    '(',
    ')',
    '[',
    '[b-a]',
    '*',
    'a**',
    'a{2,1}',
    '{',
    '\\',
    '\\q',
    '\\p{Nope}',
    '(?<n>a)(?<n>b)',
    '(?z)',
    '\\k<x>',
    '\\x4',
    '\\u12',
  ])('%s is invalid', (pattern) => {
    expect(() => all('a', pattern)).toThrow('PatternSyntaxException');
  });
});

describe('replace', () => {
  it.each([
    ['groups', '(a)(b)', '$2$1', 'ba'],
    ['named groups', '(?<x>a)', '${x}${x}', 'aab'],
    ['escaped characters', 'a', '\\$1\\\\', '$1\\b'],
    ['groups that did not match', '(a)|(b)', '[$2]', '[][b]'],
    ['no more digits than there are groups', '(a)', '$12', 'a2b'],
  ])('supports %s', (_, pattern, replacement, expected) => {
    expect(all('ab', pattern, replacement)).toBe(expected);
  });

  it.each(['$', '$x', '$9', '${nope}', '\\'])('fails for the replacement %s', (replacement) => {
    expect(() => all('a', 'a', replacement)).toThrow(/IllegalArgument|IndexOutOfBounds/);
  });

  it('parses a replacement only if there is a match', () => {
    expect(all('a', 'z', '$9')).toBe('a');
  });

  it('replaces only once on request', () => {
    expect(replace('aaa', 'a', 'b', true)).toBe('baa');
    expect(replace('aaa', '[a]', '$0$0', true)).toBe('aaaa');
  });
});

describe('split', () => {
  it.each([
    ['a,b,,', ',', 0, ['a', 'b']],
    ['a,b,,', ',', -1, ['a', 'b', '', '']],
    ['a,b,c', ',', 2, ['a', 'b,c']],
    ['', ',', 0, ['']],
    [',a', ',', 0, ['', 'a']],
    ['abc', '', 0, ['a', 'b', 'c']],
    ['a1b2', '\\d', 0, ['a', 'b']],
    [',', ',', 0, []],
  ])('%p at %p, %i', (text, pattern, limit, expected) => {
    expect(split(text, pattern, limit)).toEqual(expected);
  });
});

describe('patterns with catastrophic backtracking', () => {
  it.each(['(a+)+b', '(a|a)*b', '(a*)*b', '(?:a?){30}a{30}b', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    '%s ends in an error',
    (pattern) => {
      expect(() => matches('a'.repeat(60), pattern)).toThrow(
        'A regular expression took too many steps',
      );
    },
  );

  it('fails like Java if a pattern recurses over a long text', () => {
    expect(() => matches('ab'.repeat(200_000), '(a|b)*')).toThrow('StackOverflowError');
  });

  it('matches long texts that need no recursion', () => {
    expect(matches('a'.repeat(300_000), '[a-z]*+')).toBe(true);
    expect(all('ab'.repeat(50_000), '[b]', '')).toBe('a'.repeat(50_000));
  });

  it('evaluates a lookbehind on a long text in linear time', () => {
    const text = 'a/b\\/'.repeat(200_000);

    expect(all(text, '(?<!\\\\)/', '|')).toBe('a|b\\/'.repeat(200_000));
  });

  it('refuses excessively nested patterns', () => {
    expect(() => all('a', '('.repeat(5_000))).toThrow('PatternSyntaxException');
    expect(() => all('a', '['.repeat(5_000))).toThrow('PatternSyntaxException');
  });
});
