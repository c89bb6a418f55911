import { parseAwsIntegrationUri } from '../apigateway/integration-uri';
import { logMap, truncated } from './execution-log';
import type { IntegrationRequest } from './integration-request';
import type { MethodAnswer } from './integration-response';
import type { EndpointResponse } from './integrations';
import { withQuery } from './integrations/http';
import { awsEndpoint } from './integrations/service-request';
import type { Invocation } from './invocation';
import { lastValues } from './method-request';
import { isBinaryRequest } from './payload';

// The execution log's lines on a method's steps, in AWS's words (recorded).

export function logMethodRequest({ log, request, definition }: Invocation): void {
  if (log === undefined) return;
  log.add(`Method request path: ${logMap(Object.entries(request.pathParameters))}`);
  log.add(`Method request query string: ${logMap(Object.entries(lastValues(request.query)))}`);
  log.add(`Method request headers: ${logMap(request.headers)}`);
  const body = isBinaryRequest(request, definition)
    ? '[Binary Data]'
    : truncated(request.body.text);
  log.add(`Method request body before transformations: ${body}`);
}

export function logBackendRequest(invocation: Invocation, request: IntegrationRequest): void {
  const { log } = invocation;
  const uri = parseAwsIntegrationUri(request.uri);
  const endpoint = withQuery(uri === undefined ? request.uri : awsEndpoint(uri), request.query);
  log?.add(`Endpoint request URI: ${endpoint}`);
  const tag = uri?.service === 'lambda' ? functionTags(invocation) : [];
  log?.add(`Endpoint request headers: ${logMap([...tag, ...request.headers])}`);
  log?.add(`Endpoint request body after transformations: ${truncated(request.body.text)}`);
  log?.add(`Sending request to ${endpoint}`);
}

/** Headers that Lambda gets from the gateway itself (recorded: test_apigw_test_invoke_method_api, 2024-02-04). */
function functionTags({ context }: Invocation): [string, string][] {
  return [['x-amzn-lambda-integration-tag', context.requestId]];
}

export function logBackendResponse({ log, context }: Invocation, response: EndpointResponse): void {
  log?.add(
    `Received response. Status: ${response.status}, Integration latency: ${context.integrationLatency} ms`,
  );
  log?.add(`Endpoint response headers: ${logMap(response.headers)}`);
  log?.add(`Endpoint response body before transformations: ${truncated(response.body.text)}`);
}

export function logMethodAnswer({ log }: Invocation, { body }: MethodAnswer): void {
  log?.add(`Method response body after transformations: ${truncated(body.text)}`);
}
