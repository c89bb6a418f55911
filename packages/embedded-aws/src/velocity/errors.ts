/** Why a mapping template produced no text; each kind answers the client differently. */
const MAPPING_TEMPLATE_ERROR_KINDS = ['parse', 'evaluation', 'payload'] as const;

export type MappingTemplateErrorKind = (typeof MAPPING_TEMPLATE_ERROR_KINDS)[number];

/** What every failure of a mapping template is; `kind` says whose fault it was. */
export abstract class MappingTemplateError extends Error {
  abstract readonly kind: MappingTemplateErrorKind;
}

/** The template is not Velocity. API Gateway answers 500 `Internal server error`. */
export class TemplateParseError extends MappingTemplateError {
  override readonly name = 'TemplateParseError';
  readonly kind = 'parse';
}

/**
 * The template is Velocity and its evaluation failed: a Java method threw, a limit was met, or it
 * used something of Java that this engine does not have. API Gateway answers 500.
 */
export class TemplateEvaluationError extends MappingTemplateError {
  override readonly name = 'TemplateEvaluationError';
  readonly kind = 'evaluation';
}

/**
 * The template read the payload, which starts as JSON and does not parse. API Gateway answers 400
 * `{"message": "Could not process payload..."}`.
 */
export class PayloadParseError extends MappingTemplateError {
  override readonly name = 'PayloadParseError';
  readonly kind = 'payload';
  /** json-smart's own words, which API Gateway appends to the message. */
  readonly detail: string;

  constructor(detail: string, options?: ErrorOptions) {
    super('Could not process payload', options);
    this.detail = detail;
  }
}

/** The failure of a template whose Java method threw, in Java's words. */
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

/** Something Java or Jayway has and this engine does not: refused by name, never guessed. */
export function notImplementedHere(what: string): TemplateEvaluationError {
  return new TemplateEvaluationError(`${what} is not implemented by the embedded API Gateway`);
}
