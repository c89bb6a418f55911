import { AwsError, unsupported } from '../core/errors';
import type { HttpRequest } from '../core/http';

export const notFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { status: 404, details: { Type: 'User' } });

export const invalidParameter = (message: string, cause?: unknown): AwsError =>
  new AwsError('InvalidParameterValueException', message, { cause });

/** Lambda's code for an input that violates a constraint. */
export const VALIDATION = 'ValidationException';

/** Rejects a request that no operation implements. */
export const unknownOperation = ({ method, path }: HttpRequest): AwsError =>
  unsupported(`lambda ${method} ${path}`);
