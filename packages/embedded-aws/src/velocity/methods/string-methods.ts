import {
  assertStringLength,
  boundedString,
  spend,
  spendOnText,
} from '../../core/evaluation-budget';
import { replaceEvery } from '../../java-regex/literal';
import { matches, replace, split } from '../../java-regex/operations';
import { javaException, notImplemented } from '../errors';
import { JavaCollection } from '../java/collection';
import { encoderOf } from '../java/encoding';
import { stringHash } from '../java/equality';
import { formatJava } from '../java/format';
import { JavaArray } from '../java/list';
import { stringValueOf } from '../java/to-string';
import { javaTrim } from '../java/trim';
import { JavaCharacter, JavaSmallInteger, type JavaValue } from '../java/values';
import { assertListLength } from '../limits';
import { type Arguments, type MethodRow, MethodTable } from './method-table';
import { COMPARABLE } from './object-methods';

type StringMethods = readonly MethodRow<string>[];

const COMPARING: StringMethods = [
  ['equals', 'Object', (target, values) => target === values.value(0)],
  ['contentEquals', 'CharSequence', (target, values) => target === values.string(0)],
  [
    'equalsIgnoreCase',
    'String',
    (target, values) => {
      const other = values.value(0);
      return typeof other === 'string' && foldCase(target) === foldCase(other);
    },
  ],
  ['compareTo', 'String', (target, values) => compare(target, values.string(0))],
  [
    'compareToIgnoreCase',
    'String',
    (target, values) => compare(foldCase(target), foldCase(values.string(0))),
  ],
  ['startsWith', 'String', (target, values) => target.startsWith(values.string(0))],
  [
    'startsWith',
    'String int',
    (target, values) =>
      values.int(1) >= 0 &&
      values.int(1) <= target.length &&
      target.startsWith(values.string(0), values.int(1)),
  ],
  ['endsWith', 'String', (target, values) => target.endsWith(values.string(0))],
  ['contains', 'CharSequence', (target, values) => target.includes(values.string(0))],
  ['matches', 'String', (target, values) => matches(target, values.string(0))],
  [
    'regionMatches',
    'int String int int',
    (target, values) => regionMatches(target, values, 0, false),
  ],
  [
    'regionMatches',
    'boolean int String int int',
    (target, values) => regionMatches(target, values, 1, values.boolean(0)),
  ],
  ['hashCode', '', stringHash],
];

const SEARCHING: StringMethods = [
  ['length', '', (target) => target.length],
  ['isEmpty', '', (target) => target.length === 0],
  ['isBlank', '', (target) => !NOT_BLANK.test(target)],
  ['indexOf', 'int', (target, values) => indexOfCode(target, values.int(0), 0)],
  ['indexOf', 'String', (target, values) => target.indexOf(values.string(0))],
  ['indexOf', 'int int', (target, values) => indexOfCode(target, values.int(0), values.int(1))],
  ['indexOf', 'String int', (target, values) => target.indexOf(values.string(0), values.int(1))],
  ['lastIndexOf', 'int', (target, values) => target.lastIndexOf(codePoint(values.int(0)))],
  ['lastIndexOf', 'String', (target, values) => target.lastIndexOf(values.string(0))],
  [
    'lastIndexOf',
    'int int',
    (target, values) => lastIndexOf(target, codePoint(values.int(0)), values.int(1)),
  ],
  [
    'lastIndexOf',
    'String int',
    (target, values) => lastIndexOf(target, values.string(0), values.int(1)),
  ],
  [
    'charAt',
    'int',
    (target, values) => new JavaCharacter(target.charAt(inside(target, values.int(0)))),
  ],
  [
    'codePointAt',
    'int',
    (target, values) => target.codePointAt(inside(target, values.int(0))) ?? 0,
  ],
  [
    'codePointCount',
    'int int',
    (target, values) => codePointCount(target, values.int(0), values.int(1)),
  ],
  ['toCharArray', '', toCharArray],
  ['getBytes', '', (target) => getBytes(target, 'UTF-8')],
  ['getBytes', 'String', (target, values) => getBytes(target, values.string(0))],
];

const CHANGING: StringMethods = [
  ['toString', '', (target) => target],
  ['intern', '', (target) => target],
  ['substring', 'int', (target, values) => substring(target, values.int(0), target.length)],
  ['substring', 'int int', (target, values) => substring(target, values.int(0), values.int(1))],
  ['subSequence', 'int int', (target, values) => substring(target, values.int(0), values.int(1))],
  ['concat', 'String', (target, values) => concat(target, values.string(0))],
  [
    'replace',
    'char char',
    (target, values) => replaceEvery(target, values.character(0), values.character(1)),
  ],
  [
    'replace',
    'CharSequence CharSequence',
    (target, values) => replaceEvery(target, values.string(0), values.string(1)),
  ],
  [
    'replaceAll',
    'String String',
    (target, values) => replace(target, values.string(0), values.string(1), false),
  ],
  [
    'replaceFirst',
    'String String',
    (target, values) => replace(target, values.string(0), values.string(1), true),
  ],
  ['split', 'String', (target, values) => JavaArray.ofStrings(split(target, values.string(0)))],
  [
    'split',
    'String int',
    (target, values) => JavaArray.ofStrings(split(target, values.string(0), values.int(1))),
  ],
  ['toLowerCase', '', (target) => target.toLowerCase()],
  ['toUpperCase', '', (target) => target.toUpperCase()],
  ['trim', '', (target) => javaTrim(target)],
  ['strip', '', (target) => stripTrailing(target.replace(LEADING_BLANKS, ''))],
  ['stripLeading', '', (target) => target.replace(LEADING_BLANKS, '')],
  ['stripTrailing', '', (target) => stripTrailing(target)],
  ['repeat', 'int', (target, values) => repeat(target, values.int(0))],
  ['formatted', '...Object', (target, values) => formatJava(target, values.rest(0))],
];

/** Static methods, which Velocity calls on any string. */
const STATIC: StringMethods = [
  ['format', 'String ...Object', (_, values) => formatJava(values.string(0), values.rest(1))],
  [
    'join',
    'CharSequence Collection',
    (_, values) => join(values.string(0), values.collection(1).toArray()),
  ],
  ['join', 'CharSequence ...CharSequence', (_, values) => join(values.string(0), values.rest(1))],
  ['valueOf', 'Object', (_, values) => textOf(values.value(0))],
  ['copyValueOf', 'Object', (_, values) => textOf(values.value(0))],
];

const MISSING = [
  'chars',
  'codePoints',
  'codePointBefore',
  'describeConstable',
  'getChars',
  'indent',
  'lines',
  'offsetByCodePoints',
  'resolveConstantDesc',
  'stripIndent',
  'translateEscapes',
];

/** `java.lang.String` of Java 17. */
export const STRING_METHODS = new MethodTable<string>(
  'java.lang.String',
  [COMPARING, COMPARABLE, SEARCHING, CHANGING, STATIC],
  MISSING,
);

/** The characters of `Character.isWhitespace`, as the content of a character class. */
const BLANKS =
  '\\t-\\r\\u001c-\\u0020\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000';
const NOT_BLANK = new RegExp(`[^${BLANKS}]`);
const LEADING_BLANKS = new RegExp(`^[${BLANKS}]+`);

function stripTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && !NOT_BLANK.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Java's case-insensitive comparison folds each UTF-16 code unit separately. */
function foldCase(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  // Every code unit is folded.
  spend(text.length);
  return Array.from({ length: text.length }, (_, index) => foldUnit(text.charAt(index))).join('');
}

function foldUnit(unit: string): string {
  const upper = unit.toUpperCase();
  const lower = (upper.length === 1 ? upper : unit).toLowerCase();
  return lower.length === 1 ? lower : unit;
}

function compare(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function regionMatches(
  target: string,
  values: Arguments,
  first: number,
  ignoresCase: boolean,
): boolean {
  const other = values.string(first + 1);
  const [from, otherFrom, length] = [
    values.int(first),
    values.int(first + 2),
    values.int(first + 3),
  ];
  if (from < 0 || otherFrom < 0) return false;
  if (from > target.length - length || otherFrom > other.length - length) return false;
  const left = target.slice(from, from + Math.max(0, length));
  const right = other.slice(otherFrom, otherFrom + Math.max(0, length));
  return ignoresCase ? foldCase(left) === foldCase(right) : left === right;
}

function codePoint(code: number): string {
  // No text contains characters beyond Unicode, so the search must find nothing.
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\u0000\u0000\u0000';
}

function indexOfCode(target: string, code: number, from: number): number {
  return code < 0 || code > 0x10ffff ? -1 : target.indexOf(String.fromCodePoint(code), from);
}

/** JavaScript treats a negative start as 0; Java finds nothing. */
function lastIndexOf(target: string, search: string, from: number): number {
  return from < 0 ? -1 : target.lastIndexOf(search, from);
}

function inside(target: string, index: number): number {
  if (index >= 0 && index < target.length) return index;
  throw javaException(
    'java.lang.StringIndexOutOfBoundsException',
    `index ${index}, length ${target.length}`,
  );
}

function substring(target: string, begin: number, end: number): string {
  if (begin < 0 || end > target.length || begin > end) {
    throw javaException(
      'java.lang.StringIndexOutOfBoundsException',
      `begin ${begin}, end ${end}, length ${target.length}`,
    );
  }
  return target.slice(begin, end);
}

function repeat(target: string, count: number): string {
  if (count < 0) {
    throw javaException('java.lang.IllegalArgumentException', `count is negative: ${count}`);
  }
  assertStringLength(target.length * count);
  spendOnText(target.length * count);
  return target.repeat(count);
}

function concat(target: string, other: string): string {
  spendOnText(other.length);
  return boundedString(target + other);
}

function toCharArray(target: string): JavaArray {
  assertListLength(target.length);
  spend(target.length);
  const characters = Array.from(
    { length: target.length },
    (_, index) => new JavaCharacter(target.charAt(index)),
  );
  return new JavaArray('[C', characters, (value) => value instanceof JavaCharacter);
}

/** For a character that is looked at by itself. */
const STEPS_OF_CHARACTER = 1 / 8;

function codePointCount(target: string, begin: number, end: number): number {
  if (begin < 0 || end > target.length || begin > end) {
    throw javaException('java.lang.IndexOutOfBoundsException');
  }
  spend((end - begin) * STEPS_OF_CHARACTER);
  let count = 0;
  for (const _ of target.slice(begin, end)) count += 1;
  return count;
}

const BYTES = Array.from(
  { length: 256 },
  (_, value) => new JavaSmallInteger('java.lang.Byte', value),
);

/** @throws TemplateEvaluationError naming a charset that is not implemented */
function getBytes(target: string, charset: string): JavaArray {
  const encode = encoderOf(charset);
  if (encode === undefined) {
    throw notImplemented(`java.lang.String.getBytes() with the charset ${charset}`);
  }
  const bytes = encode(target);
  assertListLength(bytes.length);
  spend(bytes.length * STEPS_OF_CHARACTER);
  const values = Array.from(bytes, (byte) => BYTES[byte] ?? null);
  return new JavaArray(
    '[B',
    values,
    (value) => value instanceof JavaSmallInteger && value.javaClass === 'java.lang.Byte',
  );
}

function join(separator: string, items: readonly JavaValue[]): string {
  const [only] = items;
  const flat = only instanceof JavaCollection && items.length === 1 ? only.toArray() : items;
  const texts = flat.map((item) => {
    if (item !== null && typeof item !== 'string') {
      throw javaException('java.lang.ClassCastException');
    }
    return String(item);
  });
  const length = texts.reduce((sum, text) => sum + text.length + separator.length, 0);
  assertStringLength(length);
  spend(texts.length);
  spendOnText(length);
  return texts.join(separator);
}

/** The text of an array of characters, or the printed form of any other value. */
function textOf(value: JavaValue): string {
  if (value instanceof JavaArray && value.javaClass === '[C') {
    return value.toArray().map(stringValueOf).join('');
  }
  return stringValueOf(value);
}
