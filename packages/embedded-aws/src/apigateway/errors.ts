import { AwsError } from '../core/errors';
import { constraintError, oneOf, type Violation } from '../core/validation';

/** A well-formed request that API Gateway rejects. */
export function badRequest(message: string, cause?: unknown): AwsError {
  return new AwsError('BadRequestException', message, { status: 400, cause });
}

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, { status: 404 });
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, { status: 409 });
}

/** The error for a request that violates the constraints of API Gateway's model. */
export function validationError(violations: Violation | readonly Violation[]): AwsError {
  return constraintError('ValidationException', violations);
}

/** The violation of an enumeration. */
export function notInEnum(value: string, path: string, allowed: readonly string[]): Violation {
  return { path, value, constraint: oneOf(allowed) };
}

/**
 * A feature of API Gateway that the embedded AWS does not have. It is rejected on configuration, so
 * that no deployed API behaves differently than on AWS.
 */
export function unsupported(what: string): AwsError {
  return badRequest(`The embedded AWS does not support ${what}.`);
}

/** The errors of the validator for parameter mappings and templates, in AWS's wrapper. */
export function mappingError(error: string): AwsError {
  return badRequest(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`,
  );
}
