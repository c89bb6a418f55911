import { type BasePathMapping, type DomainName, ROOT_BASE_PATH } from '../apigateway/domain-model';
import type { ApiGatewayStore } from '../apigateway/store';
import type { HttpRequest } from '../core/http';
import { remember } from '../core/remember';
import { type ApiAddress, splitFirst, stageAndPath, VPC_ENDPOINT_HEADER } from './address';

/**
 * Reads the API and stage of a request whose host is a custom domain name: from the mapping of the
 * path's first part, else from the mapping of the root. A mapping without a stage leaves it to the
 * path. Where nothing is mapped, the address names no API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export function domainAddress(
  store: ApiGatewayStore,
  { path, headers }: HttpRequest,
): ApiAddress | undefined {
  const domain = store.findDomain(hostName(headers.host ?? ''));
  if (domain === undefined) return undefined;
  const found = mappingFor(domain, path);
  const way = { way: 'domain', vpcEndpointId: headers[VPC_ENDPOINT_HEADER] || undefined } as const;
  if (found === undefined) return { apiId: '', stageName: '', path, contextPath: path, ...way };
  const { mapping, rest } = found;
  const target =
    mapping.stage === undefined ? stageAndPath(rest) : { stageName: mapping.stage, path: rest };
  return { apiId: mapping.restApiId, ...target, contextPath: path, ...way };
}

/** Cached: it runs for every request, and nearly all name the same host. */
const hostName = remember(100, (host: string) => host.toLowerCase().replace(/:\d+$/, ''));

function mappingFor(
  { mappings }: DomainName,
  path: string,
): { readonly mapping: BasePathMapping; readonly rest: string } | undefined {
  const [first, rest] = splitFirst(path.replace(/^\/+/, ''));
  const named = mappings.get(decoded(first));
  if (named !== undefined && named.basePath !== ROOT_BASE_PATH) return { mapping: named, rest };
  const root = mappings.get(ROOT_BASE_PATH);
  return root && { mapping: root, rest: path };
}

/** Base paths may have characters that clients escape. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
