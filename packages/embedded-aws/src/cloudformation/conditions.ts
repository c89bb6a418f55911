import { type EvaluationScope, evaluate } from './intrinsics';
import { isObject, sameJson, templateFormatError, validationError } from './json';
import { type Reference, referencesIn } from './references';

/**
 * Evaluates the Conditions section.
 * @param scope must not contain resources: conditions are evaluated before any exist
 * @returns the value of each condition, by name
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function evaluateConditions(
  declared: ReadonlyMap<string, unknown>,
  scope: Omit<EvaluationScope, 'condition'>,
): ReadonlyMap<string, boolean> {
  const values = new Map<string, boolean>();
  const open = new Set<string>();
  const named = (name: string): boolean => {
    const known = values.get(name);
    if (known !== undefined) return known;
    if (!declared.has(name)) {
      throw templateFormatError(
        `Unresolved condition dependency ${name} in the Conditions block of the template`,
      );
    }
    if (open.has(name)) {
      throw templateFormatError(
        `Circular dependency between conditions: [${[...open].join(', ')}]`,
      );
    }
    open.add(name);
    const value = decide(declared.get(name), { ...scope, condition: named });
    open.delete(name);
    values.set(name, value);
    return value;
  };
  for (const name of declared.keys()) named(name);
  return values;
}

type Operands = readonly unknown[];

const OPERATORS: Readonly<
  Record<
    string,
    {
      min: number;
      max: number;
      decide: (operands: Operands, scope: EvaluationScope) => boolean;
      /** CloudFormation's text for another number of operands. */
      refusal: string;
    }
  >
> = {
  // Recorded: test_validate_equals_args_len, 08-10-2025.
  'Fn::Equals': {
    min: 2,
    max: 2,
    decide: equals,
    refusal: 'every Fn::Equals object requires a list of 2 string parameters.',
  },
  'Fn::And': {
    min: 2,
    max: 10,
    decide: (all, scope) => all.every((one) => decide(one, scope)),
    refusal:
      'every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.',
  },
  'Fn::Or': {
    min: 2,
    max: 10,
    decide: (all, scope) => all.some((one) => decide(one, scope)),
    refusal: 'every Fn::Or object requires a list of at least 2 and at most 10 boolean parameters.',
  },
  'Fn::Not': {
    min: 1,
    max: 1,
    decide: ([one], scope) => !decide(one, scope),
    refusal: 'Fn::Not requires a list argument with one element',
  },
};

function decide(value: unknown, scope: EvaluationScope): boolean {
  const [name = '', ...rest] = isObject(value) ? Object.keys(value) : [];
  const argument = isObject(value) ? value[name] : undefined;
  if (name === 'Condition' && rest.length === 0 && typeof argument === 'string') {
    return scope.condition(argument);
  }
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined || rest.length > 0) {
    throw templateFormatError(
      'Conditions can only be boolean operations on parameters and other conditions',
    );
  }
  const operands = Array.isArray(argument) ? argument : [];
  if (operands.length < operator.min || operands.length > operator.max) {
    throw validationError(`Template error: ${operator.refusal}`);
  }
  return operator.decide(operands, scope);
}

/** CloudFormation compares values as text: `true` equals `"true"`, `5` equals `"5"`. */
function equals([left, right]: Operands, scope: EvaluationScope): boolean {
  return sameJson(asText(evaluate(left, scope)), asText(evaluate(right, scope)));
}

function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** The parameters and other names that a condition refers to, without other conditions. */
export function conditionReferences(value: unknown): Reference[] {
  const [name = '', ...rest] = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || rest.length > 0) return [];
  const argument = value[name];
  if (name === 'Fn::Equals') return referencesIn(argument);
  const isOperator = Object.hasOwn(OPERATORS, name) && Array.isArray(argument);
  return isOperator ? argument.flatMap(conditionReferences) : [];
}
