import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../../apigateway/assume-role';
import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { Requester } from '../../iam/principals';
import { requesterOf } from '../../iam/resource-policy';
import { fillUri } from '../integration-request';
import { type AuthorizerCall, authorizerArn } from './call';
import type { FunctionTarget } from './function-target';
import { authorizerError } from './refusals';

/** Asks a function's own policy whether it may be invoked. */
export type FunctionAllows = (
  functionArn: string,
  requester: Requester,
  values: Readonly<Record<string, string>>,
) => boolean;

/** Dependencies of the right to call a function. */
export interface PermissionDependencies {
  readonly assumeRole: AssumeRole;
  /** Without it, functions are called only by a role. */
  readonly functionAllows: FunctionAllows | undefined;
}

/** The session that API Gateway assumes roles under. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';
const ACTION = 'lambda:InvokeFunction';

/** @throws GatewayError 500 unless API Gateway, or the authorizer's role, may invoke the function */
export function requirePermission(
  call: AuthorizerCall,
  { arn, scope }: FunctionTarget,
  { assumeRole, functionAllows = () => false }: PermissionDependencies,
): void {
  const values = {
    'aws:SourceArn': authorizerArn(call),
    'aws:SourceAccount': call.region.scope.accountId,
  };
  const credentials = fillUri(
    call.authorizer.authorizerCredentials ?? '',
    new Map(),
    call.stageVariables,
  );
  if (credentials === '') {
    if (functionAllows(arn, { kind: 'service', name: API_GATEWAY_PRINCIPAL }, values)) return;
    throw authorizerError(
      `Authorizer error: API Gateway does not have permission to invoke the function ${arn}. Its policy must allow ${ACTION} to ${API_GATEWAY_PRINCIPAL} for the source ${values['aws:SourceArn']}, or the authorizer must have credentials.`,
    );
  }
  const role = assumed(call, credentials, scope.region, values, assumeRole);
  requireRights(role, arn);
  // Across accounts both sides must allow.
  if (scope.accountId === role.accountId || functionAllows(arn, requesterOf(role), {})) return;
  throw authorizerError(
    `Authorizer error: the policy of the function ${arn} does not allow ${ACTION} to ${credentials}, which is of another account`,
  );
}

function assumed(
  { region }: AuthorizerCall,
  credentials: string,
  functionRegion: string,
  values: Readonly<Record<string, string>>,
  assumeRole: AssumeRole,
): Caller {
  const scope = { accountId: region.scope.accountId, region: functionRegion };
  try {
    return assumeRole(credentials, API_GATEWAY_PRINCIPAL, SESSION_NAME, scope, values);
  } catch (cause) {
    throw authorizerError(
      `API Gateway does not have permission to assume the provided role ${credentials}`,
      cause,
    );
  }
}

/** A version's ARN is not the function's: policies that name the function alone do not cover it. */
function requireRights(role: Caller, functionArn: string): void {
  try {
    role.authorize(ACTION, functionArn);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw authorizerError(`Authorizer error: ${cause.message}`, cause);
  }
}
