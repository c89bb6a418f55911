import { AwsError } from '../core/errors';

/** CloudWatch's code for an input that breaks a constraint, in every protocol. */
export const VALIDATION = 'ValidationError';

export const invalid = (message: string): AwsError => new AwsError(VALIDATION, message);

export const invalidInput = (message: string): AwsError =>
  new AwsError('InvalidParameterInput', message);

export const invalidValue = (message: string): AwsError =>
  new AwsError('InvalidParameterValue', message);

export const invalidCombination = (message: string): AwsError =>
  new AwsError('InvalidParameterCombination', message);

export const notFound = (message: string): AwsError =>
  new AwsError('ResourceNotFound', message, { status: 404 });
