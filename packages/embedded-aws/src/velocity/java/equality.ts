import { spend, spendOnText } from '../../core/evaluation-budget';
import { JavaBigDecimal } from './big-decimal';
import type { JavaCollection } from './collection';
import { ARRAY_LIST, JavaArray, JavaList, JSON_ARRAY } from './list';
import { JavaMap, JavaMapEntry, JavaMapView } from './map';
import {
  isJavaNumber,
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  JavaLong,
  type JavaObject,
  JavaSmallInteger,
  type JavaValue,
  javaClassName,
} from './values';

/**
 * Java's `equals`: numbers of different classes are not equal, lists and maps compare by content.
 */
export function javaEquals(a: JavaValue, b: JavaValue): boolean {
  spend(1);
  if (typeof a === 'string' && typeof b === 'string' && a.length === b.length) {
    spendOnText(a.length);
  }
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof JavaMap) return b instanceof JavaMap && equalMaps(a, b);
  if (a instanceof JavaArray || b instanceof JavaArray) return false;
  if (a instanceof JavaList) return b instanceof JavaList && equalLists(a, b);
  if (a instanceof JavaMapView) return equalViews(a, b);
  if (a instanceof JavaMapEntry) {
    return b instanceof JavaMapEntry && javaEquals(a.key, b.key) && javaEquals(a.value, b.value);
  }
  return equalScalars(a, b);
}

function equalScalars(a: JavaObject, b: JavaObject): boolean {
  if (a.javaClass !== b.javaClass) return false;
  if (a instanceof JavaBigDecimal) return b instanceof JavaBigDecimal && a.equals(b);
  if (a instanceof JavaDouble) return b instanceof JavaDouble && Object.is(a.value, b.value);
  if (a instanceof JavaFloat) return b instanceof JavaFloat && Object.is(a.value, b.value);
  if (a instanceof JavaLong) return b instanceof JavaLong && a.value === b.value;
  if (a instanceof JavaCharacter) return b instanceof JavaCharacter && a.value === b.value;
  if (a instanceof JavaSmallInteger) return b instanceof JavaSmallInteger && a.value === b.value;
  return false;
}

function equalLists(a: JavaCollection, b: JavaCollection): boolean {
  const left = a.toArray();
  const right = b.toArray();
  if (left.length !== right.length) return false;
  return left.every((item, index) => javaEquals(item, right[index] ?? null));
}

function equalMaps(a: JavaMap, b: JavaMap): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries()) {
    if (!b.has(key) || !javaEquals(value, b.get(key))) return false;
  }
  return true;
}

/** Key and entry sets compare as sets; the view of a map's values is equal only to itself. */
function equalViews(a: JavaMapView, b: JavaObject): boolean {
  if (!(b instanceof JavaMapView) || a.kind === 'values' || b.kind === 'values') return false;
  if (a.kind === 'entries' && b.kind === 'entries') return equalMaps(a.map, b.map);
  if (a.size !== b.size) return false;
  return a.toArray().every((item) => contains(b, item));
}

export function contains(collection: JavaCollection, value: JavaValue): boolean {
  if (collection instanceof JavaMapView && collection.kind === 'keys') {
    return collection.map.has(value);
  }
  return collection.toArray().some((item) => javaEquals(item, value));
}

const LISTS: readonly string[] = [ARRAY_LIST, JSON_ARRAY];

/** Returns true if one class is the other or extends it, which `==` checks before `equals`. */
export function haveRelatedClasses(a: NonNullable<JavaValue>, b: NonNullable<JavaValue>): boolean {
  const left = javaClassName(a);
  const right = javaClassName(b);
  if (left === right) return true;
  return LISTS.includes(left) && LISTS.includes(right);
}

/** Java's `hashCode` of a string. */
export function stringHash(text: string): number {
  spendOnText(text.length);
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

export function hexadecimalHash(text: string): string {
  return (stringHash(text) >>> 0).toString(16);
}

/** Java's `hashCode`; objects that Java hashes by identity get the hash of their class name. */
export function javaHashCode(value: JavaValue): number {
  spend(1);
  if (value === null) return 0;
  if (typeof value === 'string') return stringHash(value);
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (isJavaNumber(value)) return numberHash(value);
  if (value instanceof JavaCharacter) return value.value.charCodeAt(0);
  if (value instanceof JavaMap) {
    let hash = 0;
    for (const [key, item] of value.entries()) hash = (hash + entryHash(key, item)) | 0;
    return hash;
  }
  if (value instanceof JavaMapEntry) return entryHash(value.key, value.value);
  if (value instanceof JavaList && !(value instanceof JavaArray)) {
    let hash = 1;
    for (const item of value.toArray()) hash = (Math.imul(31, hash) + javaHashCode(item)) | 0;
    return hash;
  }
  if (value instanceof JavaMapView && value.kind !== 'values') {
    return value.toArray().reduce<number>((hash, item) => (hash + javaHashCode(item)) | 0, 0);
  }
  return stringHash(value.javaClass);
}

function entryHash(key: JavaValue, value: JavaValue): number {
  return javaHashCode(key) ^ javaHashCode(value);
}

function numberHash(value: NonNullable<JavaValue>): number {
  if (typeof value === 'number') return value;
  if (value instanceof JavaLong) return longHash(value.value);
  if (value instanceof JavaSmallInteger) return value.value;
  const bits = new DataView(new ArrayBuffer(8));
  if (value instanceof JavaDouble) {
    bits.setFloat64(0, value.value);
    return longHash(bits.getBigInt64(0));
  }
  if (value instanceof JavaFloat) {
    bits.setFloat32(0, value.value);
    return bits.getInt32(0);
  }
  if (value instanceof JavaBigDecimal) {
    return (Math.imul(31, bigIntegerHash(value.unscaled)) + value.scale) | 0;
  }
  return typeof value === 'bigint' ? bigIntegerHash(value) : 0;
}

function longHash(value: bigint): number {
  const unsigned = BigInt.asUintN(64, value);
  return Number(BigInt.asIntN(32, unsigned ^ (unsigned >> 32n)));
}

/** BigInteger hashes its magnitude in 32-bit words, the highest first. */
function bigIntegerHash(value: bigint): number {
  const words: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 32n) {
    words.unshift(Number(BigInt.asIntN(32, rest)));
  }
  const hash = words.reduce((sum, word) => (Math.imul(31, sum) + word) | 0, 0);
  return value < 0n ? -hash | 0 : hash;
}
