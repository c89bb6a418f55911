import { spend, spendOnText } from '../../core/evaluation-budget';
import type { JavaValue } from '../java/values';
import type { JsonPath } from '../jsonpath/parser';
import { fromJavaScript } from './from-javascript';

/** The answer of {@link readWritten} where the text itself has to be read. */
export const UNREAD = Symbol('unread');

/**
 * The scalar at a path of what `JSON.stringify` made a text of; undefined where nothing is. A template
 * that looks at a member or two of a large answer need not have all of it read.
 */
export function readWritten(
  written: unknown,
  { tokens }: JsonPath,
): JavaValue | undefined | typeof UNREAD {
  let value = written;
  for (const token of tokens) {
    if (token.type !== 'properties' || token.names.length !== 1) return UNREAD;
    if (!isPlain(value)) return UNREAD;
    spend(1);
    value = Object.hasOwn(value, token.names[0] ?? '') ? value[token.names[0] ?? ''] : undefined;
    if (value === undefined) return undefined;
  }
  return isSame(value) ? fromJavaScript(value) : UNREAD;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, 'toJSON');
}

/** True for a scalar that comes back from the text as it went in: fractions and DEL may not. */
function isSame(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u007f');
  return typeof value === 'boolean' || value === null || Number.isSafeInteger(value);
}

/** What json-smart writes differently than `JSON.stringify`, or what may be. */
const DIFFERENT = /[\\/\u007f-\u009f\u2000-\u20ff]/;
const FRACTION = /\d[.eE]/;

/** True for a text of `JSON.stringify` that json-smart would print as it stands. */
export function isPrinted(text: string): boolean {
  spendOnText(text.length);
  return !DIFFERENT.test(text) && !FRACTION.test(text);
}
