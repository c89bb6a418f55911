import { API_GATEWAY_PRINCIPAL } from '../../apigateway/assume-role';
import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { Requester } from '../../iam/principals';
import { requesterOf } from '../../iam/resource-policy';
import type { FunctionTarget } from './target';

/** Asks a function's own policy whether it may be invoked. */
export type FunctionAllows = (
  functionArn: string,
  requester: Requester,
  values: Readonly<Record<string, string>>,
) => boolean;

/** The one who calls a function, and on whose behalf. */
export interface FunctionUser {
  /** Without one, API Gateway calls by itself, and the function's own policy must let it. */
  readonly role: Caller | undefined;
  /** The authorizer or the method, as conditions of permissions name it. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

const ACTION = 'lambda:InvokeFunction';

/**
 * The reason why a user may not invoke a function; undefined if it may. Across accounts both the role's
 * policies and the function's own must allow.
 * @param functionAllows without it, functions are called only by a role
 */
export function refusalOf(
  { role, sourceArn, sourceAccount }: FunctionUser,
  { arn, scope }: FunctionTarget,
  functionAllows: FunctionAllows = () => false,
): string | undefined {
  if (role === undefined) {
    const values = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceAccount };
    if (functionAllows(arn, { kind: 'service', name: API_GATEWAY_PRINCIPAL }, values)) {
      return undefined;
    }
    return `API Gateway does not have permission to invoke the function ${arn}. Its policy must allow ${ACTION} to ${API_GATEWAY_PRINCIPAL} for the source ${sourceArn}, or credentials must name a role that may.`;
  }
  const refused = refusedRights(role, arn);
  if (refused !== undefined) return refused;
  if (scope.accountId === role.accountId || functionAllows(arn, requesterOf(role), {})) {
    return undefined;
  }
  return `the policy of the function ${arn} does not allow ${ACTION} to ${role.arn}, which is of another account`;
}

/** A version's ARN is not the function's: policies that name the function alone do not cover it. */
function refusedRights(role: Caller, functionArn: string): string | undefined {
  try {
    role.authorize(ACTION, functionArn);
    return undefined;
  } catch (cause) {
    if (cause instanceof AwsError) return cause.message;
    throw cause;
  }
}
