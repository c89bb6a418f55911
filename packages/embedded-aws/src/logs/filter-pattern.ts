import { invalidParameter } from './errors';
import { compileJsonPattern } from './json-pattern';
import type { MessageFilter } from './message';

/** `word`, `"some words"`, each with `-` (must be absent) or `?` (one of these) before it. */
const TERM = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;

/**
 * Compiles a filter pattern of terms, or of JSON properties (`{ $.status = 400 }`). Patterns of
 * columns (`[ip, user]`) and regular expressions (`%…%`) are refused.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError InvalidParameterException
 */
export function compileFilter(pattern: string): MessageFilter {
  const text = pattern.trim();
  const properties = /^\{(.*)\}$/s.exec(text)?.[1];
  if (properties !== undefined) return compileJsonPattern(properties);
  if (/^[{[]/.test(text) || /%.*%/.test(text)) {
    throw invalidParameter(
      `The embedded AWS implements filter patterns of terms and of JSON properties, and not: ${pattern}`,
    );
  }
  const terms = termsOf(text);
  const required = terms.filter(({ sign }) => sign === '').map(({ value }) => value);
  const absent = terms.filter(({ sign }) => sign === '-').map(({ value }) => value);
  // AWS ignores optional terms beside required ones.
  const optional =
    required.length > 0 ? [] : terms.filter(({ sign }) => sign === '?').map(({ value }) => value);
  return ({ text: message }) =>
    required.every((term) => message.includes(term)) &&
    !absent.some((term) => message.includes(term)) &&
    (optional.length === 0 || optional.some((term) => message.includes(term)));
}

function termsOf(text: string): { readonly sign: string; readonly value: string }[] {
  const terms: { sign: string; value: string }[] = [];
  let position = 0;
  while (position < text.length) {
    if (/\s/.test(text.charAt(position))) {
      position++;
      continue;
    }
    TERM.lastIndex = position;
    const match = TERM.exec(text);
    if (match === null) throw invalidParameter('Invalid filter pattern');
    const [whole, sign = '', quoted, word] = match;
    if (quoted === undefined && /[^\w]/.test(word ?? '')) {
      throw invalidParameter(`Invalid character(s) in term '${word}'`);
    }
    terms.push({ sign, value: quoted?.replace(/\\(.)/g, '$1') ?? word ?? '' });
    position += whole.length;
  }
  return terms;
}
