import type { StageDependencies } from './dependencies';
import type { Exchange } from './exchange';
import { toGatewayError } from './gateway-error';
import { renderGatewayResponse } from './gateway-response';
import type { MethodAnswer } from './integration-response';

/** Failures of the API or the gateway, rather than of the request or the backend. */
const SERVER_FAULTS: ReadonlySet<string> = new Set([
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'DEFAULT_5XX',
]);

/** Turns what a step threw into a gateway response, and reports the reason that the client does not get. */
export function answerFailure(
  thrown: unknown,
  exchange: Exchange,
  { reportFailure }: StageDependencies,
): { readonly answer: MethodAnswer; readonly errorType: string } {
  const { log, http, path, definition, context, request, served } = exchange;
  const error = toGatewayError(thrown);
  const reason = error.log ?? `Execution failed: ${error.message}`;
  log?.add(reason);
  if (SERVER_FAULTS.has(error.responseType)) {
    const detail = error.detail === undefined ? '' : ` (${error.detail})`;
    reportFailure?.(`${http.method} ${path}: ${reason}${detail}`);
  }
  const { variables: stageVariables } = served;
  const answer = renderGatewayResponse(error, { definition, context, stageVariables, request });
  return { answer, errorType: error.errorType };
}
