import { failing, failureOf, render } from '../rendering';

/** Calls a method of the string `Hello World` as `$s`. */
const call = (expression: string) => render(`#set($s = 'Hello World')$s.${expression}`);

describe('java.lang.String', () => {
  it('searches each text of a loop anew, and a text that comes again', () => {
    const template =
      "#foreach($text in ['a', 'a', 'b', 'a'])$text.matches('a')$text.replaceAll('a', 'x')$text.replaceFirst('b', 'y') #end";

    expect(render(template)).toBe('truexa truexa falseby truexa ');
  });

  it('counts a search that comes again like the first', () => {
    const loops = (count: number) =>
      `#foreach($i in [1..${count}])#foreach($j in [1..1000])$text.matches('(?:a|b|c){60}')#end#end`;
    const text = 'abc'.repeat(20);
    const fails = (count: number) => {
      try {
        render(`#set($text = '${text}')${loops(count)}`);
        return false;
      } catch {
        return true;
      }
    };

    expect([fails(1), fails(100)]).toEqual([false, true]);
  });

  it.each([
    ['length()', '11'],
    ['isEmpty()', 'false'],
    ['isBlank()', 'false'],
    ['charAt(4)', 'o'],
    ['codePointAt(0)', '72'],
    ["indexOf('o')", '4'],
    ["indexOf('o', 5)", '7'],
    ["indexOf('o', -9)", '4'],
    ['indexOf(111)', '4'],
    ["indexOf('z')", '-1'],
    ["lastIndexOf('o')", '7'],
    ["lastIndexOf('o', 6)", '4'],
    ["lastIndexOf('o', -1)", '-1'],
    ['substring(6)', 'World'],
    ['substring(0, 5)', 'Hello'],
    ['substring(11)', ''],
    ['subSequence(1, 3)', 'el'],
    ["startsWith('Hel')", 'true'],
    ["startsWith('Wor', 6)", 'true'],
    ["startsWith('Wor', 99)", 'false'],
    ["endsWith('ld')", 'true'],
    ["contains('lo W')", 'true'],
    ["equals('Hello World')", 'true'],
    ['equals(1)', 'false'],
    ["equalsIgnoreCase('HELLO world')", 'true'],
    ["compareTo('Help')", '-4'],
    ["compareTo('Hello')", '6'],
    ["compareToIgnoreCase('hello world')", '0'],
    ["regionMatches(6, 'My World', 3, 5)", 'true'],
    ["regionMatches(true, 0, 'HELLO', 0, 5)", 'true'],
    ["concat('!')", 'Hello World!'],
    ["replace('l', 'L')", 'HeLLo WorLd'],
    ["replace('', '-')", '-H-e-l-l-o- -W-o-r-l-d-'],
    ["replace('o', '$1')", 'Hell$1 W$1rld'],
    ["replaceAll('[eo]', '*')", 'H*ll* W*rld'],
    ["replaceFirst('l+', '')", 'Heo World'],
    ["matches('Hello.*')", 'true'],
    ["matches('Hello')", 'false'],
    ['toUpperCase()', 'HELLO WORLD'],
    ['toLowerCase()', 'hello world'],
    ['trim()', 'Hello World'],
    ['repeat(2)', 'Hello WorldHello World'],
    ['hashCode()', '-862545276'],
    ['toString()', 'Hello World'],
    ["split('o').size()", '3'],
    ["split('o')[1]", ' W'],
    ["split('l', 2)[1]", 'lo World'],
    ["split('(?=W)')[1]", 'World'],
    ['toCharArray()[0]', 'H'],
    ['codePointCount(0, 11)', '11'],
    ['getBytes().size()', '11'],
    ["getBytes('ISO-8859-1')[1]", '101'],
    ['valueOf(5)', '5'],
    ["format('%s-%05d', 'a', 42)", 'a-00042'],
    ["join('-', ['a', 'b'])", 'a-b'],
    ["join('-', 'a', 'b', 'c')", 'a-b-c'],
  ])('%s is %s', (expression, expected) => {
    expect(call(expression)).toBe(expected);
  });

  it.each([
    [
      "'  a b  '.trim",
      "#set($s = '  a b  ')[$s.trim()][$s.strip()][$s.stripLeading()][$s.stripTrailing()]",
      '[a b][a b][a b  ][  a b]',
    ],
    ['a blank string', "#set($s = ' ')$s.isBlank() $s.isEmpty()", 'true false'],
    ['UTF-16 code units', "#set($s = 'a😀')$s.length() $s.indexOf('😀') $s.substring(1)", '3 1 😀'],
    [
      'case of non-ASCII letters',
      "#set($s = 'Straße É')$s.toUpperCase() $s.toLowerCase() $s.equalsIgnoreCase('straße é')",
      'STRASSE É straße é true',
    ],
    ['splitting nothing', "#set($s = '')$s.split(',').size()", '1'],
    [
      'splitting with empty ends',
      "#set($s = 'a,b,,')$s.split(',').size() $s.split(',', -1).size()",
      '2 4',
    ],
  ])('%s', (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });

  it.each([
    'substring(12)',
    'substring(-1)',
    'substring(5, 2)',
    'charAt(11)',
    'repeat(-1)',
    'codePointCount(0, 12)',
    'codePointCount(-1, 2)',
    'codePointCount(2, 1)',
    'contains(null)',
    'concat(null)',
    "replaceAll('[', '')",
    "replaceAll('o', '$1')",
    'compareTo(1)',
    'length(1)',
  ])('%s throws', (expression) => {
    expect(failureOf(`#set($s = 'Hello World')$s.${expression}`)).toBe('evaluation');
  });

  it.each([
    ['length()', '8'],
    ['codePointCount(0, 8)', '6'],
    ['codePointCount(2, 8)', '4'],
    ['codePointCount(3, 8)', '4'],
    ['getBytes().size()', '15'],
    ["getBytes('UTF-8').size()", '15'],
    ["getBytes('latin1').size()", '6'],
    ["getBytes('US-ASCII')[1]", '63'],
    ['getBytes()[1]', '-61'],
  ])('counts characters beyond 16 bits: %s', (expression, expected) => {
    const text = 'aé😀😀漢z';

    expect(render(`#set($s = $input.body)$s.${expression}`, { body: text })).toBe(expected);
  });

  it('names a charset that is not there', () => {
    expect(failing("#set($s = 'x')$s.getBytes('EBCDIC')").message).toContain('EBCDIC');
  });

  it.each(['chars()', 'lines()', 'codePoints()'])(
    'refuses the Java method %s by name',
    (expression) => {
      const error = failing(`#set($s = 'x')$s.${expression}`);

      expect(error.kind).toBe('evaluation');
      expect(error.message).toContain(`java.lang.String.${expression}`);
    },
  );
});
