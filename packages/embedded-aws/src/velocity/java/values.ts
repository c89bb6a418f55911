import type { JavaBigDecimal } from './big-decimal';

/**
 * Java's values as Velocity sees them. An Integer is a JavaScript number and a BigInteger a bigint,
 * so that common values are cheap; values of all other classes are objects with a class name.
 */
export type JavaValue = null | boolean | string | number | bigint | JavaObject;

export type JavaNumberValue =
  | number
  | bigint
  | JavaLong
  | JavaDouble
  | JavaFloat
  | JavaSmallInteger
  | JavaBigDecimal;

export abstract class JavaObject {
  /** The full name of the Java class. */
  abstract readonly javaClass: string;
}

/** Any `java.lang.Number` other than Integer and BigInteger. */
export abstract class JavaNumberObject extends JavaObject {}

export class JavaLong extends JavaNumberObject {
  readonly javaClass = 'java.lang.Long';
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = BigInt.asIntN(64, value);
  }
}

export class JavaDouble extends JavaNumberObject {
  readonly javaClass = 'java.lang.Double';
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }
}

export class JavaFloat extends JavaNumberObject {
  readonly javaClass = 'java.lang.Float';
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = Math.fround(value);
  }
}

/** A Byte or a Short. */
export class JavaSmallInteger extends JavaNumberObject {
  readonly javaClass: 'java.lang.Byte' | 'java.lang.Short';
  readonly value: number;

  constructor(javaClass: 'java.lang.Byte' | 'java.lang.Short', value: number) {
    super();
    this.javaClass = javaClass;
    const shift = javaClass === 'java.lang.Byte' ? 24 : 16;
    this.value = (value << shift) >> shift;
  }
}

/** One UTF-16 code unit. */
export class JavaCharacter extends JavaObject {
  readonly javaClass = 'java.lang.Character';
  readonly value: string;

  constructor(value: string) {
    super();
    this.value = value;
  }
}

export const INTEGER_MAX = 2_147_483_647;
export const INTEGER_MIN = -2_147_483_648;
export const LONG_MAX = 9_223_372_036_854_775_807n;
export const LONG_MIN = -9_223_372_036_854_775_808n;

/** An Integer if the number fits, otherwise a Long, otherwise a BigInteger. */
export function integerOfSmallestType(value: bigint): number | bigint | JavaLong {
  if (value >= INTEGER_MIN && value <= INTEGER_MAX) return Number(value);
  if (value >= LONG_MIN && value <= LONG_MAX) return new JavaLong(value);
  return value;
}

/** The name of a value's Java class, for errors and comparisons of classes. */
export function javaClassName(value: NonNullable<JavaValue>): string {
  switch (typeof value) {
    case 'string':
      return 'java.lang.String';
    case 'number':
      return 'java.lang.Integer';
    case 'bigint':
      return 'java.math.BigInteger';
    case 'boolean':
      return 'java.lang.Boolean';
    default:
      return value.javaClass;
  }
}

export function isJavaNumber(value: JavaValue): value is JavaNumberValue {
  return (
    typeof value === 'number' || typeof value === 'bigint' || value instanceof JavaNumberObject
  );
}
