import { nullPointer } from '../errors';
import { calculate, compareNumbers, toInteger } from '../java/arithmetic';
import { haveRelatedClasses, javaEquals } from '../java/equality';
import { JavaArrayList } from '../java/list';
import { JavaMap } from '../java/map';
import { SelfPrinting, toJavaString } from '../java/to-string';
import { isJavaNumber, type JavaValue } from '../java/values';
import { assertListLength, boundedString } from '../limits';
import {
  ARITHMETIC_OPERATORS,
  type ArithmeticOperator,
  type BinaryExpression,
  type BinaryOperator,
  type ComparisonOperator,
  type Expression,
} from './ast';
import { type Evaluation, evaluateReference } from './references';
import type { Variables } from './variables';

/** The value of an expression; null where Velocity has none, such as a division by zero. */
export function evaluateExpression(
  expression: Expression,
  variables: Variables,
  evaluation: Evaluation,
): JavaValue {
  evaluation.step();
  switch (expression.type) {
    case 'constant':
      return expression.value;
    case 'reference':
      // An escaped "!" leaves a reference that can be printed, but has no value.
      return expression.reference.isComputable
        ? evaluateReference(expression.reference, variables, evaluation)
        : null;
    case 'interpolation': {
      const text = evaluation.capture(() => evaluation.render(expression.block, variables));
      return boundedString(expression.trimsLast ? text.slice(0, -1) : text);
    }
    case 'binary':
      return evaluateBinary(expression, variables, evaluation);
    case 'not':
      return !isTrue(expression.operand, variables, evaluation);
    case 'list':
      return new JavaArrayList(
        expression.items.map((item) => evaluateExpression(item, variables, evaluation)),
      );
    case 'map': {
      const map = new JavaMap();
      for (const [key, value] of expression.entries) {
        map.put(
          evaluateExpression(key, variables, evaluation),
          evaluateExpression(value, variables, evaluation),
        );
      }
      return map;
    }
    case 'range':
      return evaluateRange(expression, variables, evaluation);
    case 'word':
      return null;
  }
}

/**
 * Whether a condition holds. Of references all hold but the value `false`; of literals and
 * arithmetic only `true` does.
 */
export function isTrue(
  expression: Expression,
  variables: Variables,
  evaluation: Evaluation,
): boolean {
  switch (expression.type) {
    case 'reference': {
      const value = evaluateReference(expression.reference, variables, evaluation);
      if (typeof value === 'boolean') return value;
      // Velocity asks for the text; for a block of #define that means to render it.
      return value instanceof SelfPrinting ? value.print() !== null : value !== null;
    }
    case 'constant':
      return expression.value === true;
    case 'not':
      return evaluateExpression(expression, variables, evaluation) === true;
    case 'binary':
      // Velocity does not even calculate a sum that stands for a condition.
      return (
        !isArithmetic(expression.operator) &&
        evaluateExpression(expression, variables, evaluation) === true
      );
    default:
      return false;
  }
}

function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return (ARITHMETIC_OPERATORS as readonly string[]).includes(operator);
}

function evaluateBinary(
  expression: BinaryExpression,
  variables: Variables,
  evaluation: Evaluation,
): JavaValue {
  const { operator } = expression;
  if (operator === '&&' || operator === '||') {
    const left = isTrue(expression.left, variables, evaluation);
    if (left === (operator === '||')) return left;
    return isTrue(expression.right, variables, evaluation);
  }
  const left = evaluateExpression(expression.left, variables, evaluation);
  const right = evaluateExpression(expression.right, variables, evaluation);
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(operator, left, right);
    default:
      return evaluateArithmetic(operator, left, right, expression);
  }
}

/**
 * Velocity's `==`: numbers by value, values of one class by `equals`, all others by what they print.
 */
function isEqual(left: JavaValue, right: JavaValue): boolean {
  if (left === null || right === null) return left === right;
  if (isJavaNumber(left) && isJavaNumber(right)) return compareNumbers(left, right) === 0;
  if (haveRelatedClasses(left, right)) return javaEquals(left, right);
  return toJavaString(left) === toJavaString(right);
}

const ORDERS: Record<ComparisonOperator, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Only numbers are ordered; anything else compares as false. */
function isOrdered(operator: ComparisonOperator, left: JavaValue, right: JavaValue): boolean {
  if (!isJavaNumber(left) || !isJavaNumber(right)) return false;
  return ORDERS[operator](compareNumbers(left, right));
}

/** `+` joins when a side is a string; other arithmetic on what is no number has no value. */
function evaluateArithmetic(
  operator: ArithmeticOperator,
  left: JavaValue,
  right: JavaValue,
  { leftText, rightText }: BinaryExpression,
): JavaValue {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
    const first = left === null ? leftText : toJavaString(left);
    const second = right === null ? rightText : toJavaString(right);
    if (first === null || second === null) throw nullPointer();
    return boundedString(first + second);
  }
  if (!isJavaNumber(left) || !isJavaNumber(right)) return null;
  return calculate(operator, left, right);
}

function evaluateRange(
  { from, to }: Extract<Expression, { type: 'range' }>,
  variables: Variables,
  evaluation: Evaluation,
): JavaValue {
  const left = evaluateExpression(from, variables, evaluation);
  const right = evaluateExpression(to, variables, evaluation);
  if (!isJavaNumber(left) || !isJavaNumber(right)) return null;
  const start = toInteger(left);
  const end = toInteger(right);
  const length = Math.abs(start - end) + 1;
  assertListLength(length);
  const step = start >= end ? -1 : 1;
  return new JavaArrayList(Array.from({ length }, (_, index) => start + index * step));
}
