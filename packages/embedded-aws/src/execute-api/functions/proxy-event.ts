import type { Invocation } from '../invocation';
import { isBinaryRequest } from '../payload';
import { requestContext, requestMembers } from './request-event';

/**
 * The event of a Lambda proxy integration. Maps without entries are null, as is a body that is empty;
 * binary bodies are base64 (recorded: LocalStack's test_lambda_aws_proxy_integration, 2024-08-02).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(invocation: Invocation): object {
  const { request, context, definition, method } = invocation;
  const isBase64Encoded = request.body.length > 0 && isBinaryRequest(request, definition);
  const { operationName } = method;
  const members = Object.entries(requestMembers(invocation)).map(([name, value]) => [
    name,
    isEmpty(value) ? null : value,
  ]);
  return {
    ...Object.fromEntries(members),
    requestContext: {
      ...requestContext(context, context.identity, authorizerOf(invocation)),
      ...(operationName !== undefined && { operationName }),
    },
    body: bodyOf(invocation, isBase64Encoded),
    isBase64Encoded,
  };
}

/** A function's answer has its latency beside it, 0 for a cached one (public dumps of events). */
function authorizerOf({ context, authorizerReport }: Invocation): object | undefined {
  const { authorizer } = context;
  if (authorizer === undefined || authorizer.claims !== undefined) return authorizer;
  return { ...authorizer, integrationLatency: authorizerReport?.integrationLatency ?? 0 };
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function bodyOf({ request }: Invocation, isBase64Encoded: boolean): string | null {
  if (request.body.length === 0) return null;
  return isBase64Encoded ? request.body.bytes.toString('base64') : request.body.text;
}
