import { javaException, type TemplateEvaluationError } from '../errors';
import { assertDigits } from './big-decimal';
import { javaTrim } from './trim';

const DOUBLE = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;

/** `Integer.parseInt` and `Long.parseLong`. */
export function parseInteger(text: string, radix: number, bits: 32 | 64): bigint {
  const digits = text.replace(/^[+-]/, '');
  const isValid =
    radix >= 2 &&
    radix <= 36 &&
    digits !== '' &&
    [...digits.toLowerCase()].every((digit) => {
      const value = /^[0-9a-z]$/.test(digit) ? Number.parseInt(digit, 36) : radix;
      return value < radix;
    });
  if (!isValid) throw numberFormat(text);
  assertDigits(digits.length);
  let value = 0n;
  for (const digit of digits) {
    value = value * BigInt(radix) + BigInt(Number.parseInt(digit, 36));
  }
  const signed = text.startsWith('-') ? -value : value;
  if (signed !== BigInt.asIntN(bits, signed)) throw numberFormat(text);
  return signed;
}

/** `Double.parseDouble`, without support for hexadecimal numbers. */
export function parseDouble(text: string): number {
  const trimmed = javaTrim(text);
  if (!DOUBLE.test(trimmed)) throw numberFormat(text);
  return Number(trimmed.replace(/[fFdD]$/, '').replace(/^([+-]?)NaN$/, 'NaN'));
}

function numberFormat(text: string): TemplateEvaluationError {
  return javaException('java.lang.NumberFormatException', `For input string: "${text}"`);
}
