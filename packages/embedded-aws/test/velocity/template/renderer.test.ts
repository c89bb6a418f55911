import { failing, failureWithPayload, render, renderWithPayload } from '../rendering';

describe('#if', () => {
  it.each([
    ['#if(true)a#elseif(true)b#{else}c#end', 'a'],
    ['#if(false)a#elseif(true)b#{else}c#end', 'b'],
    ['#if(false)a#elseif(false)b#elseif(true)d#{else}c#end', 'd'],
    ['#if(false)a#elseif(false)b#{else}c#end', 'c'],
    ['#if(false)a#end', ''],
  ])('%s', (template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

describe('#foreach', () => {
  it.each([
    ['a list', '$r.list', '10,20,30,'],
    ["a map's values", '$r.map', '1,zwei,'],
    ['keys', '$r.map.keySet()', 'first,second,'],
    ['a range', '[3..1]', '3,2,1,'],
    ['an array', "$r.words.split(' ')", 'one,two,three,'],
    ['an iterator', '$r.list.iterator()', '10,20,30,'],
    ['a string: nothing', '$r.words', ''],
    ['a number: nothing', '$r.count', ''],
    ['a missing value: nothing', '$r.x', ''],
  ])('iterates over %s', (_, list, expected) => {
    expect(renderWithPayload(`#foreach($x in ${list})$x,#end`)).toBe(expected);
  });

  it.each([
    ['the position', '$foreach.index$foreach.count$velocityCount', '011 122 233 '],
    ['the ends', '#if($foreach.first)F#end#if($foreach.last)L#end', 'F  L '],
    [
      'whether there are more elements',
      '$foreach.hasNext $velocityHasNext',
      'true true true true false false ',
    ],
  ])('provides %s', (_, block, expected) => {
    expect(renderWithPayload(`#foreach($x in $r.list)${block} #end`)).toBe(expected);
  });

  it.each([
    [
      'outer loops',
      '#foreach($a in [1, 2])#foreach($b in [3])$foreach.parent.index$foreach.topmost.count#end#end',
      '0112',
    ],
    ['a previous value of the variable', '#set($x = "old")#foreach($x in [1])$x#end$x', '1old'],
    [
      'no previous value of the variable',
      '#foreach($x in [1])$x#end[$x$foreach$velocityCount]',
      '1[]',
    ],
    [
      'a variable called foreach',
      '#set($foreach = "mine")#foreach($x in [1])$foreach.index#end$foreach',
      '0mine',
    ],
    ['its own values', '#foreach($x in [1, 2])#set($foreach.sum = $x)$foreach.sum#end', '12'],
    ['elements that are null', '#foreach($x in $r.nulls)[$x]#set($x = 5)[$x]#end', ''],
  ])('scopes %s', (_, template, expected) => {
    expect(renderWithPayload(template)).toBe(expected);
  });

  it('shows a null element as missing, whatever is assigned to it', () => {
    const template = "#foreach($x in $input.path('$'))[$x#set($x = 7)$x]#end";

    expect(render(template, { body: '[1, null, 2]' })).toBe('[17][][27]');
  });

  it.each([
    ['#break leaves the loop', '#foreach($x in [1, 2, 3])#if($x == 2)#break#end$x#end.', '1.'],
    [
      '#break leaves the inner loop',
      '#foreach($x in [1, 2])#foreach($y in [3, 4])$y#break#end#end',
      '33',
    ],
    [
      '#break leaves the loop it names',
      '#foreach($x in [1, 2])#set($o = $foreach)#foreach($y in [3, 4])$y#break($o)#end#end.',
      '3.',
    ],
    ['#break outside of a loop ends the template', 'a#break b', 'a'],
    ['#stop ends the template', '#foreach($x in [1, 2])$x#stop#end b', '1'],
    ['#stop accepts a message', 'a#stop("why")b', 'a'],
    ['a fourth argument replaces the block', '#foreach($x in [1, 2] $x)block#end', '12'],
  ])('%s', (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });

  it('ends after 1,000 iterations', () => {
    const template = '#foreach($x in [1..1500])#set($last = $x)#end$last';

    expect(render(template)).toBe('1000');
  });

  it('fails if the list is modified in the loop, like Java', () => {
    expect(failureWithPayload('#foreach($x in $r.list)#set($d = $r.list.add(1))#end')).toBe(
      'evaluation',
    );
    expect(
      failureWithPayload('#foreach($k in $r.map.keySet())#set($d = $r.map.put("x$k", 1))#end'),
    ).toBe('evaluation');
  });

  it('shows values that are replaced before they are reached', () => {
    const template = '#foreach($v in $r.map)#set($r.map.second = 2)$v;#end';

    expect(renderWithPayload(template)).toBe('1;2;');
  });

  it('fails for a loop without a list, and only once it is reached', () => {
    expect(failing('#foreach($x)a#end').kind).toBe('evaluation');
    expect(render('#if(false)#foreach($x)a#end#end.')).toBe('.');
  });

  it('fails to break out of a value that is not a loop', () => {
    expect(failureWithPayload('#break($r.name)')).toBe('evaluation');
  });
});

describe('#define', () => {
  it.each([
    ['renders where it is printed', '#define($d)[$x]#end#set($x = 1)$d#set($x = 2)$d', '[1][2]'],
    ['renders for conditions', '#define($d)#set($x = 1)#end#if($d)$x#end', '1'],
    ['is text for comparisons', '#define($d)a#end#if($d == "a")same#end', 'same'],
    ['is text inside strings', '#define($d)a#end#set($s = "<$d>")$s', '<a>'],
    [
      'has the methods of an object',
      '#define($d)ab#end$d.toString().length() [$d.length()]',
      '2 []',
    ],
    ['#break leaves it', '#define($d)a#break b#end$d$d', 'aa'],
    ['nests twice, then prints its name', '#define($d)<$d>#end$d', '<<$d>>'],
  ])('%s', (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });
});
