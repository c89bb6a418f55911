import { EVALUATION_STEPS, withinBudget } from '../../src/core/evaluation-budget';
import { evaluate, failing, failureOf, type Given, render } from './rendering';

/**
 * The error of a template that gets a tenth of the usual steps: it ends by the same count, ten times
 * as soon. A test of its own exhausts all of them.
 */
const soonFailing = (template: string, given: Given = {}) =>
  withinBudget(() => failing(template, given), EVALUATION_STEPS / 10);

const EXHAUSTED = /took more than \d+ steps/;

const TEMPLATE = `{"Records": [
  #foreach($elem in $input.path('$.records'))
  {"Data": "$util.base64Encode($elem.data)", "PartitionKey": "$elem.partition-key"}#if($foreach.hasNext),#end
  #end
]}`;

const payload = (count: number) =>
  JSON.stringify({
    records: Array.from({ length: count }, (_, i) => ({ data: `d${i}`, 'partition-key': `k${i}` })),
  });

describe('cost', () => {
  it('of a record does not grow with the number of records', () => {
    const steps = [100, 200, 1000].map(
      (count) => evaluate(TEMPLATE, { body: payload(count) }).steps,
    );
    const [hundred = 0, twoHundred = 0, thousand = 0] = steps;

    expect(thousand - twoHundred).toBe((twoHundred - hundred) * 8);
    expect(twoHundred - hundred).toBeLessThan(100 * 30);
  });

  it('of reading the payload is paid once', () => {
    let reads = 0;
    const body = '{"a": {"b": 1}}';
    const original = String.prototype.slice;
    const spy = jest.spyOn(String.prototype, 'slice').mockImplementation(function (
      this: string,
      ...range
    ) {
      if (String(this) === body) reads++;
      return original.apply(this, range);
    });
    const count = (times: number) => {
      reads = 0;
      render("$input.path('$.a.b')".repeat(times), { body });
      return reads;
    };
    const [once, often] = [count(1), count(50)];
    spy.mockRestore();

    expect(once).toBeGreaterThan(0);
    expect(often).toBe(once);
  });
});

describe('large payloads', () => {
  const megabytes = 10 * 1024 * 1024;

  it.each([
    ['many records', payload(250_000), "$input.path('$.records').size()", '250000'],
    [
      'one long text',
      `{"a": "${'x'.repeat(megabytes)}"}`,
      "$input.path('$.a').length()",
      String(megabytes),
    ],
    [
      'a text of escapes',
      `{"a": "${'\\n'.repeat(megabytes / 2)}"}`,
      "$input.path('$.a').length()",
      String(megabytes / 2),
    ],
    ['no JSON', 'x'.repeat(megabytes), "$input.path('$').length()", String(megabytes)],
    ['redundant commas', `[${','.repeat(megabytes)}]`, "$input.json('$')", '[]'],
    ['white space', `${' '.repeat(megabytes)}{}`, "$input.json('$')", '{}'],
  ])('%s', (_, body, template, expected) => {
    expect(render(template, { body })).toBe(expected);
  });

  it('with excessive nesting are refused as payloads', () => {
    expect(failureOf("$input.path('$')", { body: '['.repeat(megabytes) })).toBe('payload');
  });
});

describe('malicious templates end in an error', () => {
  const GROWN = "#set($x = 'x')#set($s = $x.repeat(1000000))";
  const LOOPED = '#foreach($i in [1..1000])#foreach($j in [1..1000])';
  const LONG = `#set($n = 9${'9'.repeat(8_000)})`;
  const LIST = '#set($l = [1..100000])';
  const DEEP =
    '#set($a = [1])#set($b = [1])#foreach($i in [1..60])#set($a = [$a, $a])#set($b = [$b, $b])#end';
  const doubling = (statement: string) =>
    `#set($s = 'xxxxxxxx')#foreach($i in [1..100])${statement}#end$s`;

  it.each([
    ['a text that doubles', doubling('#set($s = $s + $s)')],
    ['a text that doubles by interpolation', doubling('#set($s = "$s$s")')],
    ['a text that doubles by concat', doubling('#set($s = $s.concat($s))')],
    ['a text that grows by replacing', doubling("#set($s = $s.replace('x', 'xxxx'))")],
    ['a text that grows by matching', doubling("#set($s = $s.replaceAll('x', 'xxxx'))")],
    ['a text that grows by groups', doubling("#set($s = $s.replaceAll('(x+)', '$1$1'))")],
    ['a text that repeats', "#set($s = 'x')$s.repeat(2000000000)"],
    ['a text that is padded', "#set($s = 'x')$s.format('%2000000000s', 'x')"],
    ['a list that doubles', '#set($l = [1])#foreach($i in [1..100])#set($d = $l.addAll($l))#end'],
    ['a long range', '#set($l = [1..2000000000])'],
    [
      'a number that doubles',
      '#set($n = 99999999999999999999)#foreach($i in [1..100])#set($n = $n * $n)#end',
    ],
    ['a power', '#set($n = 99999999999999999999)$n.pow(2000000000)'],
    ['an output that doubles', '#set($s = "x")#foreach($i in [1..40])#set($s = "$s$s")#end'],
    ['a list in itself', '#set($l = [1])#set($m = {"l": $l})#set($d = $l.add($m))$l'],
    [
      'a pattern with catastrophic backtracking',
      `#set($s = '${'a'.repeat(50)}')$s.matches('(a+)+b')`,
    ],
    ['an extremely long sum', `#set($a = ${'1 + '.repeat(70_000)}1)$a`],
  ])('%s', (_, template) => {
    expect(failing(template).kind).toBe('evaluation');
  });

  it.each([
    ['loops in loops', '#foreach($a in [1..1000])'.repeat(4) + '#end'.repeat(4)],
    [
      'blocks that render each other',
      '#define($a)$b$b#end#define($b)$a$a#end#set($x = "$a")#foreach($i in [1..1000])#set($l = [])#foreach($j in [1..1000])#foreach($k in [1..1000])$a#end#end#end',
    ],
    ['a long range in a loop', '#foreach($i in [1..1000])#set($l = [1..1000000])#end'],
    ['a long text that is searched', `${GROWN}${LOOPED}#set($x = $s.indexOf('y'))#end#end`],
    ['a long text that is written', `${GROWN}${LOOPED}#set($x = "$s")#end#end`],
    ['a long text that is joined', `${GROWN}${LOOPED}#set($x = $s + 'x')#end#end`],
    ['a long text that is encoded', `${GROWN}${LOOPED}#set($x = $util.base64Encode($s))#end#end`],
    ['a long text that is escaped', `${GROWN}${LOOPED}#set($x = $util.urlEncode($s))#end#end`],
    [
      'a long text that is compared',
      `${GROWN}#set($t = "x$s")${LOOPED}#if("x$s" == $t)#end#end#end`,
    ],
    ['a long text that is split', `${GROWN}${LOOPED}#set($x = $s.split('x'))#end#end`],
    ['a long text that is replaced', `${GROWN}${LOOPED}#set($x = $s.replace('x', 'y'))#end#end`],
    [
      'a long text that is split into characters',
      `${GROWN}${LOOPED}#set($x = $s.toCharArray())#end#end`,
    ],
    [
      'a long text that is matched',
      `${GROWN}${LOOPED}#set($x = $s.replaceAll('[^x]', ''))#end#end`,
    ],
    ['a long text that is read as JSON', `${GROWN}${LOOPED}#set($x = $util.parseJson($s))#end#end`],
    ['a long pattern', `${GROWN}${LOOPED}#set($r = $i.toString().matches("$s$i$j"))#end#end`],
    ['a long format', `${GROWN}${LOOPED}#set($x = $s.format($s, 1))#end#end`],
    [
      'a long path',
      `${GROWN}${LOOPED}#set($x = $input.path("$.$s.substring(0, 9000)$i$j"))#end#end`,
    ],
    ['a long number', `${LONG}${LOOPED}#set($x = $n * $n)#end#end`],
    ['a long number that is divided', `${LONG}${LOOPED}#set($x = $n * $n / $n)#end#end`],
    ['a long number that is printed', `${LONG}${LOOPED}#set($x = "$n")#end#end`],
    [
      'a long number in groups',
      `${LONG}${LOOPED}#set($s = '')#set($x = $s.format('%,d', $n))#end#end`,
    ],
    ['a long list that is searched', `${LIST}${LOOPED}#set($x = $l.contains(0))#end#end`],
    ['a long list that is copied', `${LIST}${LOOPED}#set($x = $l.clone())#end#end`],
    ['a long list that is sorted', `${LIST}${LOOPED}#set($x = $l.sort($null))#end#end`],
    ['a long list that grows in front', `${LIST}${LOOPED}#set($x = $l.add(0, 1))#end#end`],
    ['a long list that shrinks in front', `${LIST}${LOOPED}#set($x = $l.remove(0))#end#end`],
    ['a long list that is shown', `${LIST}${LOOPED}#set($x = $l.hashCode())#end#end`],
    [
      'two long lists',
      `${LIST}#set($m = [2..100000])${LOOPED}#set($x = $l.containsAll($m))#end#end`,
    ],
    ['two lists of lists that are equal', `${DEEP}#set($x = $a.equals($b))`],
    ['a list of lists that is hashed', `${DEEP}#set($x = $a.hashCode())`],
    ['a list of lists that is printed', `${DEEP}#set($x = "$a")`],
    [
      'many patterns with catastrophic backtracking',
      `#set($s = '${'a'.repeat(16)}')${LOOPED}#set($x = $s.matches('(a+)+b'))#end#end`,
    ],
  ])('%s', (_, template) => {
    expect(soonFailing(template)).toMatchObject({
      kind: 'evaluation',
      message: expect.stringMatching(EXHAUSTED),
    });
  });

  it('at the steps that each evaluation has', () => {
    const counts = [`#foreach($i in [1..1000])#set($x = $i)#end`, `#set($x = [1..100000])`];
    const [nodes, values] = counts.map((template) => `#foreach($j in [1..1000])${template}#end`);

    expect(failing(String(nodes)).message).toMatch(EXHAUSTED);
    expect(failing(String(values)).message).toMatch(EXHAUSTED);
    // Half of them are there.
    expect(render('#foreach($i in [1..1000])#foreach($j in [1..500])$i#end#end')).toHaveLength(
      500 * (9 + 180 + 2_700 + 4),
    );
  });

  it.each([
    ['directives', '#if(true)'.repeat(5_000)],
    ['directives with ends', '#if(true)'.repeat(5_000) + '#end'.repeat(5_000)],
    ['parentheses', `#set($a = ${'('.repeat(5_000)}1${')'.repeat(5_000)})`],
    ['lists', `#set($a = ${'['.repeat(5_000)}${']'.repeat(5_000)})`],
    ['negations', `#set($a = ${'!'.repeat(5_000)}true)`],
    ['calls', `$a${'.b($a'.repeat(5_000)}${')'.repeat(5_000)}`],
    ['indexes', `$a${'[$a'.repeat(5_000)}${']'.repeat(5_000)}`],
    ['invalid ranges', `#set($a = ${'[$a.b('.repeat(300)}`],
  ])('nested %s are refused', (_, template) => {
    expect(failureOf(template)).toBe('parse');
  });

  it('long templates are parsed in linear time', () => {
    expect(render('\\'.repeat(300_000))).toHaveLength(300_000);
    expect(render(`#*${'# '.repeat(150_000)}*#x`)).toBe('x');
    expect(render('$ '.repeat(100_000))).toHaveLength(200_000);
    expect(render(' '.repeat(300_000))).toHaveLength(300_000);
    expect(render(`${'#set($a = 1) '.repeat(20_000)}$a`)).toBe(' 1');
    expect(render('1 + 1 '.repeat(50_000))).toHaveLength(300_000);
    expect(render(`#set($a = ${'1 + '.repeat(1_000)}1)$a`)).toBe('1001');
  });

  it('a template in the data is not evaluated', () => {
    const body = JSON.stringify({ a: '$util.base64Encode("x") #set($x = 1) ${input.body}' });

    expect(render("$input.path('$.a')", { body })).toBe(
      '$util.base64Encode("x") #set($x = 1) ${input.body}',
    );
  });
});

describe('malicious payloads end in an error', () => {
  const dense = `[${'{},'.repeat(300_000)}{}]`;
  const wide = JSON.stringify(Array.from({ length: 10_000 }, () => ({ a: { a: [1, 2] } })));
  const deep = `${'{"a":'.repeat(390)}[${'1,'.repeat(10_000)}1]${'}'.repeat(390)}`;

  it.each([
    ['a great many objects', dense, "$input.path('$').size()"],
    ['scans in scans', deep, "$input.path('$..*..*..*')"],
    [
      'a scan in a loop',
      wide,
      "#foreach($i in [1..1000])#set($x = $input.path('$..a').size())#end",
    ],
    [
      'a filter in a loop',
      wide,
      "#foreach($i in [1..1000])#set($x = $input.path('$[?(@.a > 1)]').size())#end",
    ],
    ['JSON in a loop', wide, "#foreach($i in [1..1000])#set($x = $input.json('$'))#end"],
    ['a pattern in a filter', wide, "$input.path('$..[?(@.a =~ /(x+x+)+y/)]')".repeat(20)],
    [
      'a number with millions of digits',
      `{"a": 1.${'0'.repeat(20)}e-300000000}`,
      "$s.format('%f', $input.path('$.a'))#set($s = '')$s.format('%f', $input.path('$.a'))",
    ],
  ])('%s', (_, body, template) => {
    expect(soonFailing(template, { body }).kind).toBe('evaluation');
  });
});

describe('within the limits is', () => {
  it('a batch of 500 records with 5 MB', () => {
    const records = Array.from({ length: 500 }, (_, index) => ({
      data: 'x'.repeat(10_000),
      'partition-key': `key ${index}`,
    }));

    const text = render(TEMPLATE, { body: JSON.stringify({ records }) });

    expect(JSON.parse(text).Records).toHaveLength(500);
  });

  it('typical processing of a payload of 10 MB', () => {
    const body = JSON.stringify({ a: 'it\'s "quoted"\n'.repeat(600_000) });

    expect(
      render('$util.escapeJavaScript($input.json(\'$\')).replaceAll("\\\\\'","\'")', { body })
        .length,
    ).toBeGreaterThan(body.length);
    expect(render('$util.urlEncode($util.base64Encode($input.body))', { body })).toMatch(/^\w/);
  });

  it('a loop of 500 in one of 500', () => {
    const template = '#foreach($i in [1..500])#foreach($j in [1..500])#if($i == $j)$i #end#end#end';

    expect(render(template).split(' ')).toHaveLength(501);
  });
});
