import { AwsError, unsupported } from '../core/errors';
import type { HttpRequest } from '../core/http';

/** Lambda's errors say whose fault they are, but for those of its model's constraints. */
export const details = { Type: 'User' } as const;

export const notFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { status: 404, details });

export const invalidParameter = (message: string, cause?: unknown): AwsError =>
  new AwsError('InvalidParameterValueException', message, { cause, details });

/** Lambda's code for an input that violates a constraint. */
export const VALIDATION = 'ValidationException';

/** Rejects a request that no operation implements. */
export const unknownOperation = ({ method, path }: HttpRequest): AwsError =>
  unsupported(`lambda ${method} ${path}`);
