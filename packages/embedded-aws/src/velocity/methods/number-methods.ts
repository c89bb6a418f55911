import { javaException } from '../errors';
import { toBigInt, toDouble, toInteger } from '../java/arithmetic';
import { assertDigits, type JavaBigDecimal } from '../java/big-decimal';
import { doubleToString } from '../java/floating-point-text';
import { compareNatural } from '../java/natural-order';
import { parseDouble, parseInteger } from '../java/number-text';
import {
  JavaDouble,
  JavaFloat,
  JavaLong,
  type JavaNumberValue,
  JavaSmallInteger,
  type JavaValue,
} from '../java/values';
import { type Arguments, type MethodBody, type MethodRow, MethodTable } from './method-table';
import { COMPARABLE, OBJECT_METHODS } from './object-methods';

const NUMBER: readonly MethodRow<JavaNumberValue>[] = [
  ['intValue', '', (target) => toInteger(target)],
  ['longValue', '', (target) => new JavaLong(toBigInt(target))],
  ['doubleValue', '', (target) => new JavaDouble(toDouble(target))],
  ['floatValue', '', (target) => new JavaFloat(toDouble(target))],
  ['shortValue', '', (target) => new JavaSmallInteger('java.lang.Short', toInteger(target))],
  ['byteValue', '', (target) => new JavaSmallInteger('java.lang.Byte', toInteger(target))],
];

/** The static methods that Integer and Long share; Velocity calls them on any such number. */
function integerStatics(
  bits: 32 | 64,
  primitive: 'int' | 'long',
): readonly MethodRow<JavaNumberValue>[] {
  const wrap = (value: bigint): JavaValue =>
    bits === 32 ? Number(BigInt.asIntN(32, value)) : new JavaLong(value);
  const parse = (values: Arguments, radix: number): JavaValue =>
    wrap(parseInteger(values.string(0), radix, bits));
  const unsigned = (radix: number) => (_: JavaNumberValue, values: Arguments) =>
    BigInt.asUintN(bits, values.long(0)).toString(radix);
  const name = bits === 32 ? 'Int' : 'Long';
  const pair = `${primitive} ${primitive}`;
  return [
    [`parse${name}`, 'String', (_, values) => parse(values, 10)],
    [`parse${name}`, 'String int', (_, values) => parse(values, values.int(1))],
    ['valueOf', primitive, (_, values) => wrap(values.long(0))],
    ['valueOf', 'String', (_, values) => parse(values, 10)],
    ['valueOf', 'String int', (_, values) => parse(values, values.int(1))],
    ['toString', primitive, (_, values) => values.long(0).toString()],
    [
      'toString',
      `${primitive} int`,
      (_, values) => values.long(0).toString(radixOf(values.int(1))),
    ],
    ['toHexString', primitive, unsigned(16)],
    ['toOctalString', primitive, unsigned(8)],
    ['toBinaryString', primitive, unsigned(2)],
    ['max', pair, (_, values) => wrap(larger(values.long(0), values.long(1)))],
    ['min', pair, (_, values) => wrap(smaller(values.long(0), values.long(1)))],
    ['sum', pair, (_, values) => wrap(values.long(0) + values.long(1))],
    ['signum', primitive, (_, values) => sign(values.long(0))],
    ['compare', pair, (_, values) => sign(values.long(0) - values.long(1))],
    [
      'hashCode',
      primitive,
      (_, values) =>
        Number(BigInt.asIntN(32, values.long(0) ^ (bits === 64 ? values.long(0) >> 32n : 0n))),
    ],
  ];
}

const BIT_METHODS = [
  'bitCount',
  'compareUnsigned',
  'decode',
  'describeConstable',
  'divideUnsigned',
  'getInteger',
  'getLong',
  'highestOneBit',
  'lowestOneBit',
  'numberOfLeadingZeros',
  'numberOfTrailingZeros',
  'parseUnsignedInt',
  'parseUnsignedLong',
  'remainderUnsigned',
  'reverse',
  'reverseBytes',
  'rotateLeft',
  'rotateRight',
  'toUnsignedLong',
  'toUnsignedString',
];

export const INTEGER_METHODS = new MethodTable<JavaNumberValue>(
  'java.lang.Integer',
  [OBJECT_METHODS, NUMBER, COMPARABLE, integerStatics(32, 'int')],
  BIT_METHODS,
);

export const LONG_METHODS = new MethodTable<JavaNumberValue>(
  'java.lang.Long',
  [OBJECT_METHODS, NUMBER, COMPARABLE, integerStatics(64, 'long')],
  BIT_METHODS,
);

const DOUBLE: readonly MethodRow<JavaNumberValue>[] = [
  ['isNaN', '', (target) => Number.isNaN(toDouble(target))],
  ['isNaN', 'double', (_, values) => Number.isNaN(values.double(0))],
  ['isInfinite', '', (target) => Math.abs(toDouble(target)) === Number.POSITIVE_INFINITY],
  ['isInfinite', 'double', (_, values) => Math.abs(values.double(0)) === Number.POSITIVE_INFINITY],
  ['isFinite', 'double', (_, values) => Number.isFinite(values.double(0))],
  ['parseDouble', 'String', (_, values) => new JavaDouble(parseDouble(values.string(0)))],
  ['valueOf', 'double', (_, values) => new JavaDouble(values.double(0))],
  ['valueOf', 'String', (_, values) => new JavaDouble(parseDouble(values.string(0)))],
  ['toString', 'double', (_, values) => doubleToString(values.double(0))],
  [
    'max',
    'double double',
    (_, values) => new JavaDouble(Math.max(values.double(0), values.double(1))),
  ],
  [
    'min',
    'double double',
    (_, values) => new JavaDouble(Math.min(values.double(0), values.double(1))),
  ],
  ['sum', 'double double', (_, values) => new JavaDouble(values.double(0) + values.double(1))],
  [
    'compare',
    'double double',
    (_, values) =>
      compareNatural(new JavaDouble(values.double(0)), new JavaDouble(values.double(1))),
  ],
];

const DOUBLE_MISSING = [
  'describeConstable',
  'doubleToLongBits',
  'doubleToRawLongBits',
  'longBitsToDouble',
  'resolveConstantDesc',
  'toHexString',
];

export const DOUBLE_METHODS = new MethodTable<JavaNumberValue>(
  'java.lang.Double',
  [OBJECT_METHODS, NUMBER, COMPARABLE, DOUBLE],
  DOUBLE_MISSING,
);

/** Float, Byte and Short: only the methods of java.lang.Number. */
export const SMALL_NUMBER_METHODS = new MethodTable<JavaNumberValue>(
  'java.lang.Number',
  [OBJECT_METHODS, NUMBER],
  ['compare', 'compareTo', 'isInfinite', 'isNaN', 'max', 'min', 'parseFloat', 'sum', 'valueOf'],
);

type BigIntegerOperation = (left: bigint, right: bigint) => bigint;

function bigInteger(operation: BigIntegerOperation): MethodBody<bigint> {
  return (target, values) => {
    assertDigits(target.toString(16).length);
    return operation(target, values.long(0));
  };
}

export const BIG_INTEGER_METHODS = new MethodTable<bigint>(
  'java.math.BigInteger',
  [
    OBJECT_METHODS,
    NUMBER,
    COMPARABLE,
    [
      ['add', 'BigInteger', bigInteger((left, right) => left + right)],
      ['subtract', 'BigInteger', bigInteger((left, right) => left - right)],
      [
        'multiply',
        'BigInteger',
        bigInteger((left, right) => {
          assertDigits(left.toString(16).length + right.toString(16).length);
          return left * right;
        }),
      ],
      ['divide', 'BigInteger', bigInteger((left, right) => left / nonZero(right))],
      ['remainder', 'BigInteger', bigInteger((left, right) => left % nonZero(right))],
      [
        'mod',
        'BigInteger',
        bigInteger((left, right) => {
          if (right <= 0n) throw arithmeticException('BigInteger: modulus not positive');
          return ((left % right) + right) % right;
        }),
      ],
      ['max', 'BigInteger', bigInteger(larger)],
      ['min', 'BigInteger', bigInteger(smaller)],
      [
        'pow',
        'int',
        (target, values) => {
          const exponent = values.int(0);
          if (exponent < 0) throw arithmeticException('Negative exponent');
          assertDigits(target.toString(16).length * exponent);
          return target ** BigInt(exponent);
        },
      ],
      ['negate', '', (target) => -target],
      ['abs', '', (target) => (target < 0n ? -target : target)],
      ['signum', '', (target) => sign(target)],
      ['toString', 'int', (target, values) => target.toString(radixOf(values.int(0)))],
    ],
  ],
  [
    'and',
    'andNot',
    'bitCount',
    'bitLength',
    'gcd',
    'intValueExact',
    'isProbablePrime',
    'modInverse',
    'modPow',
    'not',
    'or',
    'shiftLeft',
    'shiftRight',
    'sqrt',
    'testBit',
    'toByteArray',
    'valueOf',
    'xor',
  ],
);

export const BIG_DECIMAL_METHODS = new MethodTable<JavaBigDecimal>(
  'java.math.BigDecimal',
  [
    OBJECT_METHODS,
    NUMBER,
    COMPARABLE,
    [
      ['toPlainString', '', (target) => target.toPlainString()],
      ['negate', '', (target) => target.negate()],
      ['scale', '', (target) => target.scale],
      ['signum', '', (target) => sign(target.unscaled)],
      ['unscaledValue', '', (target) => target.unscaled],
      ['toBigInteger', '', (target) => target.toBigInteger()],
    ],
  ],
  [
    'abs',
    'add',
    'divide',
    'max',
    'min',
    'movePointLeft',
    'movePointRight',
    'multiply',
    'pow',
    'precision',
    'remainder',
    'round',
    'setScale',
    'stripTrailingZeros',
    'subtract',
    'toEngineeringString',
    'valueOf',
  ],
);

function larger(left: bigint, right: bigint): bigint {
  return left < right ? right : left;
}

function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

function sign(value: bigint): number {
  if (value === 0n) return 0;
  return value < 0n ? -1 : 1;
}

function radixOf(radix: number): number {
  return radix < 2 || radix > 36 ? 10 : radix;
}

function nonZero(value: bigint): bigint {
  if (value === 0n) throw arithmeticException('BigInteger divide by zero');
  return value;
}

function arithmeticException(message: string): Error {
  return javaException('java.lang.ArithmeticException', message);
}
