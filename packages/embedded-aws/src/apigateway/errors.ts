import { AwsError } from '../core/errors';

/** A request that API Gateway understands and rejects. */
export function badRequest(message: string, cause?: unknown): AwsError {
  return new AwsError('BadRequestException', message, { status: 400, cause });
}

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, { status: 404 });
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, { status: 409 });
}

/**
 * A request whose members break the constraints of API Gateway's model.
 * @param violations each `Value 'x' at 'path' failed to satisfy constraint: …`
 */
export function validationError(violations: readonly string[]): AwsError {
  const count = violations.length;
  return new AwsError(
    'ValidationException',
    `${count} validation error${count === 1 ? '' : 's'} detected: ${violations.join('; ')}`,
  );
}

/** The violation of an enumerated member, in AWS's words. */
export function notInEnum(value: string, path: string, allowed: readonly string[]): string {
  return `Value '${value}' at '${path}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`;
}

/**
 * Something API Gateway does and the embedded AWS does not. Refused when it is set up, so that no
 * deployed API behaves otherwise than on AWS.
 */
export function unsupported(what: string): AwsError {
  return badRequest(`The embedded AWS does not support ${what}.`);
}

/** The refusals of the validator of parameter mappings and templates, as AWS wraps them. */
export function mappingError(error: string): AwsError {
  return badRequest(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`,
  );
}
