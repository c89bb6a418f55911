import type { AssumeRole } from '../../apigateway/assume-role';
import { type Caller, partitionOf } from '../../core/caller';
import { configurationError } from '../gateway-error';
import { gatewayRole } from '../gateway-role';
import { fillUri } from '../integration-request';
import type { Invocation } from '../invocation';

/** Credentials that mean the caller's own identity. */
const CALLER_CREDENTIALS = /^arn:[^:]+:iam::\*:user\/\*$/;

/** The method as the conditions of policies name it: `arn:aws:execute-api:{region}:{account}:{api}/{stage}/GET/pets/{id}`. */
export function sourceArnOf({ region, apiId, context }: Invocation): string {
  const { accountId, region: name } = region.scope;
  return `arn:${partitionOf(name)}:execute-api:${name}:${accountId}:${apiId}/${context.stage}/${context.httpMethod}${context.resourcePath ?? ''}`;
}

/** An integration's credentials, stage variables filled in; empty if it has none. */
export function credentialsOf({ integration, stageVariables }: Invocation): string {
  return fillUri(integration.credentials ?? '', stageVariables);
}

/**
 * The identity that an integration calls AWS as.
 * @param targetRegion the region that is called
 * @throws GatewayError 500 for a role that API Gateway may not assume
 */
export function callerFor(
  invocation: Invocation,
  targetRegion: string,
  assumeRole: AssumeRole,
): Caller {
  const credentials = credentialsOf(invocation);
  const { caller, region } = invocation;
  if (CALLER_CREDENTIALS.test(credentials)) {
    if (caller !== undefined) return { ...caller, region: targetRegion };
    throw configurationError('Invalid credentials: the method is not signed for by a caller');
  }
  const use = {
    sourceArn: sourceArnOf(invocation),
    accountId: region.scope.accountId,
    region: targetRegion,
  };
  return gatewayRole(credentials, use, assumeRole, configurationError);
}
