import { spend } from '../../core/evaluation-budget';
import { javaException, TemplateEvaluationError } from '../errors';
import { NUMBER_DIGITS } from '../limits';
import { INTEGER_MAX, JavaNumberObject } from './values';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** `java.math.BigDecimal`: `unscaled` divided by ten to the power of `scale`. */
export class JavaBigDecimal extends JavaNumberObject {
  readonly javaClass = 'java.math.BigDecimal';
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    super();
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** @throws TemplateEvaluationError if `new BigDecimal(String)` throws NumberFormatException */
  static parse(text: string): JavaBigDecimal {
    const match = DECIMAL.exec(text);
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
    const power = Number(exponent);
    const scale = fraction.length - power;
    const isInRange = [power, scale].every((each) => Math.abs(each) <= INTEGER_MAX);
    if (match === null || whole + fraction === '' || !isInRange) {
      throw javaException('java.lang.NumberFormatException', text);
    }
    assertDigits(whole.length + fraction.length);
    const digits = BigInt(whole + fraction);
    return new JavaBigDecimal(sign === '-' ? -digits : digits, scale);
  }

  /** The exact value of a double, like `new BigDecimal(double)`. */
  static ofDouble(value: number): JavaBigDecimal {
    if (!Number.isFinite(value)) {
      throw javaException('java.lang.NumberFormatException', 'Infinite or NaN');
    }
    let mantissa = value;
    let power = 0;
    while (!Number.isInteger(mantissa)) {
      mantissa *= 2;
      power++;
    }
    return new JavaBigDecimal(BigInt(mantissa) * 5n ** BigInt(power), power);
  }

  add(other: JavaBigDecimal): JavaBigDecimal {
    const [left, right, scale] = aligned(this, other);
    return new JavaBigDecimal(left + right, scale);
  }

  subtract(other: JavaBigDecimal): JavaBigDecimal {
    const [left, right, scale] = aligned(this, other);
    return new JavaBigDecimal(left - right, scale);
  }

  multiply(other: JavaBigDecimal): JavaBigDecimal {
    return new JavaBigDecimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /** Keeps this number's scale and rounds half down, like Velocity's division. */
  divide(other: JavaBigDecimal): JavaBigDecimal {
    const shift = other.scale;
    assertDigits(Math.abs(shift));
    const dividend = shift > 0 ? this.unscaled * 10n ** BigInt(shift) : this.unscaled;
    const divisor = shift < 0 ? other.unscaled * 10n ** BigInt(-shift) : other.unscaled;
    const quotient = dividend / divisor;
    const remainder = absolute(dividend % divisor) * 2n;
    const isNegative = dividend < 0n !== divisor < 0n;
    const roundsUp = remainder > absolute(divisor);
    const step = isNegative ? -1n : 1n;
    return new JavaBigDecimal(roundsUp ? quotient + step : quotient, this.scale);
  }

  negate(): JavaBigDecimal {
    return new JavaBigDecimal(-this.unscaled, this.scale);
  }

  /** -1, 0 or 1, regardless of the scale. */
  compareTo(other: JavaBigDecimal): number {
    const [left, right] = aligned(this, other);
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }

  equals(other: JavaBigDecimal): boolean {
    return this.unscaled === other.unscaled && this.scale === other.scale;
  }

  /** The integer part. */
  toBigInteger(): bigint {
    if (this.scale <= 0) {
      assertDigits(-this.scale);
      return this.unscaled * 10n ** BigInt(-this.scale);
    }
    if (this.scale > NUMBER_DIGITS) return 0n;
    return this.unscaled / 10n ** BigInt(this.scale);
  }

  toNumber(): number {
    return Number(`${this.unscaled}e${-this.scale}`);
  }

  /** Formats with an exponent where Java does. */
  override toString(): string {
    const sign = this.unscaled < 0n ? '-' : '';
    const digits = absolute(this.unscaled).toString();
    if (this.scale === 0) return sign + digits;
    const exponent = digits.length - 1 - this.scale;
    if (this.scale > 0 && exponent >= -6) return sign + withPoint(digits, this.scale);
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const power = exponent === 0 ? '' : `E${exponent > 0 ? '+' : ''}${exponent}`;
    return sign + digits.charAt(0) + fraction + power;
  }

  toPlainString(): string {
    const sign = this.unscaled < 0n ? '-' : '';
    const digits = absolute(this.unscaled).toString();
    assertDigits(Math.abs(this.scale));
    if (this.scale <= 0)
      return this.unscaled === 0n ? '0' : sign + digits + '0'.repeat(-this.scale);
    return sign + withPoint(digits, this.scale);
  }
}

function withPoint(digits: string, scale: number): string {
  const padded = digits.padStart(scale + 1, '0');
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function aligned(a: JavaBigDecimal, b: JavaBigDecimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  assertDigits(scale - Math.min(a.scale, b.scale));
  return [
    a.unscaled * 10n ** BigInt(scale - a.scale),
    b.unscaled * 10n ** BigInt(scale - b.scale),
    scale,
  ];
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The cost of a product or quotient is more than proportional to its digits. */
const DIGITS_PER_STEP = 16;

/** @throws TemplateEvaluationError if a number would exceed the maximum number of digits */
export function assertDigits(count: number): void {
  spend(count / DIGITS_PER_STEP);
  if (count > NUMBER_DIGITS) {
    throw new TemplateEvaluationError(`A number grew past ${NUMBER_DIGITS} digits`);
  }
}
