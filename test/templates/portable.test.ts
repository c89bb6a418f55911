import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

// Velocity on AWS has all methods of Java's strings, lists and maps. LocalStack's engine (airspeed) has few
// and answers every other call with nothing, silently: `matches` was never true there, and `containsKey`
// left every error at 400. Templates keep to what both have.

const TEMPLATES = path.join(__dirname, '..', '..', 'templates');

/**
 * The methods that both engines have, and of what. LocalStack 4.14.0, with airspeed-ext 0.6.9: its
 * VelocityInput and VelocityUtilApiGateway, its ExtendedString, and airspeed's additional methods.
 */
const BOTH_HAVE: Readonly<Record<string, RegExp>> = {
  params: /^\$input$/,
  path: /^\$input$/,
  json: /^\$input$/,
  escapeJavaScript: /^\$util$/,
  base64Encode: /^\$util$/,
  // Of texts, wherever they come from.
  replaceAll: /./,
  contains: /./,
  startsWith: /./,
  // Of texts in bodies, and what is made of them. Texts that LocalStack wraps, such as parameters, lack these.
  length: /^\$(input\.path\('\$\.Data'\)|input\.path\(\$event\)|record\.(data|Data)|data|key)$/,
  substring: /^\$key$/,
  matches: /^\$(letters|others)$|^\$names\.replaceAll\(/,
  // Of lists in bodies, and of lines.
  split: /^\$lines$/,
  size: /^\$elements$/,
  // Of maps in bodies, and of parameters.
  keySet: /^\$(input\.path\('\$'\)|record|sent|sentQuery)$/,
  // Of maps that the template itself writes, and of parameters.
  get: /^\$(statuses|headers|sent|sentQuery|input\.params\(\)\.querystring|context\.authorizer(\.claims)?)$/,
  put: /^\$headers$/,
};

interface Call {
  readonly of: string;
  readonly name: string;
}

/** Every call of a method, with the text before its dot. */
function callsIn(text: string): Call[] {
  return [...text.matchAll(/\.([A-Za-z]+)\(/g)].map(({ 1: name = '', index }) => {
    const before = text.slice(0, index);
    const start = referenceStart(before);
    return { of: before.slice(start), name };
  });
}

/** Where the reference begins whose method is called, parentheses and all. */
function referenceStart(before: string): number {
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    if (before[at] === ')') depth += 1;
    if (before[at] === '(') depth -= 1;
    if (depth === 0 && before[at] === '$') return at;
  }
  throw new TypeError(`No reference at the end of ${before.slice(-60)}`);
}

const withoutComments = (text: string) => text.replace(/^##.*$/gm, '');

const files = readdirSync(TEMPLATES).filter((name) => name.endsWith('.vtl'));

test.each(files)('%s calls only methods that LocalStack has as well', (name) => {
  const text = withoutComments(readFileSync(path.join(TEMPLATES, name), 'utf8'));

  const others = callsIn(text).filter(({ of, name: method }) => !BOTH_HAVE[method]?.test(of));

  expect(others).toEqual([]);
});

test('a call that LocalStack lacks is found', () => {
  expect(callsIn("#if($statuses.containsKey($code))$input.params('x').matches('y')#end")).toEqual([
    { of: '$statuses', name: 'containsKey' },
    { of: '$input', name: 'params' },
    { of: "$input.params('x')", name: 'matches' },
  ]);
});
