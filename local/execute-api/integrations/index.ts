import type { IntegrationType } from '../../apigateway/model';
import { configurationError, GatewayError } from '../gateway-error';
import type { IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';
import { callAws } from './aws';
import { callHttp } from './http';
import type { CallIntegration, EndpointResponse, IntegrationDependencies } from './integration';
import { callMock } from './mock';

export type {
  EndpointResponse,
  IntegrationDependencies,
  InvokeService,
} from './integration';

/** The largest payload of any request or response, 10 MiB. */
export const MAX_PAYLOAD_BYTES = 10_485_760;

const CALLS: Readonly<Partial<Record<IntegrationType, CallIntegration>>> = {
  AWS: callAws,
  HTTP: callHttp,
  HTTP_PROXY: callHttp,
  MOCK: callMock,
};

/**
 * Calls the backend and waits no longer than the integration allows.
 * @throws GatewayError 504 `Endpoint request timed out`, or what the kind of backend makes of a failure
 */
export async function callIntegration(
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: IntegrationDependencies,
): Promise<EndpointResponse> {
  const { type, timeoutInMillis } = invocation.integration;
  const call = CALLS[type];
  if (call === undefined) throw configurationError(`Integration type ${type} is not supported`);
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
    if (response.body.length > MAX_PAYLOAD_BYTES) throw tooLarge(response.body.length);
    return response;
  } finally {
    clearTimeout(timer);
  }
}

function timedOut(): GatewayError {
  return new GatewayError('INTEGRATION_TIMEOUT', 'Endpoint request timed out', {
    log: 'Execution failed due to a timeout error',
  });
}

function tooLarge(length: number): GatewayError {
  return configurationError(
    `Integration response of reported length ${length} is larger than allowed maximum of ${MAX_PAYLOAD_BYTES} bytes.`,
  );
}
