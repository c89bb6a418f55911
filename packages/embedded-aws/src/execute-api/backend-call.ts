import type { ContextVariables } from './context';
import type { MethodDependencies } from './dependencies';
import type { IntegrationRequest } from './integration-request';
import { callIntegration, checkEndpoint, type EndpointResponse } from './integrations';
import type { Invocation } from './invocation';
import { logBackendRequest, logBackendResponse } from './method-log';

/**
 * Calls the backend, and notes its status and latency in `$context` and the log.
 * @throws GatewayError when the backend fails or takes too long
 */
export function callBackend(
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: MethodDependencies,
): EndpointResponse | Promise<EndpointResponse> {
  const { context, log, integration } = invocation;
  checkEndpoint(request, integration.type);
  const isLogged = log !== undefined && integration.type !== 'MOCK';
  if (isLogged) logBackendRequest(invocation, request);
  const start = dependencies.now();
  const answered = (response: EndpointResponse): EndpointResponse => {
    context.integrationStatus = response.status;
    context.awsEndpointRequestId = response.headers.get('x-amzn-requestid');
    noteLatency(context, dependencies.now() - start);
    if (isLogged) logBackendResponse(invocation, response);
    return response;
  };
  const failed = (error: unknown): never => {
    context.integrationErrorMessage = error instanceof Error ? error.message : String(error);
    noteLatency(context, dependencies.now() - start);
    throw error;
  };
  let response: EndpointResponse | Promise<EndpointResponse>;
  try {
    response = callIntegration(request, invocation, dependencies);
  } catch (error) {
    return failed(error);
  }
  return response instanceof Promise ? response.then(answered, failed) : answered(response);
}

function noteLatency(context: ContextVariables, latency: number): void {
  context.integrationLatency = latency;
  context.integration = {
    latency,
    status: context.integrationStatus,
    integrationStatus: context.integrationStatus,
    requestId: context.awsEndpointRequestId,
    error: context.integrationErrorMessage,
  };
}
