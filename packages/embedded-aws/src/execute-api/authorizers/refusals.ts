import { QUOTAS } from '../../apigateway/quotas';
import { GatewayError } from '../gateway-error';

/** The client has not shown who it is: the method is not run, nor the authorizer's function. */
export function unauthorized(requestId: string, cause?: unknown): GatewayError {
  const log = `Unauthorized request: ${requestId}`;
  return new GatewayError('UNAUTHORIZED', 'Unauthorized', { cause, log });
}

/** A user pool's token whose time is over: its clients tell it by this text (public reports). */
export function tokenExpired(requestId: string, cause?: unknown): GatewayError {
  const log = `Unauthorized request: ${requestId}`;
  return new GatewayError('UNAUTHORIZED', 'The incoming token has expired', { cause, log });
}

/**
 * The authorizer cannot decide: 500 `{"message":null}`, and the reason in the log only (public
 * reports).
 */
export function authorizerError(reason: string, cause?: unknown): GatewayError {
  return new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', '', {
    cause,
    hasNoMessage: true,
    log: `Execution failed due to configuration error: ${reason}`,
  });
}

/**
 * The texts of refusals by the policy that a function answers with. They are those of 2026, from
 * public dumps; before, they ended at `explicit deny` and at `this resource`.
 */
const REFUSALS = {
  explicitDeny:
    'User is not authorized to access this resource with an explicit deny in an identity-based policy',
  implicitDeny:
    'User is not authorized to access this resource because no identity-based policy allows the execute-api:Invoke action',
} as const;

export function denied(decision: keyof typeof REFUSALS): GatewayError {
  return new GatewayError('ACCESS_DENIED', REFUSALS[decision], {
    log: 'The client is not authorized to perform this operation.',
  });
}

/** @throws GatewayError 414 for a method's ARN that is longer than authorizers are asked about */
export function limitMethodArn(methodArn: string): void {
  if (Buffer.byteLength(methodArn) <= QUOTAS.methodArnBytes) return;
  throw new GatewayError('DEFAULT_4XX', 'Request URI too long', {
    status: 414,
    errorType: 'RequestTooLongException',
  });
}
