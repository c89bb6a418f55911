import { type Condition, conditionOf, PatternError } from './conditions';

/** Tests a JSON value against a pattern. */
export type Matches = (value: unknown) => boolean;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Compiles a pattern of EventBridge: an object whose leaves are lists of alternatives.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 * @throws PatternError; AwsError NotImplemented for an operator that is not there
 */
export function compilePattern(pattern: unknown): Matches {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new PatternError('an object with members');
  }
  const tests = Object.entries(pattern).map(([name, wanted]) => compileMember(name, wanted));
  return (value) => tests.every((test) => test(value));
}

function compileMember(name: string, wanted: unknown): Matches {
  if (name === '$or' && Array.isArray(wanted) && wanted.every(isObject)) {
    if (wanted.length < 2) throw new PatternError('two alternatives');
    const alternatives = wanted.map(compilePattern);
    return (value) => alternatives.some((matches) => matches(value));
  }
  if (isObject(wanted)) {
    const inside = compilePattern(wanted);
    // An array of objects matches if one of them does.
    return (value) => [memberOf(value, name)].flat().some(inside);
  }
  if (!Array.isArray(wanted) || wanted.length === 0) throw new PatternError('a list');
  const conditions = wanted.map(conditionOf);
  return (value) => meetsOne(conditions, memberOf(value, name));
}

/** An array meets a condition if one of its elements does; an empty one has no value. */
function meetsOne(conditions: readonly Condition[], value: unknown): boolean {
  const values = Array.isArray(value) && value.length > 0 ? elementsOf(value) : [value];
  return values.some((item) => conditions.some((condition) => condition(item)));
}

/** Of an array and the arrays in it, which a sender may nest deeper than a recursion reaches. */
function elementsOf(array: readonly unknown[]): unknown[] {
  const elements: unknown[] = [];
  const waiting: unknown[] = [array];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) for (const item of value) waiting.push(item);
    else elements.push(value);
  }
  return elements;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
