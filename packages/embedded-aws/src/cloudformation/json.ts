import { AwsError } from '../core/errors';
import { constraintError, type Violation } from '../core/validation';

/** A parsed JSON object: only own members count, so `__proto__` is an ordinary member. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member of an object; inherited ones (`constructor`, `toString`) do not count. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Deep equality of JSON values; the order of object members does not matter. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}

/** The error for nearly every invalid request. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** The error for a member that violates a constraint of CloudFormation's model. */
export function constraintViolated(path: string, value: string, constraint: string): AwsError {
  const violation: Violation = { path, value, constraint };
  return constraintError('ValidationError', violation);
}

/** The error for a template that cannot be parsed. */
export function templateFormatError(message: string): AwsError {
  return validationError(`Template format error: ${message}`);
}
