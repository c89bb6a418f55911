import { type EvaluationScope, evaluate } from './intrinsics';
import { isObject, type JsonObject, member, templateFormatError, validationError } from './json';

/** One assertion of a rule, and the message if it is false. */
interface Assertion {
  readonly assert: unknown;
  readonly description: string | undefined;
}

/** One member of `Rules`: assertions about parameters, checked before anything is created. */
export interface RuleDeclaration {
  readonly name: string;
  /** If absent, the assertions always apply. */
  readonly condition?: unknown;
  readonly assertions: readonly Assertion[];
}

type Decide = (operands: readonly unknown[], scope: EvaluationScope) => boolean;

/**
 * The functions that rules support, and the number of their operands.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
const FUNCTIONS: ReadonlyMap<string, { min: number; max: number; decide: Decide }> = new Map([
  ['Fn::And', { min: 2, max: 10, decide: (all, scope) => all.every((one) => decide(one, scope)) }],
  ['Fn::Or', { min: 2, max: 10, decide: (all, scope) => all.some((one) => decide(one, scope)) }],
  ['Fn::Not', { min: 1, max: 1, decide: ([one], scope) => !decide(one, scope) }],
  [
    'Fn::Equals',
    {
      min: 2,
      max: 2,
      decide: ([left, right], scope) =>
        textOf(evaluate(left, scope)) === textOf(evaluate(right, scope)),
    },
  ],
  [
    'Fn::Contains',
    {
      min: 2,
      max: 2,
      decide: ([list, value], scope) =>
        textsOf(list, scope).includes(textOf(evaluate(value, scope))),
    },
  ],
  [
    'Fn::EachMemberEquals',
    {
      min: 2,
      max: 2,
      decide: ([list, value], scope) => {
        const expected = textOf(evaluate(value, scope));
        return textsOf(list, scope).every((item) => item === expected);
      },
    },
  ],
  [
    'Fn::EachMemberIn',
    {
      min: 2,
      max: 2,
      decide: ([list, allowed], scope) => {
        const known = textsOf(allowed, scope);
        return textsOf(list, scope).every((item) => known.includes(item));
      },
    },
  ],
]);

/** Functions that look up VPCs, subnets and other resources in the account. */
const UNSUPPORTED = new Set(['Fn::RefAll', 'Fn::ValueOf', 'Fn::ValueOfAll']);

/**
 * Parses the section `Rules`.
 * @throws AwsError ValidationError for an invalid rule
 */
export function parseRules(section: JsonObject): RuleDeclaration[] {
  return Object.entries(section).map(([name, rule]) => {
    const assertions = isObject(rule) ? member(rule, 'Assertions') : undefined;
    if (!isObject(rule) || !Array.isArray(assertions) || assertions.length === 0) {
      throw templateFormatError(`Every Rules member must contain Assertions (rule ${name}).`);
    }
    const condition = member(rule, 'RuleCondition');
    return {
      name,
      ...(condition !== undefined && { condition }),
      assertions: assertions.map((item) => parseAssertion(name, item)),
    };
  });
}

function parseAssertion(rule: string, item: unknown): Assertion {
  const assert = isObject(item) ? member(item, 'Assert') : undefined;
  const description = isObject(item) ? member(item, 'AssertDescription') : undefined;
  if (assert === undefined || (description !== undefined && typeof description !== 'string')) {
    throw templateFormatError(
      `Every assertion must contain Assert, and AssertDescription must be a string (rule ${rule}).`,
    );
  }
  return { assert, description };
}

/**
 * Checks the values of parameters against a template's rules.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 * @param scope must not contain resources
 * @throws AwsError ValidationError with the descriptions of the failed assertions
 */
export function assertRules(rules: readonly RuleDeclaration[], scope: EvaluationScope): void {
  const failed = rules
    .filter(({ condition }) => condition === undefined || decide(condition, scope))
    .flatMap(({ name, assertions }) =>
      assertions
        .filter(({ assert }) => !decide(assert, scope))
        .map(({ description }) => `${name}: ${description ?? 'an assertion failed'}`),
    );
  if (failed.length > 0) throw validationError(`Rules failed: ${failed.join('; ')}`);
}

function decide(value: unknown, scope: EvaluationScope): boolean {
  const [name = '', ...rest] = isObject(value) ? Object.keys(value) : [];
  const operator = rest.length === 0 ? FUNCTIONS.get(name) : undefined;
  if (operator === undefined) {
    throw templateFormatError(
      `Rules only support ${[...FUNCTIONS.keys()].join(', ')}, not ${name || JSON.stringify(value)}`,
    );
  }
  const argument = isObject(value) ? value[name] : undefined;
  const operands = Array.isArray(argument) ? argument : [];
  if (operands.length < operator.min || operands.length > operator.max) {
    throw validationError(
      `Template error: every ${name} object requires a list of ${operator.min === operator.max ? `exactly ${operator.min}` : `${operator.min} to ${operator.max}`} parameters`,
    );
  }
  for (const operand of operands) refuseLookups(operand);
  return operator.decide(operands, scope);
}

function refuseLookups(operand: unknown): void {
  const name = isObject(operand)
    ? Object.keys(operand).find((key) => UNSUPPORTED.has(key))
    : undefined;
  if (name === undefined) return;
  throw validationError(`The embedded AWS does not implement the rule function ${name}.`);
}

function textsOf(value: unknown, scope: EvaluationScope): string[] {
  const list = evaluate(value, scope);
  return (Array.isArray(list) ? list : [list]).map(textOf);
}

/** CloudFormation compares values as text: `5` equals `"5"`. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
