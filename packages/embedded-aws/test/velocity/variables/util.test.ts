import { failureOf, render } from '../rendering';

const body = JSON.stringify({ t: 'it\'s "é" </p>\n\\', lone: '\ud800x\udc00', pair: '😀' });
const call = (expression: string) =>
  render(`#set($r = $input.path('$'))$util.${expression}`, { body });

describe('$util', () => {
  it.each([
    ['escapeJavaScript($r.t)', 'it\\\'s \\"\\u00E9\\" <\\/p>\\n\\\\'],
    ['escapeJavaScript($r.pair)', '\\uD83D\\uDE00'],
    ["escapeJavaScript('')", ''],
    ['escapeJavaScript($r.t).replaceAll("\\\\\'", "\'")', 'it\'s \\"\\u00E9\\" <\\/p>\\n\\\\'],
    ['base64Encode($r.pair)', '8J+YgA=='],
    ['base64Encode($r.lone)', 'P3g/'],
    ['base64Encode(12)', 'MTI='],
    ["base64Encode({'a': 1})", 'e2E9MX0='],
    ['base64Encode($r.nope)', ''],
    ["base64Decode('8J+YgA==')", '😀'],
    ["urlEncode('a b&c=é/~*()!')", 'a+b%26c%3D%C3%A9%2F%7E*%28%29%21'],
    ['urlEncode($r.lone)', '%3Fx%3F'],
    ["urlEncode('-_.*')", '-_.*'],
    ["urlDecode('a+b%26%C3%A9%2B')", 'a b&é+'],
    ['parseJson(\'{"a": [1, {b: 2}]}\')', '{a=[1,{"b":2}]}'],
    ["parseJson('[1, 2]').size()", '2'],
    ["parseJson('text')", 'text'],
  ])('%s', (expression, expected) => {
    expect(call(expression)).toBe(expected);
  });

  it.each([
    'urlEncode(5)',
    'escapeJavaScript({})',
    'parseJson()',
    'base64Encode()',
    'nosuch("x")',
    'toJson({})',
  ])('%s is not a function: prints nothing', (expression) => {
    expect(call(expression)).toBe('');
  });

  it.each(["urlDecode('%')", "urlDecode('%zz')", "parseJson('{')"])('%s fails', (expression) => {
    expect(failureOf(`$util.${expression}`)).toBe('evaluation');
  });

  it('prints nothing itself', () => {
    expect(render('[$util][$util.urlEncode]')).toBe('[][]');
  });
});
