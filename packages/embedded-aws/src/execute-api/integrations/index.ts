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
export async function callIntegration(
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: IntegrationDependencies,
): Promise<EndpointResponse> {
  const { type, timeoutInMillis } = invocation.integration;
  const call = CALLS[type];
  let abort: AbortController | undefined;
  const signal = () => {
    abort ??= new AbortController();
    return abort.signal;
  };
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(timedOut());
      abort?.abort();
    }, timeoutInMillis);
    timer.unref();
  });
  try {
    const response = await Promise.race([call(request, invocation, dependencies, signal), timeout]);
    const { length } = response.body;
    if (length > MAX_PAYLOAD_BYTES) {
      throw configurationError(new PayloadTooLargeError(length).message);
    }
    return response;
  } finally {
    clearTimeout(timer);
    // Nothing reads the rest of the backend's answer: close the connection.
    abort?.abort();
  }
}

function timedOut(): GatewayError {
  return new GatewayError('INTEGRATION_TIMEOUT', 'Endpoint request timed out', {
    log: 'Execution failed due to a timeout error',
  });
}
