import { compareNumbers } from '../java/arithmetic';
import { JavaBigDecimal } from '../java/big-decimal';
import { stringValueOf, toJavaString } from '../java/to-string';
import { isJavaNumber, type JavaValue } from '../java/values';
import type { Criterion, Filter, FilterOperator, Operand } from './filter-parser';
import type { JsonPath } from './parser';

/** Evaluates a path on a value; undefined if it selects nothing. */
export type EvaluatePath = (path: JsonPath, value: JavaValue) => JavaValue | undefined;

/** Returns true if an item passes a filter. */
export function passes(
  filter: Filter,
  item: JavaValue,
  root: JavaValue,
  evaluate: EvaluatePath,
): boolean {
  return filter.some((group) => group.every((criterion) => holds(criterion, item, root, evaluate)));
}

function holds(
  criterion: Criterion,
  item: JavaValue,
  root: JavaValue,
  evaluate: EvaluatePath,
): boolean {
  const resolve = (operand: Operand): JavaValue | undefined => {
    if (operand.type === 'text') return operand.text;
    if (operand.type === 'pattern') return undefined;
    return evaluate(operand.path, operand.isRooted ? root : item);
  };
  if (criterion.type === 'exists') {
    const value = resolve(criterion.operand) ?? null;
    return (value !== null) !== criterion.negated;
  }
  if (criterion.operator === '=~') return matchesPattern(criterion.left, criterion.right, resolve);
  const left = resolve(criterion.left);
  const right = resolve(criterion.right);
  if (left === undefined || right === undefined) return false;
  return compares(criterion.operator, left, right);
}

function matchesPattern(
  left: Operand,
  right: Operand,
  resolve: (operand: Operand) => JavaValue | undefined,
): boolean {
  const [pattern, target] = left.type === 'pattern' ? [left, right] : [right, left];
  if (pattern.type !== 'pattern') return false;
  const value = resolve(target) ?? null;
  return value !== null && pattern.pattern.search(toJavaString(value) ?? '').matches();
}

function compares(operator: FilterOperator, left: JavaValue, right: JavaValue): boolean {
  const isOrder = operator !== '==' && operator !== '!=';
  if (isOrder && (left === null) !== (right === null)) return false;
  const order = compare(left, right);
  if (order === undefined) return false;
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

/**
 * The order of two values; undefined if they have none, in which case every comparison is false.
 */
function compare(left: JavaValue, right: JavaValue): number | undefined {
  const nullLeft = left === null || left === 'null';
  const nullRight = right === null || right === 'null';
  if (nullLeft || nullRight) return Number(nullRight) - Number(nullLeft);
  if (typeof left === 'string' && typeof right === 'string') {
    return left < right ? -1 : Number(left > right);
  }
  if (isJavaNumber(left) || isJavaNumber(right)) return compareAsNumbers(left, right);
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    const [a, b] = [booleanOf(left), booleanOf(right)];
    return a === undefined || b === undefined ? undefined : Number(a) - Number(b);
  }
  return undefined;
}

function compareAsNumbers(left: JavaValue, right: JavaValue): number | undefined {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  return a === undefined || b === undefined ? undefined : compareNumbers(a, b);
}

function decimalOf(value: JavaValue): JavaBigDecimal | undefined {
  if (typeof value !== 'string' && !isJavaNumber(value)) return undefined;
  try {
    return JavaBigDecimal.parse(stringValueOf(value));
  } catch {
    return undefined;
  }
}

function booleanOf(value: JavaValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? value.toLowerCase() === 'true' : undefined;
}
