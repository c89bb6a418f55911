import { literalTokens, patternTokens, type Token } from '../core/wildcard';
import type { ConditionContext } from './condition-context';
import {
  CONDITION_OPERATORS,
  type ConditionOperator,
  NULL_OPERATOR,
  operatorNamed,
} from './condition-operators';
import { malformedPolicy } from './errors';
import { compileVariables } from './policy-variables';

/** `unknown` has the key that the embedded AWS cannot supply. */
export type ConditionResult = boolean | { readonly unknownKey: string };

/** Evaluates a statement's Condition block for a request. */
export type Condition = (context: ConditionContext) => ConditionResult;

type Values = (context: ConditionContext) => readonly Token[] | undefined;

/** `ForAllValues:` and `ForAnyValue:` compare keys with several values. */
const SET_PREFIX = /^(ForAllValues|ForAnyValue):/i;
const IF_EXISTS = /IfExists$/i;

/**
 * Compiles a Condition block: every operator and every key in it must hold.
 * @param hasVariables false for policies older than 2012-10-17, whose `${…}` is plain text
 * @throws AwsError MalformedPolicyDocument naming an operator that AWS does not have
 */
export function compileConditions(block: unknown, hasVariables: boolean): Condition {
  const checks = entriesOf(block).flatMap(([operator, keys]) =>
    entriesOf(keys).map(([key, values]) =>
      compileCheck(operator, key, textValues(values), hasVariables),
    ),
  );
  return (context) => allOf(checks, context);
}

/** False wins over unknown: the statement cannot apply, whatever the rest is. */
function allOf(checks: readonly Condition[], context: ConditionContext): ConditionResult {
  let result: ConditionResult = true;
  for (const check of checks) {
    const outcome = check(context);
    if (outcome === false) return false;
    if (outcome !== true) result = outcome;
  }
  return result;
}

function compileCheck(
  written: string,
  key: string,
  texts: readonly string[],
  hasVariables: boolean,
): Condition {
  const set = SET_PREFIX.exec(written)?.[1]?.toLowerCase();
  const bare = written.replace(SET_PREFIX, '');
  const ifExists = IF_EXISTS.test(bare);
  const name = operatorNamed(bare.replace(IF_EXISTS, ''));
  if (name === undefined || (name === NULL_OPERATOR && (ifExists || set !== undefined))) {
    throw malformedPolicy(`Invalid Condition type : ${written}.`);
  }
  const evaluate =
    name === NULL_OPERATOR
      ? isNull(key, texts)
      : comparison(key, CONDITION_OPERATORS[name], texts, { set, ifExists, hasVariables, written });
  return (context) => (context.knows(key) ? evaluate(context) : { unknownKey: key });
}

function isNull(key: string, texts: readonly string[]): (context: ConditionContext) => boolean {
  const wanted = texts.map((text) => text.toLowerCase());
  return (context) => wanted.includes(String(context.get(key) === undefined));
}

interface ComparisonOptions {
  readonly set: string | undefined;
  readonly ifExists: boolean;
  readonly hasVariables: boolean;
  readonly written: string;
}

function comparison(
  key: string,
  operator: ConditionOperator,
  texts: readonly string[],
  { set, ifExists, hasVariables, written }: ComparisonOptions,
): (context: ConditionContext) => boolean {
  const patterns = texts.map((text) => patternOf(text, operator, hasVariables, written));
  return (context) => {
    const values = context.get(key);
    if (values === undefined || values.length === 0) {
      // A missing key fails a comparison, passes a negated one, and passes the empty set's.
      return ifExists || set === 'forallvalues' || (operator.negated && set !== 'foranyvalue');
    }
    const filled = patterns
      .map((pattern) => pattern(context))
      .filter((tokens) => tokens !== undefined);
    const holds = (value: string) =>
      filled.some((pattern) => operator.matches(pattern, value)) !== operator.negated;
    return set === 'foranyvalue' || (set === undefined && !operator.negated)
      ? values.some(holds)
      : values.every(holds);
  };
}

function patternOf(
  text: string,
  operator: ConditionOperator,
  hasVariables: boolean,
  written: string,
): Values {
  const variables = hasVariables ? compileVariables(text) : undefined;
  if (variables?.hasVariables) {
    return (context) => variables.expand(context);
  }
  if (!operator.accepts(text)) {
    throw malformedPolicy(`Invalid value ${text} for the condition type ${written}.`);
  }
  const plain = variables?.expand({ get: () => undefined, knows: () => true });
  const tokens = operator.wildcards ? (plain ?? patternTokens(text)) : literalTokens(text);
  return () => tokens;
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformedPolicy('Syntax errors in policy.');
  }
  return Object.entries(value);
}

/** One value or a list; numbers and booleans count as their text. */
function textValues(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((item) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'number' || typeof item === 'boolean') return String(item);
    throw malformedPolicy('Syntax errors in policy.');
  });
}
