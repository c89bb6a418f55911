import { Body } from '../body';
import { configurationError, GatewayError } from '../gateway-error';
import { HeaderBag } from '../header-bag';
import type { CallIntegration } from './integration';
import { PayloadTooLargeError, readPayload } from './payload-limit';

/** An unknown host is a mistake in the API, not a failure of the backend. */
const UNKNOWN_HOST = ['ENOTFOUND', 'EAI_AGAIN'];

/** @throws GatewayError 500 for what is no address of HTTP */
export function checkHttpEndpoint(uri: string): void {
  if (/^https?:\/\/[^/?#]/i.test(uri) && URL.canParse(uri)) return;
  throw configurationError('Invalid endpoint address');
}

/** Calls an HTTP endpoint. Redirects are handed to the client as they come. */
export const callHttp: CallIntegration = async (request, _invocation, { fetch }, signal) => {
  const url = withQuery(request.uri, request.query);
  const headers = HeaderBag.copyOf(request.headers);
  try {
    const response = await fetch(url, {
      method: request.httpMethod,
      headers: [...headers].map(([name, value]): [string, string] => [name, value]),
      // Every method has its body, GET too (recorded: test_apigateway_header_remapping_http, 2024-07-17).
      ...(request.body.length > 0 && { body: new Uint8Array(request.body.bytes) }),
      redirect: 'manual',
      signal: signal(),
    });
    return {
      status: response.status,
      headers: headersOf(response),
      body: response.body === null ? Body.EMPTY : Body.of(await readPayload(response.body)),
    };
  } catch (cause) {
    throw failureOf(cause);
  }
};

/** The answer's headers without those of its compression, which `fetch` has already undone. */
function headersOf(response: Response): HeaderBag {
  const headers = new HeaderBag(response.headers);
  headers.cookies = response.headers.getSetCookie();
  if (headers.has('content-encoding')) {
    headers.delete('content-encoding');
    headers.delete('content-length');
  }
  return headers;
}

/**
 * The address as text: `URL` would take `/a/%2e%2e/b` for `/b`, and so lead out of the path that the
 * integration names. How dots are interpreted is left to the backend.
 */
export function withQuery(uri: string, query: readonly (readonly [string, string])[]): string {
  const search = new URLSearchParams(
    query.map(([name, value]): [string, string] => [name, value]),
  ).toString();
  if (search === '') return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}${search}`;
}

function failureOf(cause: unknown): GatewayError {
  const inner = cause instanceof Error ? cause.cause : undefined;
  const tooLarge = [cause, inner].find((error) => error instanceof PayloadTooLargeError);
  if (tooLarge !== undefined) return configurationError(tooLarge.message, cause);
  const code = (inner as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && UNKNOWN_HOST.includes(code)) {
    return configurationError('Invalid endpoint address', cause);
  }
  return new GatewayError('INTEGRATION_FAILURE', 'Network error communicating with endpoint', {
    cause,
    log: 'Execution failed due to a network error communicating with endpoint',
  });
}
