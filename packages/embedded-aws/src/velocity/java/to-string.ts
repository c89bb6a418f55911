import { boundedString, spend, spendOnText } from '../../core/evaluation-budget';
import { javaException } from '../errors';
import { writeJson } from '../json/printer';
import { PRINT_DEPTH } from '../limits';
import { JavaBigDecimal } from './big-decimal';
import { JavaCollection } from './collection';
import { hexadecimalHash } from './equality';
import { doubleToString, floatToString } from './floating-point-text';
import { JavaArray, JavaArrayList, JSON_ARRAY } from './list';
import { JavaMap, JavaMapEntry } from './map';
import {
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  JavaLong,
  JavaObject,
  JavaSmallInteger,
  type JavaValue,
} from './values';

/** An object with its own text: a block of `#define`, a loop's scope, `$input`. */
export abstract class SelfPrinting extends JavaObject {
  /** Null if Java's `toString()` returns null. */
  abstract print(): string | null;
}

/**
 * Java's `toString()`: maps print as `{a=1}`, lists of the template as `[1, 2]`, JSON arrays as
 * JSON.
 * @returns null for a block of `#define` that is nested too deep
 * @throws TemplateEvaluationError for a value that contains itself
 */
export function toJavaString(value: NonNullable<JavaValue>): string | null {
  return print(value, 0);
}

/** Like `String.valueOf`: null prints as `null`. */
export function stringValueOf(value: JavaValue): string {
  return value === null ? 'null' : (toJavaString(value) ?? 'null');
}

function print(value: NonNullable<JavaValue>, depth: number): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return printInteger(value);
  if (typeof value !== 'object') return String(value);
  if (depth > PRINT_DEPTH) throw javaException('java.lang.StackOverflowError');
  return printObject(value, depth);
}

function printInteger(value: bigint): string {
  const text = String(value);
  // Digits of a long number cost far more than as many characters.
  spend(text.length);
  return text;
}

function printObject(value: JavaObject, depth: number): string | null {
  if (value instanceof JavaMap) return printMap(value, depth);
  if (value instanceof JavaArrayList && value.javaClass === JSON_ARRAY) return writeJson(value);
  if (value instanceof JavaArray) return identityText(value);
  if (value instanceof JavaCollection) return printCollection(value, depth);
  if (value instanceof JavaMapEntry) {
    return `${printNullable(value.key, depth + 1)}=${printNullable(value.value, depth + 1)}`;
  }
  if (value instanceof SelfPrinting) return value.print();
  return printScalar(value);
}

function printScalar(value: JavaObject): string {
  if (value instanceof JavaDouble) return doubleToString(value.value);
  if (value instanceof JavaFloat) return floatToString(value.value);
  if (
    value instanceof JavaLong ||
    value instanceof JavaCharacter ||
    value instanceof JavaSmallInteger
  ) {
    return String(value.value);
  }
  if (value instanceof JavaBigDecimal) {
    const text = value.toString();
    spend(text.length);
    return text;
  }
  return identityText(value);
}

/** The text of `Object.toString`; in Java the number differs from run to run. */
function identityText(value: JavaObject): string {
  return `${value.javaClass}@${hexadecimalHash(value.javaClass)}`;
}

function printNullable(value: JavaValue, depth: number): string {
  const text = value === null ? 'null' : (print(value, depth) ?? 'null');
  spend(1);
  spendOnText(text.length);
  return text;
}

function printMap(map: JavaMap, depth: number): string {
  let text = '{';
  for (const [key, value] of map.entries()) {
    if (text.length > 1) text += ', ';
    text += key === map ? '(this Map)' : printNullable(key, depth + 1);
    text += '=';
    text += value === map ? '(this Map)' : printNullable(value, depth + 1);
    boundedString(text);
  }
  return `${text}}`;
}

function printCollection(collection: JavaCollection, depth: number): string {
  let text = '[';
  let isFirst = true;
  for (const item of collection.toArray()) {
    if (!isFirst) text += ', ';
    isFirst = false;
    text += item === collection ? '(this Collection)' : printNullable(item, depth + 1);
    boundedString(text);
  }
  return `${text}]`;
}
