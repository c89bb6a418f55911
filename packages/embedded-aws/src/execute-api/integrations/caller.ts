import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../../apigateway/assume-role';
import { type Caller, partitionOf } from '../../core/caller';
import { configurationError } from '../gateway-error';
import { fillUri } from '../integration-request';
import type { Invocation } from '../invocation';

/** The session that API Gateway assumes roles under. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';

/** Credentials that mean the caller's own identity. */
const CALLER_CREDENTIALS = /^arn:[^:]+:iam::\*:user\/\*$/;

const NO_PLACEHOLDERS: ReadonlyMap<string, string> = new Map();

/** The method as the conditions of policies name it: `arn:aws:execute-api:{region}:{account}:{api}/{stage}/GET/pets/{id}`. */
export function sourceArnOf({ region, apiId, context }: Invocation): string {
  const { accountId, region: name } = region.scope;
  return `arn:${partitionOf(name)}:execute-api:${name}:${accountId}:${apiId}/${context.stage}/${context.httpMethod}${context.resourcePath ?? ''}`;
}

/** An integration's credentials, stage variables filled in; empty if it has none. */
export function credentialsOf({ integration, stageVariables }: Invocation): string {
  return fillUri(integration.credentials ?? '', NO_PLACEHOLDERS, stageVariables);
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
  const { accountId } = region.scope;
  const scope = { accountId, region: targetRegion };
  const values = { 'aws:SourceArn': sourceArnOf(invocation), 'aws:SourceAccount': accountId };
  try {
    return assumeRole(credentials, API_GATEWAY_PRINCIPAL, SESSION_NAME, scope, values);
  } catch (cause) {
    throw configurationError(
      `API Gateway does not have permission to assume the provided role ${credentials}`,
      cause,
    );
  }
}
