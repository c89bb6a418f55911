import { javaException, nullPointer } from '../errors';
import { toBigInt, toDouble } from './arithmetic';
import { JavaBigDecimal } from './big-decimal';
import {
  isJavaNumber,
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  type JavaNumberValue,
  type JavaValue,
  javaClassName,
} from './values';

/**
 * Java's `compareTo` for two values of the same class: negative, 0 or positive.
 * @throws TemplateEvaluationError for values without an order, or of different classes
 */
export function compareNatural(a: JavaValue, b: JavaValue): number {
  if (a === null || b === null) throw nullPointer();
  if (javaClassName(a) !== javaClassName(b)) {
    throw javaException(
      'java.lang.ClassCastException',
      `class ${javaClassName(b)} cannot be cast to class ${javaClassName(a)}`,
    );
  }
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isJavaNumber(a) && isJavaNumber(b)) return compareSameClass(a, b);
  if (a instanceof JavaCharacter && b instanceof JavaCharacter) {
    return a.value.charCodeAt(0) - b.value.charCodeAt(0);
  }
  throw javaException(
    'java.lang.ClassCastException',
    `class ${javaClassName(a)} cannot be cast to class java.lang.Comparable`,
  );
}

/** Like `Double.compare`: NaN is greater than everything, -0.0 less than 0.0. */
function compareSameClass(a: JavaNumberValue, b: JavaNumberValue): number {
  if (a instanceof JavaBigDecimal && b instanceof JavaBigDecimal) return a.compareTo(b);
  if (!(a instanceof JavaDouble || a instanceof JavaFloat)) {
    const [left, right] = [toBigInt(a), toBigInt(b)];
    return left < right ? -1 : Number(left > right);
  }
  const [left, right] = [toDouble(a), toDouble(b)];
  if (left < right) return -1;
  if (left > right) return 1;
  if (Object.is(left, right)) return 0;
  return Number.isNaN(left) || Object.is(right, -0) ? 1 : -1;
}
