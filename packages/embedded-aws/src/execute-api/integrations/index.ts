import type { IntegrationType } from '../../apigateway/model';
import { configurationError, GatewayError } from '../gateway-error';
import type { IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';
import { awsUri, callAws } from './aws';
import { callFunction } from './function';
import { callHttp, checkHttpEndpoint } from './http';
import type { CallIntegration, EndpointResponse, IntegrationDependencies } from './integration';
import { callMock } from './mock';
import { MAX_PAYLOAD_BYTES, PayloadTooLargeError } from './payload-limit';

export type {
  EndpointResponse,
  IntegrationDependencies,
  InvokeService,
} from './integration';
export { MAX_PAYLOAD_BYTES } from './payload-limit';

const CALLS: Readonly<Record<IntegrationType, CallIntegration>> = {
  AWS: callAws,
  AWS_PROXY: callFunction,
  HTTP: callHttp,
  HTTP_PROXY: callHttp,
  MOCK: callMock,
};

/**
 * Checks where a request goes, before anything is said of it (recorded: LocalStack's
 * test_failed_invoke_test_method, 2025-09-29).
 * @throws GatewayError 500 `Invalid endpoint address` in the log
 */
export function checkEndpoint({ uri }: IntegrationRequest, type: IntegrationType): void {
  if (type === 'HTTP' || type === 'HTTP_PROXY') checkHttpEndpoint(uri);
  else if (type !== 'MOCK' && awsUri(uri) === undefined) {
    throw configurationError('Invalid endpoint address');
  }
}

/**
 * Calls the backend and waits no longer than the integration allows.
 * @throws GatewayError 504 `Endpoint request timed out`, or the error of the integration type
 */
export function callIntegration(
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: IntegrationDependencies,
): EndpointResponse | Promise<EndpointResponse> {
  const { type, timeoutInMillis } = invocation.integration;
  let abort: AbortController | undefined;
  const signal = () => {
    abort ??= new AbortController();
    return abort.signal;
  };
  const response = CALLS[type](request, invocation, dependencies, signal);
  if (!(response instanceof Promise)) return limited(response);
  // Nothing reads the rest of a late answer: the connection is closed.
  return inTime(response, timeoutInMillis)
    .then(limited)
    .finally(() => abort?.abort());
}

/** @throws GatewayError 504 */
async function inTime(
  response: Promise<EndpointResponse>,
  milliseconds: number,
): Promise<EndpointResponse> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(timedOut()), milliseconds);
    timer.unref();
  });
  try {
    return await Promise.race([response, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws GatewayError 500 for more than a payload may have */
function limited(response: EndpointResponse): EndpointResponse {
  const { length } = response.body;
  if (length <= MAX_PAYLOAD_BYTES) return response;
  throw configurationError(new PayloadTooLargeError(length).message);
}

function timedOut(): GatewayError {
  return new GatewayError('INTEGRATION_TIMEOUT', 'Endpoint request timed out', {
    log: 'Execution failed due to a timeout error',
  });
}
