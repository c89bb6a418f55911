import type { ContextVariables } from '../context';
import { lastValues, type MethodRequest } from '../method-request';

/** A request, as the events of functions show it. */
export interface EventSource {
  readonly request: MethodRequest;
  readonly context: ContextVariables;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** The members that the events of proxy integrations and of REQUEST authorizers share, in AWS's order. */
export function requestMembers({ request, context, stageVariables }: EventSource) {
  const multiValueHeaders = headersOf(request);
  return {
    resource: context.resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: lastValues(new Map(Object.entries(multiValueHeaders))),
    multiValueHeaders,
    queryStringParameters: lastValues(request.query),
    multiValueQueryStringParameters: Object.fromEntries(request.query),
    pathParameters: request.pathParameters,
    stageVariables,
  };
}

/** Repeated headers have all their values; those that the gateway adds have one. */
function headersOf({ headers, rawHeaders }: MethodRequest): Record<string, readonly string[]> {
  const all = headerValues(rawHeaders);
  return Object.fromEntries(
    [...headers].map(([name, value]) => {
      const sent = all.get(name.toLowerCase()) ?? [];
      return [name, sent.length > 1 && sent.join(', ') === value ? sent : [value]];
    }),
  );
}

/** All values of each header, by lower-case name. @param raw names and values in turn */
function headerValues(raw: readonly string[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    const value = raw[at + 1] ?? '';
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

/**
 * `requestContext` of an event. Cognito identities and all else that is not known here are null, as in
 * AWS's events.
 * @param authorizer the answer of the method's authorizer
 */
export function requestContext(
  context: ContextVariables,
  identity: ContextVariables['identity'],
  authorizer?: object,
): object {
  return {
    resourceId: context.resourceId,
    ...(authorizer !== undefined && { authorizer }),
    resourcePath: context.resourcePath,
    httpMethod: context.httpMethod,
    extendedRequestId: context.extendedRequestId,
    requestTime: context.requestTime,
    path: context.path,
    accountId: context.accountId,
    protocol: context.protocol,
    stage: context.stage,
    domainPrefix: context.domainPrefix,
    requestTimeEpoch: context.requestTimeEpoch,
    requestId: context.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: identity.accountId ?? null,
      cognitoIdentityId: null,
      caller: identity.caller ?? null,
      sourceIp: identity.sourceIp,
      principalOrgId: null,
      accessKey: identity.accessKey ?? null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: identity.userArn ?? null,
      userAgent: identity.userAgent ?? null,
      user: identity.user ?? null,
      ...(identity.apiKey !== undefined && { apiKey: identity.apiKey }),
      ...(identity.apiKeyId !== undefined && { apiKeyId: identity.apiKeyId }),
      ...(identity.vpceId !== undefined && { vpceId: identity.vpceId }),
    },
    domainName: context.domainName,
    deploymentId: context.deploymentId,
    apiId: context.apiId,
  };
}
