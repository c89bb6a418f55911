/** Maximum depth of indentation: hostile data may be nested as deep as it is long. */
const DEEPEST_INDENT = 40;

/**
 * JSON with one member a line. The text itself is set out, not the value it stands for: numbers too
 * large for a double, members of the same name and escapes are shown as they were sent.
 * @param most how many characters are wanted; what is beyond may be left out
 * @returns undefined for text that is not JSON
 */
export function indentJson(
  text: string,
  most: number = Number.POSITIVE_INFINITY,
): string | undefined {
  if (!isJson(text)) return undefined;
  let out = '';
  let depth = 0;
  let before = '';
  const line = () => `\n${'  '.repeat(Math.min(depth, DEEPEST_INDENT))}`;
  for (const token of tokens(text)) {
    if (out.length > most) break;
    const closes = token === '}' || token === ']';
    const opened = before === '{' || before === '[';
    if (closes) depth -= 1;
    if (before === ':') out += ' ';
    else if (closes ? !opened : opened || before === ',') out += line();
    out += token;
    if (token === '{' || token === '[') depth += 1;
    before = token;
  }
  return out;
}

/** JSON in one line, its numbers and members as they were sent. @returns undefined for other text */
export function compactJson(text: string): string | undefined {
  return isJson(text) ? [...tokens(text)].join('') : undefined;
}

/**
 * The JSON of a member of an object, in one line, as it was sent; of several with this name the last
 * one, as parsers have it.
 * @param text the JSON of an object
 */
export function memberJson(text: string, name: string): string | undefined {
  let depth = 0;
  let before = '';
  let found: string | undefined;
  let isWithin = false;
  for (const token of tokens(text)) {
    if (token === '}' || token === ']') depth -= 1;
    const isEnd = depth === 0 || (depth === 1 && token === ',');
    if (isEnd) isWithin = false;
    if (isWithin) found = `${found ?? ''}${token}`;
    if (depth === 1 && token === ':' && JSON.parse(before) === name) {
      isWithin = true;
      found = undefined;
    }
    if (token === '{' || token === '[') depth += 1;
    before = token;
  }
  return found;
}

const BLANK = /\s/;
const PUNCTUATION = '{}[],:';

/**
 * The tokens of text that is known to be JSON. By hand: a pattern's stack has an end, data has not.
 */
function* tokens(text: string): Generator<string> {
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (BLANK.test(character)) {
      at += 1;
      continue;
    }
    const end = PUNCTUATION.includes(character) ? at + 1 : wordEnd(text, at);
    yield text.slice(at, end);
    at = end;
  }
}

function wordEnd(text: string, start: number): number {
  let at = start + 1;
  if (text.charAt(start) !== '"') {
    while (at < text.length && !PUNCTUATION.includes(text.charAt(at))) {
      if (BLANK.test(text.charAt(at))) break;
      at += 1;
    }
    return at;
  }
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
