import { failureOf, render } from '../rendering';

describe('white space around directives', () => {
  it.each([
    ['a directive removes the blank rest of its line', 'a\n#if(true) \t\nb\n#end\nc', 'a\nb\nc'],
    ['a directive keeps what precedes it', 'a\n   #if(true)\nb\n   #end\nc', 'a\n   b\n   c'],
    ['only one line end is removed', '#if(true)\n\nb#end\n\nc', '\nb\nc'],
    ['carriage returns count as line ends', '#if(true)\r\nb\r#end\rc', 'b\rc'],
    ['text after a directive keeps its blanks', '#if(true) b #end c', ' b  c'],
    ['#set removes the spaces before it', 'x#set($a = 1)   #set($b = 2)y', 'xy'],
    ['#set removes only spaces, not spaces after text', 'x   #set($a = 1)y', 'x   y'],
    ['#else removes its line end', '#if(false)a#else  \n  b#end', '  b'],
    ['a line comment removes its line end', 'a ## comment\nb', 'a b'],
    ['a block comment removes no line end', 'a\n#* comment\n *#\nb', 'a\n\nb'],
    ['#define removes its line end', '#define($d)\nx\n#end\n[$d]', '[x\n]'],
    ['#foreach removes its line end', '#foreach($i in [1, 2])\n$i;\n#end\n.', '1;\n2;\n.'],
  ])('%s', (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

describe('directives', () => {
  it.each([
    ['names may be in braces', '#{if}(true)a#{else}b#{end}c', 'ac'],
    ['a longer name is not a directive', '#if(true)x#endless#end', 'x#endless'],
    ['names are lower case', '#IF(true)#END', '#IF(true)#END'],
    ['an unknown directive prints itself', '#unknown($a "b") #other', '#unknown($a "b") #other'],
    ['#macro prints nothing and defines nothing', '#macro(hi $n)Hi $n#end|#hi("a")', '|#hi("a")'],
    ['a macro call with a body prints itself', '#@wrap($a)body $b#end', '#@wrap($a)body $b#end'],
    ['#evaluate prints itself', '#evaluate("$a")', '#evaluate("$a")'],
    [
      '#parse and #include print themselves',
      '#parse("a.vm")#include("b")',
      '#parse("a.vm")#include("b")',
    ],
    ['#literal prints its block unparsed', '#literal()$a #if(#end', undefined],
    ['#literal prints its block', '#literal()$a b#end', '$a b'],
    ['a textblock prints verbatim', '#[[$a #if(x) ## \\# ]]#!', '$a #if(x) ## \\# !'],
    ['a colour is text', 'color: #ff0000; #123', 'color: #ff0000; #123'],
    ['a lone hash is text', 'a # b "#" #', undefined],
    ['a hash before a blank is text', 'a # b "#"', 'a # b "#"'],
    ['a lone dollar is text', 'cost: $ 5, $5, $, $.x $[0]', 'cost: $ 5, $5, $, $.x $[0]'],
    ['words of JSON are text', '{"a": [1, {"b": null}]}', '{"a": [1, {"b": null}]}'],
  ])('%s', (_, template, expected) => {
    if (expected === undefined) expect(failureOf(template)).toBe('parse');
    else expect(render(template)).toBe(expected);
  });

  it.each([
    ['#if without #end', '#if(true)x'],
    ['#end without #if', 'x#end'],
    ['#else without #if', 'x#else'],
    ['#if without a condition', '#if()x#end'],
    ['#if with two conditions', '#if(true false)x#end'],
    ['#set without a reference', '#set(a = 1)'],
    ['#set without a value', '#set($a = )'],
    ['#set of null, which is a word', '#set($a = null)'],
    ['#set with a tab before its parenthesis', '#set\t($a = 1)'],
    ['#foreach without parentheses', '#foreach x #end'],
    ['#define without a name', '#define()x#end'],
    ['#define with two names', '#define($a $b)x#end'],
    ['#macro without a name', '#macro()x#end'],
    ['#macro with a quoted name', '#macro("m")x#end'],
    ['#break with two scopes', '#break($foreach $foreach)'],
    ['an unclosed reference', '${a'],
    ['an unclosed index', '$a[0'],
    ['an index that is an expression', '$a[1 + 1]'],
    ['an unclosed call', '$a.b(1'],
    ['an expression among arguments', '$a.b(1 + 1)'],
    ['an unclosed string', '#set($a = "b)'],
    ['a quote escaped by a backslash', '#set($a = "\\"b\\"")'],
    ['a string with a broken template', '#set($a = "#if(true)")'],
    ['an invalid \\u escape', '#set($a = "\\u00zz")'],
    ['a dollar at the very end', 'Hello $'],
    ['a hash at the very end', 'Hello #'],
    ['a default value, which Velocity 2 has', "${a|'b'}"],
    ['a subtraction without blanks, which reads as two numbers', '#set($a = 7-1)'],
    ['a reserved word for a name', '$true'],
    ['a range of expressions', '#set($a = [1 + 1..3])'],
  ])('refuses %s', (_, template) => {
    expect(failureOf(template)).toBe('parse');
  });
});

describe('backslashes', () => {
  it.each([
    ['one escapes a reference', '#set($a = 1)\\$a', '$a'],
    ['two are one and the value', '#set($a = 1)\\\\$a', '\\1'],
    ['three are one and the source', '#set($a = 1)\\\\\\$a', '\\$a'],
    ['one escapes a reference without a value', '\\$nothing', '$nothing'],
    ['one escapes a formal reference', '#set($a = 1)\\${a} \\$!a \\$!{a}', '${a} $!a $!{a}'],
    [
      'one escapes a directive',
      '\\#if(true) \\#end \\#set \\#foreach',
      '#if(true) #end #set #foreach',
    ],
    ['two before a directive are one', '\\\\#if(true)x#end', '\\x'],
    ['one before an unknown directive stays', '\\#unknown \\x \\', '\\#unknown \\x \\'],
    ['one escapes a macro that was defined', '#macro(m)x#end\\#m', '#m'],
    ['in text they stay', 'a\\nb \\" \\u0041', 'a\\nb \\" \\u0041'],
  ])('%s', (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

describe('comments', () => {
  it.each([
    ['nested', 'a#* b ## c $d #if *#e', 'ae'],
    ['for documentation', 'a#** b\n * c *#d', 'ad'],
    ['that are empty', 'a#**#b', 'ab'],
    ['that are unclosed', 'a#* b', 'a'],
    ['at the end', 'a## b', 'a'],
    ['behind a reference', '#set($a = 1)$a## b\n$a#* c *#$a', '111'],
    ['behind a lone dollar', '$## a', '$'],
  ])('%s', (_, template, expected) => {
    expect(render(template)).toBe(expected);
  });
});
