import { javaEquals, javaHashCode } from '../java/equality';
import { compareNatural } from '../java/natural-order';
import { toJavaString } from '../java/to-string';
import type { JavaValue } from '../java/values';
import { type MethodRow, MethodTable } from './method-table';

/**
 * What every object has. `getClass`, `wait` and `notify` are left out on purpose, as Velocity's
 * secure introspector would: a template has no way to classes, and `$map.class` is the map's own.
 */
export const OBJECT_METHODS: readonly MethodRow<NonNullable<JavaValue>>[] = [
  ['toString', '', (target) => toJavaString(target)],
  ['hashCode', '', (target) => javaHashCode(target)],
  ['equals', 'Object', (target, values) => javaEquals(target, values.value(0))],
];

/**
 * `compareTo` of the classes that have it. Java's compiler adds a variant for any object, which
 * throws for one of another class.
 */
export const COMPARABLE: readonly MethodRow<NonNullable<JavaValue>>[] = [
  ['compareTo', 'Object', (target, values) => compareNatural(target, values.value(0))],
];

/** Objects of which a template can only ask what every object has, such as a block of `#define`. */
export const PLAIN_OBJECT_METHODS = new MethodTable<NonNullable<JavaValue>>('java.lang.Object', [
  OBJECT_METHODS,
]);
