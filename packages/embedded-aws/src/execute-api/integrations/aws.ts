import { randomUUID } from 'node:crypto';
import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../../apigateway/assume-role';
import { type AwsIntegrationUri, parseAwsIntegrationUri } from '../../apigateway/integration-uri';
import { type Caller, partitionOf } from '../../core/caller';
import type { AwsRequest } from '../../core/http';
import { remember } from '../../core/remember';
import { configurationError } from '../gateway-error';
import { HeaderBag } from '../header-bag';
import { fillUri, type IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';
import type { CallIntegration } from './integration';
import { actionContentType, TARGET_PREFIXES } from './service-actions';

/** The session that API Gateway assumes roles under. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';

/** Credentials that stand for whoever signed the request. */
const CALLER_CREDENTIALS = /^arn:[^:]+:iam::\*:user\/\*$/;

const NO_PLACEHOLDERS: ReadonlyMap<string, string> = new Map();

/** Most integrations have the same URI for every request. */
const parsedUri = remember(1_000, parseAwsIntegrationUri);

/** Calls a service of the embedded AWS as the integration's role. */
export const callAws: CallIntegration = async (request, invocation, dependencies) => {
  const uri = parsedUri(request.uri);
  if (uri === undefined) throw configurationError('Invalid endpoint address');
  const caller = callerFor(invocation, uri, dependencies.assumeRole);
  const answer = await dependencies.invokeService(
    uri.service,
    serviceRequest(uri, request, invocation, caller),
  );
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

/** The URL that the execution log shows for an integration: the real service's. */
export function awsEndpoint(uri: AwsIntegrationUri): string {
  const base = `https://${uri.service}.${uri.region}.${dnsSuffix(uri.region)}/`;
  return uri.kind === 'action' ? `${base}?Action=${uri.target}` : `${base}${uri.target}`;
}

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

function serviceRequest(
  uri: AwsIntegrationUri,
  request: IntegrationRequest,
  { apiId, context }: Invocation,
  caller: Caller,
): AwsRequest {
  const headers = HeaderBag.copyOf(request.headers);
  headers.set('Host', `${uri.service}.${uri.region}.${dnsSuffix(uri.region)}`);
  headers.set('X-Amzn-Apigateway-Api-Id', apiId);
  if (uri.kind === 'action') {
    const prefix = TARGET_PREFIXES[uri.service];
    if (prefix !== undefined) {
      headers.setDefault('X-Amz-Target', `${prefix}.${uri.target}`);
      headers.set('Content-Type', actionContentType(uri.service, headers.get('content-type')));
    }
  }
  return {
    method: request.httpMethod,
    path: uri.kind === 'action' ? '/' : `/${uri.target.replace(/^\/+/, '')}`,
    query: queryString(uri, request),
    headers: headers.toLowerCaseRecord(),
    body: request.body,
    sourceIp: context.identity.sourceIp,
    protocol: 'HTTP/1.1',
    caller,
    requestId: randomUUID(),
  };
}

/** An action's name goes with what is mapped, and wins over it. */
function queryString(uri: AwsIntegrationUri, { query }: IntegrationRequest): string {
  const isAction = uri.kind === 'action';
  if (isAction && query.length === 0 && /^\w+$/.test(uri.target)) return `Action=${uri.target}`;
  const all = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]));
  if (isAction) all.set('Action', uri.target);
  return all.toString();
}

function dnsSuffix(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
