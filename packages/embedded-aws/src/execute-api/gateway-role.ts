import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../apigateway/assume-role';
import type { Caller } from '../core/caller';
import type { GatewayError } from './gateway-error';

/** The session that API Gateway assumes roles under. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';

/** For whom the gateway assumes a role, and where it will use it. */
export interface RoleUse {
  /** The method or authorizer, as the conditions of trust policies name it. */
  readonly sourceArn: string;
  /** The API's. */
  readonly accountId: string;
  readonly region: string;
}

/**
 * Assumes the role of an integration or an authorizer.
 * @param refused the error for a role that the gateway may not assume
 */
export function gatewayRole(
  roleArn: string,
  { sourceArn, accountId, region }: RoleUse,
  assumeRole: AssumeRole,
  refused: (reason: string, cause: unknown) => GatewayError,
): Caller {
  const values = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': accountId };
  try {
    const scope = { accountId, region };
    return assumeRole(roleArn, API_GATEWAY_PRINCIPAL, SESSION_NAME, scope, values);
  } catch (cause) {
    throw refused(
      `API Gateway does not have permission to assume the provided role ${roleArn}`,
      cause,
    );
  }
}
