import type { IntegrationType } from '../../apigateway/model';
import { configurationError, GatewayError } from '../gateway-error';
import type { IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';
import { callAws } from './aws';
import { callFunction } from './function';
import { callHttp } from './http';
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
