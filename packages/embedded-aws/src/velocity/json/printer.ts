import { boundedString, STEPS_OF_ESCAPE, spend, spendOnText } from '../../core/evaluation-budget';
import { javaException, notImplemented, nullPointer } from '../errors';
import { JavaCollection } from '../java/collection';
import { JavaMap } from '../java/map';
import { toJavaString } from '../java/to-string';
import { isJavaNumber, JavaDouble, JavaFloat, type JavaValue, javaClassName } from '../java/values';
import { PRINT_DEPTH } from '../limits';

/**
 * Formats JSON like json-smart does by default, which is how API Gateway prints arrays and
 * `$input.json()`: without spaces, `/` escaped, most non-ASCII characters as they are.
 * @throws TemplateEvaluationError for a value that contains itself or that JSON cannot represent
 */
export function writeJson(value: JavaValue): string {
  return write(value, 0);
}

function write(value: JavaValue, depth: number): string {
  spend(1);
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  if (isJavaNumber(value)) return writeNumber(value);
  if (depth > PRINT_DEPTH) throw javaException('java.lang.StackOverflowError');
  if (value instanceof JavaMap) return writeMap(value, depth);
  if (value instanceof JavaCollection) return writeCollection(value, depth);
  throw notImplemented(`JSON of a ${javaClassName(value)}`);
}

function writeNumber(value: NonNullable<JavaValue>): string {
  const isFloating = value instanceof JavaDouble || value instanceof JavaFloat;
  const isInfinite = isFloating && Math.abs(value.value) === Number.POSITIVE_INFINITY;
  return isInfinite ? 'null' : (toJavaString(value) ?? 'null');
}

function writeMap(map: JavaMap, depth: number): string {
  let text = '{';
  for (const [key, value] of map.entries()) {
    if (key === null) throw nullPointer();
    if (text.length > 1) text += ',';
    text += `${quote(toJavaString(key) ?? 'null')}:${write(value, depth + 1)}`;
    boundedString(text);
  }
  return `${text}}`;
}

function writeCollection(collection: JavaCollection, depth: number): string {
  let text = '[';
  for (const item of collection.toArray()) {
    if (text.length > 1) text += ',';
    text += write(item, depth + 1);
    boundedString(text);
  }
  return `${text}]`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON escapes
const ESCAPED = /["\\/\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/;
const ALL_ESCAPED = new RegExp(ESCAPED, 'g');

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Escaped characters and lone surrogates, which JSON.stringify would escape differently. */
const ESCAPED_UNLIKE_STRINGIFY =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON escapes
  /[\u0000-\u0007\u000b\u000e-\u001f\u007f-\u009f\u2000-\u20ff\ud800-\udfff]/;

function quote(text: string): string {
  spendOnText(text.length);
  if (!ESCAPED.test(text)) return `"${text}"`;
  if (!ESCAPED_UNLIKE_STRINGIFY.test(text)) return JSON.stringify(text).replaceAll('/', '\\/');
  return `"${text.replace(ALL_ESCAPED, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  spend(STEPS_OF_ESCAPE);
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return SHORT_ESCAPES[character] ?? `\\u${code}`;
}
