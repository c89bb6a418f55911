import { literalTokens, patternTokens, type Token } from '../core/wildcard';
import type { ConditionContext } from './condition-context';

/**
 * `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`, `${?}`, `${$}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
const VARIABLE = /\$\{([^{},]*?)\s*(?:,\s*'([^']*)'\s*)?\}/g;

const ESCAPES = new Set(['*', '?', '$']);

type Part = readonly Token[] | { readonly key: string; readonly fallback: string | undefined };

/** A pattern whose variables are substituted for each request. */
export interface VariablePattern {
  /** False if the pattern is the same for all requests. */
  readonly hasVariables: boolean;
  /** The keys of the variables, as written. */
  readonly keys: readonly string[];
  /**
   * The pattern for one request. `*` and `?` in a variable's value are literal.
   * @returns undefined if a variable has neither value nor default: then nothing matches
   */
  expand(context: ConditionContext): Token[] | undefined;
}

/** Compiles a pattern of a version 2012-10-17 policy. */
export function compileVariables(text: string): VariablePattern {
  const parts = partsOf(text);
  const variables = parts.filter((part) => 'key' in part);
  return {
    hasVariables: variables.length > 0,
    keys: variables.map(({ key }) => key),
    expand(context) {
      const tokens: Token[] = [];
      for (const part of parts) {
        const next = 'key' in part ? variableValue(part.key, part.fallback, context) : part;
        if (next === undefined) return undefined;
        tokens.push(...next);
      }
      return tokens;
    },
  };
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, key = '', fallback] = match;
    parts.push(patternTokens(text.slice(end, match.index)));
    parts.push(ESCAPES.has(key) ? literalTokens(key) : { key, fallback });
    end = match.index + whole.length;
  }
  parts.push(patternTokens(text.slice(end)));
  return parts;
}

function variableValue(
  key: string,
  fallback: string | undefined,
  context: ConditionContext,
): Token[] | undefined {
  const values = context.get(key);
  // Only single-valued keys may be variables.
  const value = values?.length === 1 ? values[0] : fallback;
  return value === undefined ? undefined : literalTokens(value);
}
