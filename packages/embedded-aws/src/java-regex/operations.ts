import { assertStringLength, spend, spendOnText } from '../core/evaluation-budget';
import { remember } from '../core/remember';
import { javaException } from './errors';
import { replaceEvery } from './literal';
import { type RegexMatch, RegexMatcher } from './matcher';
import { parseRegex } from './parser';

interface Expression {
  readonly matcher: RegexMatcher;
  /** The literal that the expression matches, if it is nothing else. */
  readonly literal: string | undefined;
}

const CACHE_SIZE = 200;
const withCase = remember(CACHE_SIZE, (source: string) => compile(source, false));
const withoutCase = remember(CACHE_SIZE, (source: string) => compile(source, true));

/** @throws EvaluationError for an invalid expression, like Java's PatternSyntaxException */
export function compileRegex(source: string, ignoreCase = false): RegexMatcher {
  return (ignoreCase ? withoutCase : withCase)(source).matcher;
}

function compile(source: string, ignoreCase: boolean): Expression {
  // A compiled expression is much larger than its source.
  spend(4 * source.length);
  return {
    matcher: new RegexMatcher(parseRegex(source, ignoreCase)),
    literal: literalOf(source),
  };
}

const META = /[\\^$.|?*+()[\]{}]/;

/** The text of an expression without metacharacters other than escaped ones. */
function literalOf(source: string): string | undefined {
  const text = source.replace(/\\([^a-zA-Z0-9])/g, '$1');
  return META.test(source.replace(/\\[^a-zA-Z0-9]/g, '')) ? undefined : text;
}

/** `String.matches` */
export function matches(text: string, source: string): boolean {
  return compileRegex(source).search(text).matches();
}

/** `String.replaceAll` and, with `once`, `String.replaceFirst`. */
export function replace(text: string, source: string, replacement: string, once: boolean): string {
  const { matcher, literal } = withCase(source);
  if (literal !== undefined && literal !== '' && !/[\\$]/.test(replacement)) {
    if (!text.includes(literal)) return text;
    if (!once) return replaceEvery(text, literal, replacement);
    if (replacement.length > literal.length) assertStringLength(text.length + replacement.length);
    return text.replace(literal, replacement);
  }
  const search = matcher.search(text);
  const expand = compileReplacement(replacement, matcher);
  let result = '';
  let end = 0;
  for (let match = search.find(); match !== undefined; match = search.find()) {
    const expanded = expand(text, match);
    spendOnText(expanded.length);
    result += text.slice(end, match.starts[0]) + expanded;
    end = match.ends[0] ?? end;
    assertStringLength(result.length);
    if (once) break;
  }
  return result + text.slice(end);
}

type Expand = (text: string, match: RegexMatch) => string;

/**
 * Parses a replacement: `$1` and `${name}` are groups, a backslash escapes the next character. Java
 * parses it for each match, so that an invalid one fails only if there is a match.
 */
function compileReplacement(replacement: string, matcher: RegexMatcher): Expand {
  if (!/[\\$]/.test(replacement)) return () => replacement;
  let parts: readonly (string | number)[] | undefined;
  return (text, match) => {
    parts ??= replacementParts(replacement, matcher);
    return parts
      .map((part) => (typeof part === 'string' ? part : group(text, match, part)))
      .join('');
  };
}

function group(text: string, match: RegexMatch, index: number): string {
  const start = match.starts[index] ?? -1;
  return start === -1 ? '' : text.slice(start, match.ends[index]);
}

function replacementParts(replacement: string, matcher: RegexMatcher): (string | number)[] {
  const parts: (string | number)[] = [];
  for (let i = 0; i < replacement.length; i++) {
    const character = replacement.charAt(i);
    if (character === '\\') {
      i++;
      if (i === replacement.length) throw illegalArgument('character to be escaped is missing');
      parts.push(replacement.charAt(i));
    } else if (character === '$') {
      const [part, end] = groupReference(replacement, i + 1, matcher);
      parts.push(part);
      i = end - 1;
    } else {
      parts.push(character);
    }
  }
  return parts;
}

/** The group referenced at `start`, and the end of the reference. */
function groupReference(
  replacement: string,
  start: number,
  matcher: RegexMatcher,
): readonly [number, number] {
  const { groupCount, groupNames } = matcher.program;
  const name = /^\{([a-zA-Z][a-zA-Z0-9]*)\}/.exec(replacement.slice(start));
  if (name !== null) {
    const index = groupNames.get(name[1] ?? '');
    if (index === undefined) throw illegalArgument(`No group with name {${name[1]}}`);
    return [index, start + name[0].length];
  }
  const digit = replacement[start] ?? '';
  if (digit === '') throw illegalArgument('Illegal group reference: group index is missing');
  if (!/[0-9]/.test(digit)) throw illegalArgument('Illegal group reference');
  let index = Number(digit);
  let end = start + 1;
  if (index > groupCount) {
    throw javaException('java.lang.IndexOutOfBoundsException', `No group ${index}`);
  }
  // Further digits belong to the number as long as such a group exists.
  while (/[0-9]/.test(replacement[end] ?? '')) {
    const longer = index * 10 + Number(replacement[end]);
    if (longer > groupCount) break;
    index = longer;
    end++;
  }
  return [index, end];
}

function illegalArgument(message: string): Error {
  return javaException('java.lang.IllegalArgumentException', message);
}

/** `String.split`: a limit of 0 drops empty strings at the end, a negative limit keeps them. */
export function split(text: string, source: string, limit = 0): string[] {
  const search = compileRegex(source).search(text);
  const parts: string[] = [];
  let from = 0;
  for (let match = search.find(); match !== undefined; match = search.find()) {
    const start = match.starts[0] ?? 0;
    const end = match.ends[0] ?? 0;
    if (limit > 0 && parts.length === limit - 1) break;
    // An empty match at the start does not produce an empty first part.
    if (from === 0 && start === 0 && end === 0) continue;
    parts.push(text.slice(from, start));
    from = end;
  }
  if (from === 0 && parts.length === 0) return [text];
  parts.push(text.slice(from));
  while (limit === 0 && parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts;
}
