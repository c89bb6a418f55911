import type { RegexMatcher } from '../../java-regex/matcher';
import { compileRegex } from '../../java-regex/operations';
import { javaException, notImplemented } from '../errors';
import type { JsonPath } from './parser';

/** In the order in which Jayway searches for them. */
const FILTER_OPERATORS = ['==', '>=', '<=', '!=', '<', '>', '=~'] as const;

export type FilterOperator = (typeof FILTER_OPERATORS)[number];

export type Operand =
  | { readonly type: 'path'; readonly path: JsonPath; readonly isRooted: boolean }
  /** A literal; Jayway 2.0 does not distinguish `5` from `'5'`. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'pattern'; readonly pattern: RegexMatcher };

export type Criterion =
  | { readonly type: 'exists'; readonly operand: Operand; readonly negated: boolean }
  | {
      readonly type: 'comparison';
      readonly operator: FilterOperator;
      readonly left: Operand;
      readonly right: Operand;
    };

/** True if all criteria of at least one group are true. */
export type Filter = readonly (readonly Criterion[])[];

type ParsePath = (source: string) => JsonPath;

/**
 * Parses the text between the parentheses of `[?(...)]`.
 * @throws TemplateEvaluationError
 */
export function parseFilter(source: string, parsePath: ParsePath): Filter {
  return splitOutside(source, '||').map((group) =>
    splitOutside(group, '&&').map((criterion) => parseCriterion(criterion.trim(), parsePath)),
  );
}

function parseCriterion(source: string, parsePath: ParsePath): Criterion {
  if (/^\(|^!\(/.test(source)) throw notImplemented(`The grouped JSONPath filter ${source}`);
  if (source === '') throw invalidFilter(source);
  for (const operator of FILTER_OPERATORS) {
    const parts = splitOutside(source, operator);
    const [left] = parts;
    if (parts.length === 1 || left === undefined) continue;
    const right = source.slice(left.length + operator.length);
    return {
      type: 'comparison',
      operator,
      left: parseOperand(left.trim(), parsePath),
      right: parseOperand(right.trim(), parsePath),
    };
  }
  if (/\s/.test(source.replace(/'[^']*'/g, ''))) {
    throw notImplemented(`The JSONPath filter ${source}`);
  }
  const negated = source.startsWith('!');
  const operand = parseOperand(negated ? source.slice(1) : source, parsePath);
  if (operand.type !== 'path') throw invalidFilter(source);
  return { type: 'exists', operand, negated };
}

function parseOperand(source: string, parsePath: ParsePath): Operand {
  if (/^[$@]/.test(source)) {
    return { type: 'path', path: parsePath(source), isRooted: source.startsWith('$') };
  }
  if (/^'[\s\S]*'$/.test(source)) return { type: 'text', text: source.slice(1, -1) };
  const pattern = /^\/([\s\S]*)\/(i?)$/.exec(source);
  if (pattern !== null) {
    return { type: 'pattern', pattern: compileRegex(pattern[1] ?? '', pattern[2] === 'i') };
  }
  if (/^(?:-?[\d.]+(?:[eE][+-]?\d+)?|true|false|null)$/.test(source)) {
    return { type: 'text', text: source };
  }
  throw notImplemented(`The JSONPath filter operand ${source}`);
}

/** Splits at a separator outside of strings, patterns, brackets and parentheses. */
function splitOutside(source: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let open = 0;
  let closer: string | undefined;
  for (let i = 0; i < source.length; i++) {
    const character = source.charAt(i);
    if (closer !== undefined) {
      if (character === closer && source[i - 1] !== '\\') closer = undefined;
    } else if (character === "'" || (character === '/' && /[~\s]$/.test(source.slice(0, i)))) {
      closer = character;
    } else if ('(['.includes(character)) open++;
    else if (')]'.includes(character)) open--;
    else if (open === 0 && source.startsWith(separator, i)) {
      parts.push(source.slice(start, i));
      i += separator.length - 1;
      start = i + 1;
    }
  }
  return [...parts, source.slice(start)];
}

function invalidFilter(source: string): Error {
  return javaException('com.jayway.jsonpath.InvalidPathException', `The filter ${source}`);
}
