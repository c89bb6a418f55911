import { assertStringLength, spend, spendOnText } from '../../core/evaluation-budget';
import { javaException, notImplemented, type TemplateEvaluationError } from '../errors';
import { toDouble } from './arithmetic';
import { assertDigits, JavaBigDecimal } from './big-decimal';
import { javaHashCode } from './equality';
import { stringValueOf } from './to-string';
import {
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  JavaLong,
  JavaSmallInteger,
  type JavaValue,
  javaClassName,
} from './values';

const SPECIFIER = /%(?:(\d+)\$|(<))?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/y;

interface Specifier {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/**
 * `String.format` for the conversions that templates use: `b B c d e E f h H n o s S x X %`.
 * @throws TemplateEvaluationError if Java's formatter throws, and for `a`, `g` and dates
 */
export function formatJava(pattern: string, values: readonly JavaValue[]): string {
  // Every character is inspected.
  spend(pattern.length);
  let result = '';
  let ordinary = 0;
  let previous = -1;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] !== '%') {
      result += pattern.charAt(i);
      continue;
    }
    SPECIFIER.lastIndex = i;
    const match = SPECIFIER.exec(pattern);
    if (match === null) throw unknownConversion(pattern.charAt(i + 1) || '%');
    i = SPECIFIER.lastIndex - 1;
    const specifier = specifierOf(match);
    if (specifier.conversion === 'n' || specifier.conversion === '%') {
      result += specifier.conversion === 'n' ? '\n' : pad('%', specifier);
      continue;
    }
    if (match[1] !== undefined) previous = Number(match[1]) - 1;
    else if (match[2] === undefined) previous = ordinary++;
    const value = values[previous];
    if (value === undefined) {
      throw javaException(
        'java.util.MissingFormatArgumentException',
        `Format specifier '${match[0]}'`,
      );
    }
    assertStringLength(result.length + specifier.width);
    const text = convert(specifier, value);
    spendOnText(text.length);
    result += text;
    assertStringLength(result.length);
  }
  return result;
}

function specifierOf(match: RegExpExecArray): Specifier {
  const [, , , flags = '', width = '0', precision, conversion = ''] = match;
  assertStringLength(Number(width));
  const digits = precision === undefined ? undefined : Number(precision);
  if (digits !== undefined && digits > 1000) throw notImplemented('A precision above 1000');
  return { flags, width: Number(width), precision: digits, conversion };
}

function convert(specifier: Specifier, value: JavaValue): string {
  const { conversion } = specifier;
  const isUpper = conversion !== conversion.toLowerCase();
  const text = convertLower({ ...specifier, conversion: conversion.toLowerCase() }, value);
  return isUpper ? text.toUpperCase() : text;
}

function convertLower(specifier: Specifier, value: JavaValue): string {
  switch (specifier.conversion) {
    case 's':
      return truncateAndPad(stringValueOf(value), specifier);
    case 'b':
      return truncateAndPad(String(typeof value === 'boolean' ? value : value !== null), specifier);
    case 'h':
      return truncateAndPad(
        value === null ? 'null' : (javaHashCode(value) >>> 0).toString(16),
        specifier,
      );
    case 'c':
      return pad(character(value), specifier);
    case 'd':
      return value === null ? pad('null', specifier) : number(decimal(value), specifier);
    case 'x':
    case 'o':
      return value === null ? pad('null', specifier) : radix(value, specifier);
    case 'f':
    case 'e':
      return value === null ? pad('null', specifier) : floating(value, specifier);
    default:
      throw unknownConversion(specifier.conversion);
  }
}

function character(value: JavaValue): string {
  if (value === null) return 'null';
  if (value instanceof JavaCharacter) return value.value;
  if (typeof value === 'number') return String.fromCodePoint(value);
  throw mismatch('c', value);
}

function decimal(value: NonNullable<JavaValue>): string {
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString();
  if (value instanceof JavaLong || value instanceof JavaSmallInteger) return value.value.toString();
  throw mismatch('d', value);
}

/** Two's complement for types with a fixed size. */
function radix(value: NonNullable<JavaValue>, specifier: Specifier): string {
  const base = specifier.conversion === 'x' ? 16 : 8;
  const prefix = base === 16 ? '0x' : '0';
  let text: string;
  if (typeof value === 'bigint') text = value.toString(base);
  else if (typeof value === 'number') text = (value >>> 0).toString(base);
  else if (value instanceof JavaLong) text = BigInt.asUintN(64, value.value).toString(base);
  else throw mismatch(specifier.conversion, value);
  spend(text.length);
  const shown = specifier.flags.includes('#') ? prefix + text : text;
  return specifier.flags.includes('0')
    ? shown.padStart(specifier.width, '0')
    : pad(shown, specifier);
}

function floating(value: NonNullable<JavaValue>, specifier: Specifier): string {
  const digits = specifier.precision ?? 6;
  if (value instanceof JavaDouble || value instanceof JavaFloat) {
    if (!Number.isFinite(value.value)) return pad(String(value.value), specifier);
    const exact = JavaBigDecimal.parse(String(value.value));
    const text =
      specifier.conversion === 'f' ? rounded(exact, digits) : scientific(toDouble(value), digits);
    return number(Object.is(value.value, -0) ? `-${text}` : text, specifier);
  }
  if (value instanceof JavaBigDecimal && specifier.conversion === 'f') {
    return number(rounded(value, digits), specifier);
  }
  throw mismatch(specifier.conversion, value);
}

/** Java rounds the decimal text of a number half up. */
function rounded(value: JavaBigDecimal, digits: number): string {
  const drop = value.scale - digits;
  assertDigits(Math.abs(drop));
  if (drop <= 0)
    return new JavaBigDecimal(value.unscaled * 10n ** BigInt(-drop), digits).toPlainString();
  const divisor = 10n ** BigInt(drop);
  const isNegative = value.unscaled < 0n;
  const magnitude = isNegative ? -value.unscaled : value.unscaled;
  const quotient = (magnitude + divisor / 2n) / divisor;
  const text = new JavaBigDecimal(quotient, digits).toPlainString();
  return isNegative ? `-${text}` : text;
}

function scientific(value: number, digits: number): string {
  return value.toExponential(Math.min(digits, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Formats a number with its sign, grouping and leading zeros. */
function number(text: string, specifier: Specifier): string {
  // Digits of a long number cost far more than as many characters.
  spend(text.length);
  const { flags, width } = specifier;
  const isNegative = text.startsWith('-');
  let digits = isNegative ? text.slice(1) : text;
  if (flags.includes(',')) digits = digits.replace(/^\d+/, grouped);
  let prefix = '';
  let suffix = '';
  if (isNegative && flags.includes('(')) [prefix, suffix] = ['(', ')'];
  else if (isNegative) prefix = '-';
  else if (flags.includes('+')) prefix = '+';
  else if (flags.includes(' ')) prefix = ' ';
  if (flags.includes('0')) {
    digits = digits.padStart(width - prefix.length - suffix.length, '0');
  }
  return pad(prefix + digits + suffix, specifier);
}

function grouped(digits: string): string {
  const first = digits.length % 3 || 3;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return groups.join(',');
}

function truncateAndPad(text: string, specifier: Specifier): string {
  return pad(
    specifier.precision === undefined ? text : text.slice(0, specifier.precision),
    specifier,
  );
}

function pad(text: string, { flags, width }: Specifier): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

function unknownConversion(conversion: string): TemplateEvaluationError {
  if (/^[aAgGtT]$/.test(conversion)) return notImplemented(`The conversion %${conversion}`);
  return javaException(
    'java.util.UnknownFormatConversionException',
    `Conversion = '${conversion}'`,
  );
}

function mismatch(conversion: string, value: NonNullable<JavaValue>): TemplateEvaluationError {
  return javaException(
    'java.util.IllegalFormatConversionException',
    `${conversion} != ${javaClassName(value)}`,
  );
}
