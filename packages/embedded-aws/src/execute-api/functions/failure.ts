import { GatewayError } from '../gateway-error';
import type { EndpointResponse } from '../integrations';
import { errorMessageOf } from './invoke';

/**
 * Requires that Lambda took the call. When it did not, because it is not called by POST for example, the
 * status is 500, whatever the table of gateway responses says (recorded: LocalStack's
 * test_lambda_aws_proxy_integration_non_post_method, 2024-03-20).
 * @throws GatewayError 500 INTEGRATION_FAILURE
 */
export function requireInvoked({ status, headers, body }: EndpointResponse): void {
  if (status < 300) return;
  const requestId = headers.get('x-amzn-requestid') ?? '';
  throw new GatewayError('INTEGRATION_FAILURE', 'Internal server error', {
    status: 500,
    detail: errorMessageOf(body.text),
    log: `Lambda invocation failed with status: ${status}. Lambda request id: ${requestId}`,
  });
}

/** The failure of a proxy integration's function, in the log's words (public dumps of 2019 to 2022). */
export function functionFailure({ headers, body }: EndpointResponse): GatewayError {
  const requestId = headers.get('x-amzn-requestid') ?? '';
  return new GatewayError('DEFAULT_5XX', 'Internal server error', {
    status: 502,
    log: `Lambda execution failed with status 200 due to customer function error: ${errorMessageOf(body.text)}. Lambda request id: ${requestId}`,
  });
}
