/**
 * Goes on with a value, at once if it is there: waiting for promises costs a small request more than its
 * parsing does.
 */
export function whenDone<Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
