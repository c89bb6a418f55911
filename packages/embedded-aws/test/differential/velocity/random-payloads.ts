import type { Random } from './random';

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  "'",
  ' ',
  '\n',
  '\t',
  '"a"',
  "'b'",
  'c',
  '"d":',
  'e:',
  '1',
  '-1',
  '0',
  '007',
  '-',
  '1.5',
  '-0.0',
  '1.',
  '.5',
  '1e5',
  '1E-3',
  '1e',
  '1.0e400',
  '12345678901',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '123456789012345678901',
  '0.12345678901234567890',
  '1.5E12345',
  '2147483648',
  '-2147483648',
  'true',
  'false',
  'null',
  'NaN',
  'tru',
  '\\',
  '\\n',
  '\\u00e9',
  '\\u12',
  '\\x41',
  '\\/',
  '\\q',
  'é',
  '😀',
  '\u001a',
  '\u0001',
  '\u007f',
  '\u2028',
  '~',
  '/',
  '1 2',
  '"x\\ty"',
  '"a\u0001\\n"',
  '{"k":',
  '[1,',
  '"p/q"',
] as const;

/** Text that is JSON, nearly JSON, or no JSON at all. */
export function randomPayload(random: Random): string {
  if (random.chance(0.5)) return value(random, 3);
  return Array.from({ length: 1 + random.below(8) }, () => random.pick(PIECES)).join('');
}

/** JSON, in the forms that lenient readers take. */
function value(random: Random, depth: number): string {
  const kind = depth === 0 ? 2 : random.below(4);
  const space = random.pick(['', '', ' ', '\n']);
  const items = (write: () => string) =>
    Array.from({ length: random.below(4) }, write).join(random.pick([',', ',', ', ', ',,']));
  if (kind === 0) return `${space}[${items(() => value(random, depth - 1))}${space}]`;
  if (kind === 1) {
    const key = () => random.pick(['"a"', "'b'", 'c', '"__proto__"', '""', '"a/b"', '1']);
    return `{${items(() => `${key()}${space}:${value(random, depth - 1)}`)}}${space}`;
  }
  return space + random.pick(PIECES);
}

/** Templates that show all of a payload. */
export const PAYLOAD_TEMPLATES = [
  "$input.json('$')",
  "$input.path('$')",
  "$input.body|$input.path('$.a')|$input.json('$.a')",
  "#set($p = $util.parseJson($input.body))$p|#if($p == '')e#end|$p.hashCode()",
  "#foreach($x in $input.path('$'))[$x]#end",
  "#set($n = $input.path('$') + 1)$n #set($m = $input.path('$') * 2)$m #set($q = $input.path('$') / 3)$q #if($input.path('$') > 2)>#end",
  "$util.escapeJavaScript($input.body)|$util.urlEncode($input.body)|$util.base64Encode($input.path('$'))",
] as const;
