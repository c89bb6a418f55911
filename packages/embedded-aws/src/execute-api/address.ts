import type { HttpRequest } from '../core/http';
import { remember } from '../core/remember';

/** Where a request to a deployed API goes, and the way that it came. */
export interface ApiAddress {
  readonly apiId: string;
  /** Empty when the path names none. */
  readonly stageName: string;
  /** The path that the API's own routes match, percent-encoded; starts with `/`. */
  readonly path: string;
  /** `$context.path`: with the stage, or as sent to a custom domain name. */
  readonly contextPath: string;
  /**
   * `internet` and `endpoint` lead to the API's own endpoint, `alias` does by the DNS name that a
   * private API has with a VPC endpoint it is associated with, `domain` by a custom domain name.
   */
  readonly way: 'internet' | 'endpoint' | 'alias' | 'domain';
  /** Set for `endpoint` and `alias`. */
  readonly vpcEndpointId?: string | undefined;
}

/**
 * Names the VPC endpoint that a request came through. AWS's endpoints add it to the requests that they forward to
 * API Gateway, and integrations see it. Here a client sets it, wherever the host does not name the
 * endpoint: nothing on a loopback address comes through one.
 */
export const VPC_ENDPOINT_HEADER = 'x-amzn-vpce-id';

/** Names the API in requests to an endpoint's own DNS name. */
const API_ID_HEADER = 'x-apigw-api-id';

const PREFIX = '/_aws/execute-api/';
const ENDPOINT_HOST = /^(vpce-[0-9a-z]+)-[0-9a-z-]+\.execute-api\.[^./]+\.vpce\.[^/]+$/i;
const ALIAS_HOST = /^([a-z0-9]+)-(vpce-[0-9a-z]+)\.execute-api\.[^/]+$/i;
const API_HOST = /^([a-z0-9-]+)\.execute-api\.[^/]+$/i;

/**
 * Reads the API and stage of a request:
 * - from the path `/_aws/execute-api/{api-id}/{stage}/…` on any host;
 * - from the host `{api-id}.execute-api.…` and the path `/{stage}/…`;
 * - for private APIs, from the host `{api-id}-{vpce-id}.execute-api.…`, or from the host
 *   `{vpce-id}-{suffix}.execute-api.{region}.vpce.…` and the header `x-apigw-api-id`. The first two
 *   forms reach a private API as well, with the header {@link VPC_ENDPOINT_HEADER}.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html
 */
export function apiAddress({ path, headers }: HttpRequest): ApiAddress | undefined {
  const vpcEndpointId = headers[VPC_ENDPOINT_HEADER] || undefined;
  const way = vpcEndpointId === undefined ? 'internet' : 'endpoint';
  if (path.startsWith(PREFIX)) {
    const [apiId = '', rest] = splitFirst(path.slice(PREFIX.length));
    return addressOf(apiId, rest, way, vpcEndpointId);
  }
  if (!namesApi(headers.host ?? '')) return undefined;
  const host = (headers.host ?? '').toLowerCase();
  const endpoint = ENDPOINT_HOST.exec(host)?.[1];
  if (endpoint !== undefined) {
    const apiId = headers[API_ID_HEADER] ?? '';
    return addressOf(apiId, path, 'endpoint', endpoint);
  }
  const [, aliased, associated] = ALIAS_HOST.exec(host) ?? [];
  if (aliased !== undefined) {
    return addressOf(aliased, path, 'alias', associated);
  }
  const apiId = API_HOST.exec(host)?.[1];
  return apiId === undefined ? undefined : addressOf(apiId, path, way, vpcEndpointId);
}

/** Cached: it runs for every request, and nearly all name the same host. */
const namesApi = remember(100, (host: string) => host.toLowerCase().includes('.execute-api.'));

function addressOf(
  apiId: string,
  whole: string,
  way: ApiAddress['way'],
  vpcEndpointId: string | undefined,
): ApiAddress {
  const { stageName, path, contextPath } = stageAndPath(whole);
  return { apiId, stageName, path, contextPath, way, vpcEndpointId };
}

/** Reads the stage from the start of a path. */
export function stageAndPath(
  whole: string,
): Pick<ApiAddress, 'stageName' | 'path' | 'contextPath'> {
  const [stageName = '', path] = splitFirst(whole.replace(/^\/+/, ''));
  return { stageName, path, contextPath: `/${stageName}${path}` };
}

/** The text up to the first slash, and the slash with all that follows. */
export function splitFirst(text: string): [string, string] {
  const slash = text.indexOf('/');
  return slash === -1 ? [text, '/'] : [text.slice(0, slash), text.slice(slash)];
}

/**
 * The host at which functions find AWS when they call back. Under a path the client's host is that of the
 * embedded AWS; other hosts lead to APIs alone.
 */
export function functionEndpoint({ path, headers }: Pick<HttpRequest, 'path' | 'headers'>): string {
  const { host = '127.0.0.1' } = headers;
  return path.startsWith('/_aws/') ? host : `127.0.0.1${/:\d+$/.exec(host)?.[0] ?? ''}`;
}
