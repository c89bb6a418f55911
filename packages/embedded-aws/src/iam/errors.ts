import { AwsError } from '../core/errors';
import { constraintError, type Violation } from '../core/validation';

// IAM's codes and statuses: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html

export const malformedPolicy = (message: string): AwsError =>
  new AwsError('MalformedPolicyDocument', message);

export const noSuchEntity = (message: string): AwsError =>
  new AwsError('NoSuchEntity', message, { status: 404 });

export const alreadyExists = (message: string): AwsError =>
  new AwsError('EntityAlreadyExists', message, { status: 409 });

export const deleteConflict = (message: string): AwsError =>
  new AwsError('DeleteConflict', message, { status: 409 });

export const invalidInput = (message: string): AwsError => new AwsError('InvalidInput', message);

export const limitExceeded = (message: string): AwsError =>
  new AwsError('LimitExceeded', message, { status: 409 });

/** IAM's code for an input that violates a constraint. */
export const VALIDATION = 'ValidationError';

/** IAM does not print the values that break constraints (L, 10-02-2026). */
export const constraintViolated = (...violations: readonly Violation[]): AwsError =>
  constraintError(
    VALIDATION,
    violations.map((violation) => ({ ...violation, isHidden: true })),
  );

export const validationError = (message: string): AwsError => new AwsError(VALIDATION, message);
