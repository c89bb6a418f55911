import { javaException } from '../errors';
import type { ArithmeticOperator } from '../template/ast';
import { assertDigits, JavaBigDecimal } from './big-decimal';
import {
  INTEGER_MAX,
  INTEGER_MIN,
  integerOfSmallestType,
  JavaDouble,
  JavaFloat,
  JavaLong,
  type JavaNumberValue,
  JavaSmallInteger,
  LONG_MAX,
  LONG_MIN,
} from './values';

/** The type in which two operands are calculated. */
type CommonType = 'long' | 'float' | 'double' | 'bigInteger' | 'bigDecimal';

/**
 * Velocity's arithmetic: integers stay integers and are widened from Integer to Long to BigInteger;
 * division truncates. The result of a division by zero is null.
 * @throws TemplateEvaluationError if Java throws ArithmeticException
 */
export function calculate(
  operator: ArithmeticOperator,
  left: JavaNumberValue,
  right: JavaNumberValue,
): JavaNumberValue | null {
  if ((operator === '/' || operator === '%') && isZero(right)) return null;
  // Fast path for two Integers with an Integer result: nearly all arithmetic of templates.
  if (typeof left === 'number' && typeof right === 'number') {
    const result = INTEGER_OPERATIONS[operator](left, right);
    if (result >= INTEGER_MIN && result <= INTEGER_MAX) return result;
  }
  switch (commonTypeOf(left, right)) {
    case 'long':
      return calculateLongs(operator, left, right);
    case 'bigInteger':
      return calculateBigIntegers(operator, toBigInt(left), toBigInt(right));
    case 'float':
      return new JavaFloat(DOUBLE_OPERATIONS[operator](toDouble(left), toDouble(right)));
    case 'double':
      return new JavaDouble(DOUBLE_OPERATIONS[operator](toDouble(left), toDouble(right)));
    case 'bigDecimal':
      return calculateDecimals(operator, toDecimal(left), toDecimal(right));
  }
}

/** -1, 0 or 1; also 0 if an operand is NaN, as in Velocity. */
export function compareNumbers(left: JavaNumberValue, right: JavaNumberValue): number {
  if (typeof left === 'number' && typeof right === 'number') return Math.sign(left - right);
  const commonType = commonTypeOf(left, right);
  if (commonType === 'bigDecimal') return toDecimal(left).compareTo(toDecimal(right));
  if (commonType === 'long' || commonType === 'bigInteger')
    return order(toBigInt(left), toBigInt(right));
  return order(toDouble(left), toDouble(right));
}

function order(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

const INTEGER_OPERATIONS: Record<ArithmeticOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  // Adding zero turns -0 into 0, because an Integer has no -0.
  '*': (a, b) => a * b + 0,
  '/': (a, b) => Math.trunc(a / b) + 0,
  '%': (a, b) => (a % b) + 0,
};

const DOUBLE_OPERATIONS: Record<ArithmeticOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const BIGINT_OPERATIONS: Record<ArithmeticOperator, (a: bigint, b: bigint) => bigint> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function commonTypeOf(left: JavaNumberValue, right: JavaNumberValue): CommonType {
  const integers = isInteger(left) && isInteger(right);
  if (left instanceof JavaBigDecimal || right instanceof JavaBigDecimal) return 'bigDecimal';
  if (typeof left === 'bigint' || typeof right === 'bigint') {
    return integers ? 'bigInteger' : 'bigDecimal';
  }
  if (integers) return 'long';
  return left instanceof JavaDouble || right instanceof JavaDouble ? 'double' : 'float';
}

function isInteger(value: JavaNumberValue): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof JavaLong ||
    value instanceof JavaSmallInteger
  );
}

function isZero(value: JavaNumberValue): boolean {
  return value instanceof JavaBigDecimal ? value.unscaled === 0n : toDouble(value) === 0;
}

/** The result has the larger operand's class, or the next larger one that can hold it. */
function calculateLongs(
  operator: ArithmeticOperator,
  left: JavaNumberValue,
  right: JavaNumberValue,
): JavaNumberValue {
  const exact = BIGINT_OPERATIONS[operator](toBigInt(left), toBigInt(right));
  const overflows = exact > LONG_MAX || exact < LONG_MIN;
  // Of divisions, only the smallest Long divided by -1 overflows, which Java ignores.
  if (overflows && operator !== '/') return exact;
  const size = Math.max(sizeOf(left), sizeOf(right));
  return numberOfSize(BigInt.asIntN(64, exact), size);
}

const SIZES = ['java.lang.Byte', 'java.lang.Short', 'java.lang.Integer', 'java.lang.Long'] as const;

function sizeOf(value: JavaNumberValue): number {
  if (value instanceof JavaLong) return SIZES.indexOf('java.lang.Long');
  if (value instanceof JavaSmallInteger) return SIZES.indexOf(value.javaClass);
  return SIZES.indexOf('java.lang.Integer');
}

function numberOfSize(value: bigint, size: number): JavaNumberValue {
  const name = SIZES[size];
  if (name === 'java.lang.Byte' && value === BigInt.asIntN(8, value)) {
    return new JavaSmallInteger(name, Number(value));
  }
  if (size <= SIZES.indexOf('java.lang.Short') && value === BigInt.asIntN(16, value)) {
    return new JavaSmallInteger('java.lang.Short', Number(value));
  }
  return name === 'java.lang.Long' ? new JavaLong(value) : integerOfSmallestType(value);
}

function calculateBigIntegers(operator: ArithmeticOperator, left: bigint, right: bigint): bigint {
  assertDigits(bitsOf(left) / BITS_PER_DIGIT);
  if (operator === '%') {
    // BigInteger.mod, unlike the % of other integers, is never negative.
    if (right < 0n) {
      throw javaException('java.lang.ArithmeticException', 'BigInteger: modulus not positive');
    }
    return ((left % right) + right) % right;
  }
  if (operator === '*') assertDigits((bitsOf(left) + bitsOf(right)) / BITS_PER_DIGIT);
  return BIGINT_OPERATIONS[operator](left, right);
}

const BITS_PER_DIGIT = 3;

/** An estimate of the number of bits, never too low. */
function bitsOf(value: bigint): number {
  return value.toString(16).length * 4;
}

function calculateDecimals(
  operator: ArithmeticOperator,
  left: JavaBigDecimal,
  right: JavaBigDecimal,
): JavaBigDecimal {
  switch (operator) {
    case '+':
      return left.add(right);
    case '-':
      return left.subtract(right);
    case '*':
      assertDigits((bitsOf(left.unscaled) + bitsOf(right.unscaled)) / BITS_PER_DIGIT);
      return left.multiply(right);
    case '/':
      return left.divide(right);
    case '%':
      throw javaException(
        'java.lang.ArithmeticException',
        'Cannot calculate the modulo of BigDecimals.',
      );
  }
}

function toDecimal(value: JavaNumberValue): JavaBigDecimal {
  if (value instanceof JavaBigDecimal) return value;
  if (typeof value === 'bigint') return new JavaBigDecimal(value, 0);
  return JavaBigDecimal.ofDouble(toDouble(value));
}

/** `Number.doubleValue()` */
export function toDouble(value: JavaNumberValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof JavaBigDecimal) return value.toNumber();
  return Number(value.value);
}

/** The number without its fraction; a double as Java casts it to a long. */
export function toBigInt(value: JavaNumberValue): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (value instanceof JavaBigDecimal) return value.toBigInteger();
  if (value instanceof JavaLong) return value.value;
  if (value instanceof JavaSmallInteger) return BigInt(value.value);
  if (Number.isNaN(value.value)) return 0n;
  if (!Number.isFinite(value.value)) return value.value > 0 ? LONG_MAX : LONG_MIN;
  const whole = BigInt(Math.trunc(value.value));
  if (whole > LONG_MAX) return LONG_MAX;
  return whole < LONG_MIN ? LONG_MIN : whole;
}

/** `Number.intValue()`: the nearest Integer of a double, or the low 32 bits of a larger integer. */
export function toInteger(value: JavaNumberValue): number {
  if (typeof value === 'number') return value;
  if (value instanceof JavaDouble || value instanceof JavaFloat) {
    if (Number.isNaN(value.value)) return 0;
    return Math.max(INTEGER_MIN, Math.min(INTEGER_MAX, Math.trunc(value.value))) + 0;
  }
  return Number(BigInt.asIntN(32, toBigInt(value)));
}
