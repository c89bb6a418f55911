import { boundedString, spend, spendOnText } from '../../core/evaluation-budget';
import { nullPointer } from '../errors';
import { calculate, compareNumbers, toInteger } from '../java/arithmetic';
import { haveRelatedClasses, javaEquals } from '../java/equality';
import { JavaArrayList } from '../java/list';
import { JavaMap } from '../java/map';
import { SelfPrinting, toJavaString } from '../java/to-string';
import { isJavaNumber, type JavaValue } from '../java/values';
import { assertListLength } from '../limits';
import {
  ARITHMETIC_OPERATORS,
  type ArithmeticOperator,
  type BinaryExpression,
  type BinaryOperator,
  type ComparisonOperator,
  type Expression,
} from './ast';
import type { Evaluate, Test } from './compiled';
import { compileInterpolation } from './interpolation';
import { compileReference } from './references';

/** Compiles an expression; its evaluation counts as one step in addition to those of its parts. */
export function compileExpression(expression: Expression): Evaluate {
  if (expression.type === 'reference' && expression.reference.isComputable) {
    return compileReference(expression.reference, 1);
  }
  const evaluate = compileValue(expression);
  return (variables, renderer) => {
    renderer.step();
    return evaluate(variables, renderer);
  };
}

function compileValue(expression: Expression): Evaluate {
  switch (expression.type) {
    case 'constant': {
      const { value } = expression;
      return () => value;
    }
    case 'interpolation':
      return compileInterpolation(expression.block, expression.trimsLast);
    case 'binary':
      return compileBinary(expression);
    case 'not': {
      const test = compileCondition(expression.operand);
      return (variables, renderer) => !test(variables, renderer);
    }
    case 'list': {
      const items = expression.items.map(compileExpression);
      return (variables, renderer) =>
        new JavaArrayList(items.map((item) => item(variables, renderer)));
    }
    case 'map':
      return compileMap(expression);
    case 'range':
      return compileRange(expression);
    case 'reference':
    case 'word':
      // A reference with an escaped "!" can be printed, but has no value either.
      return () => null;
  }
}

function compileMap(expression: Extract<Expression, { type: 'map' }>): Evaluate {
  const entries = expression.entries.map(
    ([key, value]) => [compileExpression(key), compileExpression(value)] as const,
  );
  return (variables, renderer) => {
    const map = new JavaMap();
    for (const [key, value] of entries) {
      map.put(key(variables, renderer), value(variables, renderer));
    }
    return map;
  };
}

/**
 * Compiles a condition. References are true unless their value is `false`; literals and arithmetic
 * are true only if their value is `true`.
 */
export function compileCondition(expression: Expression): Test {
  switch (expression.type) {
    case 'reference': {
      const evaluate = compileReference(expression.reference);
      return (variables, renderer) => {
        const value = evaluate(variables, renderer);
        if (typeof value === 'boolean') return value;
        // Velocity checks the printed text, which renders a block of #define.
        return value instanceof SelfPrinting ? value.print() !== null : value !== null;
      };
    }
    case 'constant': {
      const holds = expression.value === true;
      return () => holds;
    }
    case 'binary':
      // Velocity does not evaluate arithmetic used as a condition.
      return isArithmetic(expression.operator) ? () => false : isTrue(expression);
    case 'not':
      return isTrue(expression);
    default:
      return () => false;
  }
}

function isTrue(expression: Expression): Test {
  const evaluate = compileExpression(expression);
  return (variables, renderer) => evaluate(variables, renderer) === true;
}

function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return (ARITHMETIC_OPERATORS as readonly string[]).includes(operator);
}

function compileBinary(expression: BinaryExpression): Evaluate {
  const { operator } = expression;
  if (operator === '&&' || operator === '||') {
    const [left, right] = [compileCondition(expression.left), compileCondition(expression.right)];
    const decisive = operator === '||';
    return (variables, renderer) =>
      left(variables, renderer) === decisive ? decisive : right(variables, renderer);
  }
  const [left, right] = [compileExpression(expression.left), compileExpression(expression.right)];
  const operate = operationOf(operator, expression);
  return (variables, renderer) => operate(left(variables, renderer), right(variables, renderer));
}

function operationOf(
  operator: Exclude<BinaryOperator, '&&' | '||'>,
  expression: BinaryExpression,
): (left: JavaValue, right: JavaValue) => JavaValue {
  switch (operator) {
    case '==':
      return isEqual;
    case '!=':
      return (left, right) => !isEqual(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (left, right) => isOrdered(operator, left, right);
    default:
      return (left, right) => evaluateArithmetic(operator, left, right, expression);
  }
}

/**
 * Velocity's `==`: numbers compare by value, values of one class by `equals`, all others by their
 * text.
 */
function isEqual(left: JavaValue, right: JavaValue): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (left.length === right.length) spendOnText(left.length);
    return left === right;
  }
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

/** Only numbers are ordered; any other comparison is false. */
function isOrdered(operator: ComparisonOperator, left: JavaValue, right: JavaValue): boolean {
  if (!isJavaNumber(left) || !isJavaNumber(right)) return false;
  return ORDERS[operator](compareNumbers(left, right));
}

/** `+` concatenates if one side is a string; other arithmetic with non-numbers has no value. */
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
    spendOnText(first.length + second.length);
    return boundedString(first + second);
  }
  if (!isJavaNumber(left) || !isJavaNumber(right)) return null;
  return calculate(operator, left, right);
}

function compileRange({ from, to }: Extract<Expression, { type: 'range' }>): Evaluate {
  const [first, last] = [compileExpression(from), compileExpression(to)];
  return (variables, renderer) => range(first(variables, renderer), last(variables, renderer));
}

function range(from: JavaValue, to: JavaValue): JavaValue {
  if (!isJavaNumber(from) || !isJavaNumber(to)) return null;
  const start = toInteger(from);
  const end = toInteger(to);
  const length = Math.abs(start - end) + 1;
  assertListLength(length);
  spend(length);
  const step = start >= end ? -1 : 1;
  return new JavaArrayList(Array.from({ length }, (_, index) => start + index * step));
}
