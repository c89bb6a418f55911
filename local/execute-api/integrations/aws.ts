import { randomUUID } from 'node:crypto';
import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../../apigateway/assume-role';
import { type AwsIntegrationUri, parseAwsIntegrationUri } from '../../apigateway/integration-uri';
import { type Caller, partitionOf } from '../../core/caller';
import type { AwsRequest } from '../../core/http';
import { configurationError } from '../gateway-error';
import { HeaderBag } from '../header-bag';
import type { IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';
import type { CallIntegration } from './integration';
import { actionContentType, TARGET_PREFIXES } from './service-actions';

/** The session that API Gateway assumes roles under. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';

/** Credentials that stand for whoever signed the request. */
const CALLER_CREDENTIALS = /^arn:[^:]+:iam::\*:user\/\*$/;

/** Calls a service of the embedded AWS as the integration's role. */
export const callAws: CallIntegration = async (request, invocation, dependencies) => {
  const uri = parseAwsIntegrationUri(request.uri);
  if (uri === undefined) throw configurationError('Invalid endpoint address');
  const caller = callerFor(invocation, uri, dependencies.assumeRole);
  const answer = await dependencies.invokeService(
    uri.service,
    serviceRequest(uri, request, invocation, caller),
  );
  return {
    status: answer.status,
    headers: new HeaderBag(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : value.join(', '),
      ]),
    ),
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
  const credentials = (integration.credentials ?? '').replace(
    /\$\{stageVariables\.(\w+)\}/g,
    (_match, name: string) =>
      Object.hasOwn(stageVariables, name) ? (stageVariables[name] ?? '') : '',
  );
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
  const headers = new HeaderBag(request.headers);
  const query = new URLSearchParams(
    request.query.map(([name, value]): [string, string] => [name, value]),
  );
  headers.set('Host', `${uri.service}.${uri.region}.${dnsSuffix(uri.region)}`);
  headers.set('X-Amzn-Apigateway-Api-Id', apiId);
  if (uri.kind === 'action') {
    const prefix = TARGET_PREFIXES[uri.service];
    if (prefix !== undefined) {
      headers.setDefault('X-Amz-Target', `${prefix}.${uri.target}`);
      headers.set('Content-Type', actionContentType(uri.service, headers.get('content-type')));
    }
    query.set('Action', uri.target);
  }
  return {
    method: request.httpMethod,
    path: uri.kind === 'action' ? '/' : `/${uri.target.replace(/^\/+/, '')}`,
    query: query.toString(),
    headers: headers.toLowerCaseRecord(),
    body: request.body,
    sourceIp: context.identity.sourceIp,
    protocol: 'HTTP/1.1',
    caller,
    requestId: randomUUID(),
  };
}

function dnsSuffix(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
