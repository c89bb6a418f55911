import { javaEquals, javaHashCode } from '../java/equality';
import { compareNatural } from '../java/natural-order';
import { toJavaString } from '../java/to-string';
import type { JavaValue } from '../java/values';
import { type MethodRow, MethodTable } from './method-table';

/**
 * The methods of every object. `getClass`, `wait` and `notify` are omitted deliberately, as in
 * Velocity's secure introspector: templates have no access to classes, and `$map.class` is an entry
 * of the map.
 */
export const OBJECT_METHODS: readonly MethodRow<NonNullable<JavaValue>>[] = [
  ['toString', '', (target) => toJavaString(target)],
  ['hashCode', '', (target) => javaHashCode(target)],
  ['equals', 'Object', (target, values) => javaEquals(target, values.value(0))],
];

/**
 * `compareTo` of the classes that implement it. Java's compiler adds an overload for any object,
 * which throws if the class differs.
 */
export const COMPARABLE: readonly MethodRow<NonNullable<JavaValue>>[] = [
  ['compareTo', 'Object', (target, values) => compareNatural(target, values.value(0))],
];

/** Objects with only the methods of every object, such as a block of `#define`. */
export const PLAIN_OBJECT_METHODS = new MethodTable<NonNullable<JavaValue>>('java.lang.Object', [
  OBJECT_METHODS,
]);
