import {
  calculate,
  compareNumbers,
  toBigInt,
  toInteger,
} from '../../../src/velocity/java/arithmetic';
import { JavaBigDecimal } from '../../../src/velocity/java/big-decimal';
import { stringValueOf } from '../../../src/velocity/java/to-string';
import {
  INTEGER_MAX,
  JavaDouble,
  JavaFloat,
  JavaLong,
  type JavaNumberValue,
  JavaSmallInteger,
  javaClassName,
  LONG_MAX,
  LONG_MIN,
} from '../../../src/velocity/java/values';

const byte = (value: number) => new JavaSmallInteger('java.lang.Byte', value);

describe('calculate', () => {
  it.each<[JavaNumberValue, '+' | '-' | '*' | '/' | '%', JavaNumberValue, string, string]>([
    [INTEGER_MAX, '+', 1, '2147483648', 'Long'],
    [3, '-', 5, '-2', 'Integer'],
    [65536, '*', 65536, '4294967296', 'Long'],
    [7, '/', -2, '-3', 'Integer'],
    [new JavaLong(LONG_MAX), '+', 1, '9223372036854775808', 'BigInteger'],
    [new JavaLong(5n), '*', 2, '10', 'Long'],
    [new JavaLong(LONG_MIN), '/', -1, '-9223372036854775808', 'Long'],
    [byte(100), '+', byte(100), '200', 'Short'],
    [byte(1), '+', byte(1), '2', 'Byte'],
    [10n ** 20n, '-', 1, '99999999999999999999', 'BigInteger'],
    [-(10n ** 20n), '%', 7, '5', 'BigInteger'],
    [1, '+', new JavaDouble(0.5), '1.5', 'Double'],
    [new JavaDouble(7), '%', 4, '3.0', 'Double'],
    [new JavaFloat(0.1), '+', 1, '1.1', 'Float'],
    [10n ** 20n, '+', new JavaDouble(0.5), '100000000000000000000.5', 'BigDecimal'],
    [JavaBigDecimal.parse('10.00'), '/', 3, '3.33', 'BigDecimal'],
  ])('%p %s %p', (left, operator, right, expected, name) => {
    const result = calculate(operator, left, right);

    expect(stringValueOf(result)).toBe(expected);
    expect(javaClassName(result ?? 'none')).toMatch(new RegExp(`\\.${name}$`));
  });

  it('returns null for a division by zero', () => {
    expect(calculate('/', 1, 0)).toBeNull();
    expect(calculate('%', 10n ** 20n, 0n)).toBeNull();
    expect(calculate('/', new JavaDouble(1), new JavaDouble(0))).toBeNull();
  });

  it('throws the exceptions of Java', () => {
    expect(() => calculate('%', 10n ** 20n, -7)).toThrow('modulus not positive');
    expect(() => calculate('%', JavaBigDecimal.parse('1.5'), 1)).toThrow('ArithmeticException');
  });

  it('refuses numbers that grow without limit', () => {
    const huge = 10n ** 60_000n;

    expect(() => calculate('*', huge, huge)).toThrow('A number grew past');
    expect(() => calculate('+', JavaBigDecimal.parse('1E+1000000'), 1)).toThrow(
      'A number grew past',
    );
  });
});

describe('compareNumbers', () => {
  it.each<[JavaNumberValue, JavaNumberValue, number]>([
    [1, 2, -1],
    [1, new JavaDouble(1), 0],
    [new JavaLong(3n), 2, 1],
    [10n ** 20n, new JavaDouble(1e20), 0],
    [new JavaDouble(Number.NaN), 1, 0],
  ])('%p and %p: %i', (left, right, expected) => {
    expect(compareNumbers(left, right)).toBe(expected);
  });
});

describe('narrowing', () => {
  it('truncates a long, and clamps a double', () => {
    expect(toInteger(new JavaLong(2n ** 32n + 5n))).toBe(5);
    expect(toInteger(new JavaDouble(1e30))).toBe(INTEGER_MAX);
    expect(toInteger(new JavaDouble(Number.NaN))).toBe(0);
    expect(toBigInt(new JavaDouble(-1e30))).toBe(LONG_MIN);
  });
});
