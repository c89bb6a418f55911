import { AwsError } from '../core/errors';

/** The code of CloudWatch Logs for an input that breaks a constraint. */
export const INVALID_PARAMETER = 'InvalidParameterException';

export const invalidParameter = (message: string): AwsError =>
  new AwsError(INVALID_PARAMETER, message);

export const alreadyExists = (kind: 'group' | 'stream'): AwsError =>
  new AwsError('ResourceAlreadyExistsException', `The specified log ${kind} already exists`);

export const notFound = (kind: 'group' | 'stream'): AwsError =>
  new AwsError('ResourceNotFoundException', `The specified log ${kind} does not exist.`);

export const noMetricFilter = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.');
