import type { Caller, Scope } from '../core/caller';

/** The service principal of API Gateway in trust policies. */
export const API_GATEWAY_PRINCIPAL = 'apigateway.amazonaws.com';

/**
 * Assumes a role for API Gateway.
 * @throws AwsError if the role is missing or does not trust the service
 */
export type AssumeRole = (
  roleArn: string,
  servicePrincipal: string,
  sessionName: string,
  scope: Scope,
  values?: Readonly<Record<string, string>>,
) => Caller;
