import { lastValues, type MethodRequest } from '../method-request';
import type { AuthorizerCall } from './call';

/**
 * The event of a TOKEN authorizer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function tokenEvent({ methodArn }: AuthorizerCall, token: string): object {
  return { type: 'TOKEN', authorizationToken: token, methodArn };
}

/**
 * The event of a REQUEST authorizer: as that of a proxy integration, without the body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function requestEvent(call: AuthorizerCall): object {
  const { methodArn, request, context, stageVariables } = call;
  const multiValueHeaders = headersOf(call);
  return {
    type: 'REQUEST',
    methodArn,
    resource: context.resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: lastValues(new Map(Object.entries(multiValueHeaders))),
    multiValueHeaders,
    queryStringParameters: lastValues(request.query),
    multiValueQueryStringParameters: Object.fromEntries(request.query),
    pathParameters: request.pathParameters,
    stageVariables,
    requestContext: requestContext(call),
  };
}

/** Repeated headers have all their values; those that the gateway adds have one. */
function headersOf({ request, sentHeaders }: AuthorizerCall): Record<string, readonly string[]> {
  return Object.fromEntries(
    [...request.headers].map(([name, value]) => {
      const sent = sentHeaders.get(name.toLowerCase()) ?? [];
      return [name, sent.length > 1 && sent.join(', ') === value ? sent : [value]];
    }),
  );
}

/** Cognito identities and all else that is not known here are null, as in AWS's events. */
function requestContext({ context, request }: AuthorizerCall): object {
  const { identity } = context;
  return {
    resourceId: context.resourceId,
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
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: identity.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: identity.userAgent ?? null,
      user: null,
      ...sentKey(request),
      ...(identity.vpceId !== undefined && { vpceId: identity.vpceId }),
    },
    domainName: context.domainName,
    deploymentId: context.deploymentId,
    apiId: context.apiId,
  };
}

function sentKey({ headers }: MethodRequest): { readonly apiKey?: string } {
  const apiKey = headers.get('x-api-key');
  return apiKey === undefined ? {} : { apiKey };
}
