import { AwsError } from '../core/errors';
import { atMost, constraintError, type Violation } from '../core/validation';
import { LONGEST_NAME } from './quotas';

/** The code of CloudWatch Logs for an input that breaks a constraint. */
export const INVALID_PARAMETER = 'InvalidParameterException';

export const invalidParameter = (message: string): AwsError =>
  new AwsError(INVALID_PARAMETER, message);

const TOO_LONG = atMost('length', LONGEST_NAME);

/**
 * Names of groups and streams that are too long have a text of their own (L,
 * test_create_log_group_invalid_name_length, 03-02-2026).
 */
export function invalidInput(violations: readonly Violation[]): AwsError {
  const isTooLong = violations.some(
    ({ path, constraint }) =>
      (path === 'logGroupName' || path === 'logStreamName') && constraint === TOO_LONG,
  );
  if (!isTooLong) return constraintError(INVALID_PARAMETER, violations);
  return invalidParameter(
    `Invalid LogGroup or LogStream, both must have length less than or equal to ${LONGEST_NAME}.`,
  );
}

export const alreadyExists = (kind: 'group' | 'stream'): AwsError =>
  new AwsError('ResourceAlreadyExistsException', `The specified log ${kind} already exists`);

export const notFound = (kind: 'group' | 'stream'): AwsError =>
  new AwsError('ResourceNotFoundException', `The specified log ${kind} does not exist.`);

export const noMetricFilter = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.');
