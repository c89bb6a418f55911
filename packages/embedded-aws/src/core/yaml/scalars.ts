import { type Characters, END, isBlank, isBreak, isBreakOrEnd } from './characters';
import { YamlError } from './yaml-error';

// The text of scalars, from their first character on: https://yaml.org/spec/1.1/#id903915 ff.

/**
 * Reads a plain scalar.
 * @param indent the least column of a continuation line
 * @returns its text, and whether a line break follows it
 */
export function readPlain(
  chars: Characters,
  inFlow: boolean,
  indent: number,
): { readonly value: string; readonly isMultiline: boolean } {
  let value = '';
  let spaces = '';
  let isMultiline = false;
  while (chars.peek() !== '#') {
    const word = chars.take(plainWordLength(chars, inFlow));
    if (word === '') break;
    isMultiline = false;
    value += spaces + word;
    const next = readPlainSpaces(chars);
    if (next === undefined) return { value, isMultiline: true };
    ({ spaces, isMultiline } = next);
    if (spaces === '' || (!inFlow && chars.column < indent)) break;
  }
  return { value, isMultiline };
}

function plainWordLength(chars: Characters, inFlow: boolean): number {
  let length = 0;
  for (; ; length++) {
    const char = chars.peek(length);
    if (isBlank(char) || (inFlow && ',?[]{}'.includes(char))) return length;
    if (char !== ':') continue;
    const next = chars.peek(length + 1);
    if (isBlank(next) || (inFlow && ',[]{}'.includes(next))) return length;
  }
}

/** The white space between two words of a plain scalar, folded; undefined where a document ends. */
function readPlainSpaces(
  chars: Characters,
): { readonly spaces: string; readonly isMultiline: boolean } | undefined {
  const spaces = chars.takeWhile((char) => char === ' ' || char === '\t');
  const first = chars.takeBreak();
  if (first === '') return { spaces, isMultiline: false };
  if (chars.atDocumentMarker()) return undefined;
  let breaks = '';
  for (;;) {
    if (chars.peek() === ' ') {
      chars.skip();
      continue;
    }
    const next = chars.takeBreak();
    if (next === '') break;
    breaks += next;
    if (chars.atDocumentMarker()) return undefined;
  }
  return { spaces: folded(first, breaks), isMultiline: true };
}

/** A single line break becomes a space; further ones stay. */
function folded(first: string, breaks: string): string {
  if (first !== '\n') return first + breaks;
  return breaks === '' ? ' ' : breaks;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Reads a quoted scalar, with its quotes.
 * @throws YamlError if it does not end, or has an unknown escape
 */
export function readQuoted(chars: Characters, quote: string): string {
  chars.skip();
  let value = '';
  for (;;) {
    value += readQuotedText(chars, quote);
    if (chars.peek() === quote) break;
    value += readQuotedSpaces(chars);
  }
  chars.skip();
  return value;
}

function readQuotedText(chars: Characters, quote: string): string {
  const isDouble = quote === '"';
  let value = '';
  for (;;) {
    value += chars.takeWhile((char) => !isBlank(char) && !`'"\\`.includes(char));
    const char = chars.peek();
    if (!isDouble && char === quote && chars.peek(1) === quote) {
      value += quote;
      chars.skip(2);
    } else if (isBlank(char) || char === quote) {
      return value;
    } else if (isDouble && char === '\\') {
      chars.skip();
      value += readEscape(chars);
    } else {
      value += chars.take(1);
    }
  }
}

function readEscape(chars: Characters): string {
  const char = chars.peek();
  const plain = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined;
  if (plain !== undefined) {
    chars.skip();
    return plain;
  }
  const length = Object.hasOwn(HEX_LENGTHS, char) ? HEX_LENGTHS[char] : undefined;
  if (length !== undefined) {
    chars.skip();
    const hex = chars.prefix(length);
    const code = Number.parseInt(hex, 16);
    if (hex.length < length || !/^[0-9A-Fa-f]+$/.test(hex) || code > 0x10ffff) {
      throw new YamlError(`expected an escape of ${length} hexadecimal numbers`, chars.mark());
    }
    chars.skip(length);
    return String.fromCodePoint(code);
  }
  if (!isBreak(char)) throw new YamlError('unknown escape character', chars.mark());
  chars.takeBreak();
  return readQuotedBreaks(chars);
}

function readQuotedSpaces(chars: Characters): string {
  const spaces = chars.takeWhile((char) => char === ' ' || char === '\t');
  if (chars.peek() === END) {
    throw new YamlError('unexpected end of stream in a quoted scalar', chars.mark());
  }
  const first = chars.takeBreak();
  return first === '' ? spaces : folded(first, readQuotedBreaks(chars));
}

function readQuotedBreaks(chars: Characters): string {
  let breaks = '';
  for (;;) {
    if (chars.atDocumentMarker()) {
      throw new YamlError('unexpected document separator in a quoted scalar', chars.mark());
    }
    chars.takeWhile((char) => char === ' ' || char === '\t');
    const next = chars.takeBreak();
    if (next === '') return breaks;
    breaks += next;
  }
}

/**
 * Reads a block scalar, with its indicator `|` or `>`.
 * @param parentIndent the column of the collection that it belongs to
 * @throws YamlError for an invalid header
 */
export function readBlock(chars: Characters, parentIndent: number): string {
  const isFolded = chars.take(1) === '>';
  const { chomping, increment } = readBlockHeader(chars);
  const least = Math.max(1, parentIndent + 1);
  const start = increment === undefined ? readIndentation(chars) : { breaks: '', indent: 0 };
  const indent = increment === undefined ? Math.max(least, start.indent) : least + increment - 1;
  let breaks = start.breaks + readBlockBreaks(chars, indent);
  let value = '';
  let lineBreak = '';
  while (chars.column === indent && chars.peek() !== END) {
    value += breaks;
    const startsBlank = ' \t'.includes(chars.peek());
    value += chars.takeWhile((char) => !isBreakOrEnd(char));
    lineBreak = chars.takeBreak();
    breaks = readBlockBreaks(chars, indent);
    if (chars.column !== indent || chars.peek() === END) break;
    const continues =
      isFolded && lineBreak === '\n' && !startsBlank && !' \t'.includes(chars.peek());
    if (!continues) value += lineBreak;
    else if (breaks === '') value += ' ';
  }
  if (chomping !== '-') value += lineBreak;
  return chomping === '+' ? value + breaks : value;
}

function readBlockHeader(chars: Characters): { chomping: string; increment: number | undefined } {
  const [header = '', sign, digitAfter, digitBefore, signAfter] =
    /^(?:([+-])([1-9])?|([1-9])([+-])?)?/.exec(chars.prefix(2)) ?? [];
  chars.skip(header.length);
  if (!isBlank(chars.peek())) {
    throw new YamlError('expected chomping or indentation indicators', chars.mark());
  }
  chars.takeWhile((char) => char === ' ');
  if (chars.peek() === '#') chars.takeWhile((char) => !isBreakOrEnd(char));
  if (!isBreakOrEnd(chars.peek())) {
    throw new YamlError('expected a comment or a line break', chars.mark());
  }
  chars.takeBreak();
  const digit = digitAfter ?? digitBefore;
  return {
    chomping: sign ?? signAfter ?? '',
    increment: digit === undefined ? undefined : Number(digit),
  };
}

/** The leading empty lines of a block scalar, and the most columns that they or its text have. */
function readIndentation(chars: Characters): { breaks: string; indent: number } {
  let breaks = '';
  let indent = 0;
  for (;;) {
    chars.takeWhile((char) => char === ' ');
    indent = Math.max(indent, chars.column);
    const next = chars.takeBreak();
    if (next === '') return { breaks, indent };
    breaks += next;
  }
}

function readBlockBreaks(chars: Characters, indent: number): string {
  let breaks = '';
  for (;;) {
    while (chars.column < indent && chars.peek() === ' ') chars.skip();
    const next = chars.takeBreak();
    if (next === '') return breaks;
    breaks += next;
  }
}
