import { type GatewayProbe, gatewayProbe } from './gateway';

const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const asText = (text: string) => ({ headers: { 'content-type': 'application/json' }, body: text });

/** A probe of what one template prints of one body. */
const prints = (
  name: string,
  question: string,
  vtl: string,
  body: string,
  expected: string,
  rows: readonly string[] = [],
): GatewayProbe =>
  gatewayProbe({
    name,
    question,
    rows,
    route: { vtl },
    requests: { body: asText(body) },
    expected: { body: expected },
  });

const UTIL = ['api-gateway: `$util`'];
const STRINGS = ['api-gateway: methods of `String`'];
const JSON_PATH = ['api-gateway: JSONPath'];

/** The behaviour of mapping templates on AWS. */
export const templateProbes: readonly GatewayProbe[] = [
  prints(
    'json-null',
    'What is $input.json of an explicit null?',
    `#set($text = "[$input.json('$.x')]")`,
    '{"x": null}',
    '200 [null]',
  ),
  prints(
    'json-printed',
    'How does $input.json print numbers, slashes and control characters?',
    `#set($text = $input.json('$'))`,
    '{"n":1.10,"e":1e5,"s":"a/b","u":"\\u007f\\u2028é"}',
    '200 {"n":1.1,"e":100000.0,"s":"a\\/b","u":"\\u007F\\u2028é"}',
  ),
  prints(
    'escape-javascript',
    'What does $util.escapeJavaScript make of quotes, slashes and characters beyond ASCII?',
    `#set($text = $util.escapeJavaScript($input.path('$.s')))`,
    JSON.stringify({ s: `'"\\/é🎉\u2028` }),
    '200 \\\'\\"\\\\\\/\\u00E9\\uD83C\\uDF89\\u2028',
    UTIL,
  ),
  prints(
    'url-encode',
    'How do $util.urlEncode and urlDecode treat blanks, plus and stars?',
    `#set($text = "$util.urlEncode('a b+c*é')|$util.urlDecode('a+b%20c')")`,
    '{}',
    '200 a+b%2Bc*%C3%A9|a b c',
    UTIL,
  ),
  prints(
    'url-decode-broken',
    'What does $util.urlDecode do with %zz?',
    `#set($text = $util.urlDecode('%zz'))`,
    '{}',
    '500',
    UTIL,
  ),
  prints(
    'parse-json-text',
    'What is $util.parseJson of plain text?',
    `#set($text = "[$util.parseJson('plain')]")`,
    '{}',
    '200 [plain]',
    UTIL,
  ),
  prints(
    'parse-json-broken',
    'What is $util.parseJson of broken JSON?',
    `#set($text = "[$util.parseJson('{broken')]")`,
    '{}',
    '500',
    UTIL,
  ),
  prints(
    'base64-of-object',
    'What is $util.base64Encode of an object?',
    `#set($text = "[$util.base64Encode($input.path('$.o'))]")`,
    '{"o": {"a": 1}}',
    '200 [e2E9MX0=]',
    UTIL,
  ),
  prints(
    'loop-ends',
    'Where does a loop of 1,500 turns end, and how?',
    `#set($n = 0)#foreach($i in [1..1500])#set($n = $i)#end#set($text = "$n")`,
    '{}',
    '200 1000',
    ['api-gateway: loops'],
  ),
  prints(
    'classes',
    "Can a template reach a value's class?",
    `#set($text = "[$!{text.getClass()}][$!input.class]")`,
    '{}',
    '200 [][]',
    ['api-gateway: prototypes, classes, the host'],
  ),
  prints(
    'hash-code',
    "Does a text's hashCode work, and its length count UTF-16 units?",
    `#set($s = $input.path('$.s'))#set($text = "$s.hashCode() $s.length()")`,
    '{"s": "a🎉"}',
    '200 1866478 3',
    STRINGS,
  ),
  prints(
    'string-methods',
    'Which methods does a text have that came after Java 8, and getBytes?',
    `#set($s = $input.path('$.s'))#set($text = "$s.strip() $s.isBlank() $s.repeat(2) $s.getBytes('UTF-8').size() $s.getBytes('ISO-8859-1')[1]")`,
    '{"s": " é"}',
    '200 é false  é é 3 -23',
    STRINGS,
  ),
  prints(
    'split-lines',
    'How does split treat empty lines, and is the second part of one an error?',
    `#set($lines = $input.path('$.s').split("\\r?\\n"))#set($text = "$lines.size() $lines[0] $lines[2]")`,
    '{"s": "a\\n\\nb\\r\\n\\n"}',
    '200 3 a b',
  ),
  prints(
    'split-beyond',
    'What is an index that an array does not have?',
    `#set($parts = "a".split(","))#set($text = "[$!parts[1]]")`,
    '{}',
    '500',
  ),
  prints(
    'java-patterns',
    "Are patterns Java's: possessive quantifiers, lookbehind, (?s)?",
    `#set($t = 'aab')#set($text = "$t.matches('a++b') $t.replaceAll('(?<=a)b', 'c')")`,
    '{}',
    '200 true aac',
    ['api-gateway: regular expressions'],
  ),
  prints(
    'path-negative-index',
    'Does JSONPath take a negative index?',
    `#set($text = "[$input.path('$.l[-1]')]")`,
    '{"l": [1, 2]}',
    '500',
    JSON_PATH,
  ),
  prints(
    'path-length',
    'Does JSONPath have length()?',
    `#set($text = "[$input.path('$.l.length()')]")`,
    '{"l": [1, 2]}',
    '500',
    JSON_PATH,
  ),
  prints(
    'path-filter',
    'What is a filter that nothing matches?',
    `#set($text = "[$input.path('$.l[?(@.a == 3)]')]")`,
    '{"l": [{"a": 1}]}',
    '200 [[]]',
    JSON_PATH,
  ),
  prints(
    'path-deep',
    'What does .. find, and in which order?',
    `#set($text = "[$input.json('$..a')]")`,
    '{"a": 1, "b": {"a": 2}}',
    '200 [[1,2]]',
    JSON_PATH,
  ),
  gatewayProbe({
    name: 'like-json',
    question: 'What is answered to a body that begins like JSON and is none, when it is read?',
    route: { vtl: `#set($text = "[$input.path('$.a')]")` },
    requests: { object: asText('{"a": '), text: asText('plain'), list: json([1]) },
    expected: { object: '400', text: '200 []', list: '200 []' },
  }),
];
