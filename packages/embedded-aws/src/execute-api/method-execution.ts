import { parseAwsIntegrationUri } from '../apigateway/integration-uri';
import { type ExecutionLog, logMap, truncated } from './execution-log';
import { buildIntegrationRequest, type IntegrationRequest } from './integration-request';
import { buildMethodAnswer, type MethodAnswer } from './integration-response';
import type { EndpointResponse, IntegrationDependencies } from './integrations';
import { callIntegration } from './integrations';
import { awsEndpoint } from './integrations/service-request';
import type { Invocation } from './invocation';
import type { EvaluateMappingTemplate } from './mapping-template';
import { lastValues } from './method-request';
import { validateRequest } from './request-validation';

/** What executing methods takes. */
export interface ExecutionDependencies extends IntegrationDependencies {
  readonly evaluateMappingTemplate: EvaluateMappingTemplate;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Runs a request through a method: validation, the request to the backend, the backend, its answer.
 * @throws GatewayError for what the gateway answers itself
 */
export async function executeMethod(
  invocation: Invocation,
  dependencies: ExecutionDependencies,
): Promise<MethodAnswer> {
  const { log, request, integration } = invocation;
  log?.add(`Method request path: ${logMap(Object.entries(request.pathParameters))}`);
  log?.add(`Method request query string: ${logMap(Object.entries(lastValues(request.query)))}`);
  log?.add(`Method request headers: ${logMap(request.headers)}`);
  log?.add(`Method request body before transformations: ${truncated(request.text())}`);
  validateRequest(invocation);
  const toBackend = buildIntegrationRequest(invocation, dependencies.evaluateMappingTemplate);
  const isMock = integration.type === 'MOCK';
  if (!isMock && log !== undefined) logRequest(log, toBackend);
  const endpoint = await timed(invocation, dependencies, toBackend);
  if (!isMock && log !== undefined) logResponse(log, invocation, endpoint);
  const answer = buildMethodAnswer(endpoint, invocation, dependencies.evaluateMappingTemplate);
  log?.add(
    `Method response body after transformations: ${truncated(answer.body.toString('utf8'))}`,
  );
  return answer;
}

async function timed(
  invocation: Invocation,
  dependencies: ExecutionDependencies,
  request: IntegrationRequest,
): Promise<EndpointResponse> {
  const { context } = invocation;
  const start = dependencies.now();
  try {
    const endpoint = await callIntegration(request, invocation, dependencies);
    context.integrationStatus = endpoint.status;
    context.awsEndpointRequestId = endpoint.headers.get('x-amzn-requestid');
    return endpoint;
  } catch (error) {
    context.integrationErrorMessage = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    const latency = dependencies.now() - start;
    context.integrationLatency = latency;
    context.integration = {
      latency,
      status: context.integrationStatus,
      integrationStatus: context.integrationStatus,
      requestId: context.awsEndpointRequestId,
      error: context.integrationErrorMessage,
    };
  }
}

function logRequest(log: ExecutionLog, request: IntegrationRequest): void {
  const uri = parseAwsIntegrationUri(request.uri);
  const endpoint = uri === undefined ? request.uri : awsEndpoint(uri);
  log.add(`Endpoint request URI: ${endpoint}`);
  log.add(`Endpoint request headers: ${logMap(request.headers)}`);
  log.add(
    `Endpoint request body after transformations: ${truncated(request.body.toString('utf8'))}`,
  );
  log.add(`Sending request to ${endpoint}`);
}

function logResponse(log: ExecutionLog, { context }: Invocation, endpoint: EndpointResponse): void {
  log.add(
    `Received response. Status: ${endpoint.status}, Integration latency: ${context.integrationLatency} ms`,
  );
  log.add(`Endpoint response headers: ${logMap(endpoint.headers)}`);
  log.add(
    `Endpoint response body before transformations: ${truncated(endpoint.body.toString('utf8'))}`,
  );
}
