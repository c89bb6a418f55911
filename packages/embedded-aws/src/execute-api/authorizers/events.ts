import { requestContext, requestMembers } from '../functions/request-event';
import type { AuthorizerCall } from './call';

/**
 * The event of a TOKEN authorizer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function tokenEvent({ methodArn }: AuthorizerCall, token: string): object {
  return { type: 'TOKEN', authorizationToken: token, methodArn };
}

/**
 * The event of a REQUEST authorizer: as that of a proxy integration, without the body. It is asked
 * before the caller is known, so the identity has no more than what the client sent.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function requestEvent(call: AuthorizerCall): object {
  const { methodArn, request, context } = call;
  const { sourceIp, userAgent, vpceId } = context.identity;
  const apiKey = request.headers.get('x-api-key');
  const identity = { sourceIp, userAgent, vpceId, ...(apiKey !== undefined && { apiKey }) };
  return {
    type: 'REQUEST',
    methodArn,
    ...requestMembers(call),
    requestContext: requestContext(context, identity),
  };
}
