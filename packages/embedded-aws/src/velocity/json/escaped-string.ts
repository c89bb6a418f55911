import { END } from './characters';
import { JsonParseError } from './json-parse-error';

/** Characters that end a string with escapes, or that are not part of its text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what json-smart drops
const SPECIAL_IN_DOUBLE = /["\\\u0000-\u001f\u007f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what json-smart drops
const SPECIAL_IN_SINGLE = /['\\\u0000-\u001f\u007f]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  b: '\b',
  '\\': '\\',
  '/': '/',
  "'": "'",
  '"': '"',
};

/**
 * Reads a string with escapes. json-smart drops raw control characters only from such strings.
 * @param start position after the opening quote
 * @returns the string, and the position of the closing quote
 * @throws JsonParseError
 */
export function readEscapedString(
  source: string,
  quote: '"' | "'",
  start: number,
): readonly [string, number] {
  const special = quote === '"' ? SPECIAL_IN_DOUBLE : SPECIAL_IN_SINGLE;
  let text = '';
  let from = start;
  special.lastIndex = start;
  while (special.test(source)) {
    const at = special.lastIndex - 1;
    const character = source.charAt(at);
    if (character === END) break;
    text += source.slice(from, at);
    if (character === quote) return [text, at];
    from = at + 1;
    if (character === '\\') {
      const [escaped, end] = readEscape(source, at + 1);
      text += escaped;
      from = end + 1;
    }
    special.lastIndex = from;
  }
  throw new JsonParseError(`Unexpected End Of File position ${source.length - 1}: null`);
}

/**
 * The characters of the escape whose letter is at `position`, and the position of its last
 * character.
 */
function readEscape(source: string, position: number): readonly [string, number] {
  const letter = source[position] ?? END;
  const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : 0;
  if (digits === 0) return [ESCAPES[letter] ?? '', position];
  const hexadecimal = source.slice(position + 1, position + 1 + digits);
  const valid = /^[0-9a-fA-F]*/.exec(hexadecimal)?.[0] ?? '';
  if (valid.length < digits) {
    const at = position + 1 + valid.length;
    const found = source[at] ?? END;
    throw new JsonParseError(
      found === END
        ? `Unexpected End Of File position ${at}: EOF`
        : `Unexpected unicode escape sequence ${found} at position ${at}.`,
    );
  }
  return [String.fromCharCode(Number.parseInt(hexadecimal, 16)), position + digits];
}
