import type { MethodDependencies } from './dependencies';
import type { IntegrationRequest } from './integration-request';
import { callIntegration, checkEndpoint, type EndpointResponse } from './integrations';
import type { Invocation } from './invocation';
import { logBackendRequest, logBackendResponse } from './method-log';

/**
 * Calls the backend, and notes its status and latency in `$context` and the log.
 * @throws GatewayError when the backend fails or takes too long
 */
export async function callBackend(
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: MethodDependencies,
): Promise<EndpointResponse> {
  checkEndpoint(request, invocation.integration.type);
  const isLogged = invocation.log !== undefined && invocation.integration.type !== 'MOCK';
  if (isLogged) logBackendRequest(invocation, request);
  const response = await timed(request, invocation, dependencies);
  if (isLogged) logBackendResponse(invocation, response);
  return response;
}

async function timed(
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: MethodDependencies,
): Promise<EndpointResponse> {
  const { context } = invocation;
  const start = dependencies.now();
  try {
    const response = await callIntegration(request, invocation, dependencies);
    context.integrationStatus = response.status;
    context.awsEndpointRequestId = response.headers.get('x-amzn-requestid');
    return response;
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
