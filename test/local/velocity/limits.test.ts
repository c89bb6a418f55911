import { evaluate, failing, failureOf, render } from './rendering';

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
    ['useless commas', `[${','.repeat(megabytes)}]`, "$input.json('$')", '[]'],
    ['white space', `${' '.repeat(megabytes)}{}`, "$input.json('$')", '{}'],
  ])('%s', (_, body, template, expected) => {
    expect(render(template, { body })).toBe(expected);
  });

  it('that nest without end are refused as payloads', () => {
    expect(failureOf("$input.path('$')", { body: '['.repeat(megabytes) })).toBe('payload');
  });
});

describe('hostile templates end in an error', () => {
  const doubling = (statement: string) =>
    `#set($s = 'xxxxxxxx')#foreach($i in [1..100])${statement}#end$s`;

  it.each([
    ['loops in loops', '#foreach($a in [1..1000])'.repeat(4) + '#end'.repeat(4)],
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
      'blocks that render each other',
      '#define($a)$b$b#end#define($b)$a$a#end#set($x = "$a")#foreach($i in [1..1000])#set($l = [])#foreach($j in [1..1000])#foreach($k in [1..1000])$a#end#end#end',
    ],
    ['a sum without end', `#set($a = ${'1 + '.repeat(70_000)}1)$a`],
    ['a runaway pattern', `#set($s = '${'a'.repeat(50)}')$s.matches('(a+)+b')`],
  ])('%s', (_, template) => {
    expect(failing(template).kind).toBe('evaluation');
  });

  it.each([
    ['directives', '#if(true)'.repeat(5_000)],
    ['directives with ends', '#if(true)'.repeat(5_000) + '#end'.repeat(5_000)],
    ['parentheses', `#set($a = ${'('.repeat(5_000)}1${')'.repeat(5_000)})`],
    ['lists', `#set($a = ${'['.repeat(5_000)}${']'.repeat(5_000)})`],
    ['negations', `#set($a = ${'!'.repeat(5_000)}true)`],
    ['calls', `$a${'.b($a'.repeat(5_000)}${')'.repeat(5_000)}`],
    ['indexes', `$a${'[$a'.repeat(5_000)}${']'.repeat(5_000)}`],
    ['ranges that are none', `#set($a = ${'[$a.b('.repeat(300)}`],
  ])('nested %s are refused', (_, template) => {
    expect(failureOf(template)).toBe('parse');
  });

  it('long templates are read in proportion', () => {
    expect(render('\\'.repeat(300_000))).toHaveLength(300_000);
    expect(render(`#*${'# '.repeat(150_000)}*#x`)).toBe('x');
    expect(render('$ '.repeat(100_000))).toHaveLength(200_000);
    expect(render(' '.repeat(300_000))).toHaveLength(300_000);
    expect(render(`${'#set($a = 1) '.repeat(20_000)}$a`)).toBe(' 1');
    expect(render('1 + 1 '.repeat(50_000))).toHaveLength(300_000);
    expect(render(`#set($a = ${'1 + '.repeat(1_000)}1)$a`)).toBe('1001');
  });

  it('a template in the data stays data', () => {
    const body = JSON.stringify({ a: '$util.base64Encode("x") #set($x = 1) ${input.body}' });

    expect(render("$input.path('$.a')", { body })).toBe(
      '$util.base64Encode("x") #set($x = 1) ${input.body}',
    );
  });
});
