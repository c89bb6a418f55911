/** The reason why a mapping template failed; each kind has its own response to the client. */
const MAPPING_TEMPLATE_ERROR_KINDS = ['parse', 'evaluation', 'payload'] as const;

export type MappingTemplateErrorKind = (typeof MAPPING_TEMPLATE_ERROR_KINDS)[number];

/** The base class of all failures of a mapping template; `kind` says what caused it. */
export abstract class MappingTemplateError extends Error {
  abstract readonly kind: MappingTemplateErrorKind;
}

/** The template is not valid Velocity. API Gateway responds with 500 `Internal server error`. */
export class TemplateParseError extends MappingTemplateError {
  override readonly name = 'TemplateParseError';
  readonly kind = 'parse';
}

/**
 * The evaluation of a valid template failed: a Java method threw an exception, a limit was reached,
 * or the template uses a part of Java that this engine does not have. API Gateway responds with
 * 500.
 */
export class TemplateEvaluationError extends MappingTemplateError {
  override readonly name = 'TemplateEvaluationError';
  readonly kind = 'evaluation';
}

/**
 * The template read a payload that starts like JSON but cannot be parsed. API Gateway responds with
 * 400 `{"message": "Could not process payload..."}`.
 */
export class PayloadParseError extends MappingTemplateError {
  override readonly name = 'PayloadParseError';
  readonly kind = 'payload';
  /** The message of json-smart, which API Gateway appends to its own. */
  readonly detail: string;

  constructor(detail: string, options?: ErrorOptions) {
    super('Could not process payload', options);
    this.detail = detail;
  }
}

/** The failure of a template that called a Java method which threw this exception. */
export function javaException(
  className: string,
  message?: string,
  cause?: unknown,
): TemplateEvaluationError {
  const text = message === undefined ? className : `${className}: ${message}`;
  return new TemplateEvaluationError(text, cause === undefined ? undefined : { cause });
}

/** Java's `IndexOutOfBoundsException` for position `index` of `length`. */
export function indexOutOfBounds(index: number, length: number): TemplateEvaluationError {
  return javaException(
    'java.lang.IndexOutOfBoundsException',
    `Index ${index} out of bounds for length ${length}`,
  );
}

export function nullPointer(): TemplateEvaluationError {
  return javaException('java.lang.NullPointerException');
}

export function unsupportedOperation(): TemplateEvaluationError {
  return javaException('java.lang.UnsupportedOperationException');
}

/** A feature of Java or Jayway that this engine lacks: rejected by name instead of guessed. */
export function notImplemented(what: string): TemplateEvaluationError {
  return new TemplateEvaluationError(`${what} is not implemented by the embedded API Gateway`);
}
