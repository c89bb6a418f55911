import { randomUUID } from 'node:crypto';
import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../../apigateway/assume-role';
import { type AwsIntegrationUri, parseAwsIntegrationUri } from '../../apigateway/integration-uri';
import { type Caller, partitionOf } from '../../core/caller';
import { remember } from '../../core/remember';
import { configurationError } from '../gateway-error';
import { HeaderBag } from '../header-bag';
import { fillUri } from '../integration-request';
import type { Invocation } from '../invocation';
import type { CallIntegration } from './integration';
import { serviceRequest } from './service-request';

/** The session that API Gateway assumes roles under. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';

/** Credentials that mean the caller's own identity. */
const CALLER_CREDENTIALS = /^arn:[^:]+:iam::\*:user\/\*$/;

const NO_PLACEHOLDERS: ReadonlyMap<string, string> = new Map();

/** Most integrations have the same URI for every request. */
const parsedUri = remember(1_000, parseAwsIntegrationUri);

/** Calls a service of the embedded AWS as the integration's role. */
export const callAws: CallIntegration = async (request, invocation, dependencies) => {
  const uri = parsedUri(request.uri);
  if (uri === undefined) throw configurationError('Invalid endpoint address');
  const caller = callerFor(invocation, uri, dependencies.assumeRole);
  const { apiId, context } = invocation;
  const answer = await dependencies.invokeService(uri.service, {
    ...serviceRequest(uri, request, apiId),
    method: request.httpMethod,
    body: request.body,
    sourceIp: context.identity.sourceIp,
    protocol: 'HTTP/1.1',
    caller,
    requestId: randomUUID(),
  });
  const headers = new HeaderBag();
  for (const [name, value] of Object.entries(answer.headers)) {
    headers.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return {
    status: answer.status,
    headers,
    body: Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body),
  };
};

function callerFor(
  { integration, region, stageVariables, caller, apiId, context }: Invocation,
  uri: AwsIntegrationUri,
  assumeRole: AssumeRole,
): Caller {
  const credentials = fillUri(integration.credentials ?? '', NO_PLACEHOLDERS, stageVariables);
  if (CALLER_CREDENTIALS.test(credentials)) {
    if (caller !== undefined) return { ...caller, region: uri.region };
    throw configurationError('Invalid credentials: the method is not signed for by a caller');
  }
  const { accountId } = region.scope;
  const partition = partitionOf(region.scope.region);
  const source = `arn:${partition}:execute-api:${region.scope.region}:${accountId}:${apiId}/${context.stage}/${context.httpMethod}${context.resourcePath ?? ''}`;
  try {
    return assumeRole(
      credentials,
      API_GATEWAY_PRINCIPAL,
      SESSION_NAME,
      { accountId, region: uri.region },
      {
        'aws:SourceArn': source,
        'aws:SourceAccount': accountId,
      },
    );
  } catch (cause) {
    throw configurationError(
      `API Gateway does not have permission to assume the provided role ${credentials}`,
      cause,
    );
  }
}
