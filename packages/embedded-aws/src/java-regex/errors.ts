import { EvaluationError } from '../core/evaluation-budget';

/** The failure of an expression or its replacement, as the Java exception prints itself. */
export function javaException(
  className: string,
  message?: string,
  cause?: unknown,
): EvaluationError {
  const text = message === undefined ? className : `${className}: ${message}`;
  return new EvaluationError(text, cause === undefined ? undefined : { cause });
}
