import type { MethodDependencies } from './dependencies';
import type { Exchange } from './exchange';
import type { HeaderBag } from './header-bag';
import type { MethodAnswer } from './integration-response';
import { createInvocation, type Invocation } from './invocation';
import { methodRequest } from './method-request';
import { routerOf } from './route-trie';

/** Runs a method's own steps. */
export type RunMethod = (
  invocation: Invocation,
  dependencies: MethodDependencies,
) => MethodAnswer | Promise<MethodAnswer>;

/**
 * The headers that the API answers with when a browser asks whether a page of an origin may send the
 * request. It is not logged, metered or throttled, because no client sent it.
 * @param answersPreflights whether a method may answer browsers, which send no credentials then
 * @returns undefined where no method answers, or an error does
 */
export async function preflightHeaders(
  exchange: Exchange,
  origin: string,
  answersPreflights: (method: Invocation['method']) => boolean,
  run: RunMethod,
  dependencies: MethodDependencies,
): Promise<HeaderBag | undefined> {
  const { served, definition, http, path, context, traceId, endpoint } = exchange;
  const { resource, method, pathParameters = {} } = routerOf(definition)('OPTIONS', path) ?? {};
  if (resource === undefined || method?.integration === undefined || !answersPreflights(method)) {
    return undefined;
  }
  const { host, 'user-agent': agent } = http.headers;
  const request = methodRequest({
    httpMethod: 'OPTIONS',
    path,
    queryString: '',
    headers: {
      ...(host !== undefined && { host }),
      ...(agent !== undefined && { 'user-agent': agent }),
      accept: '*/*',
      origin,
      'access-control-request-method': http.method,
    },
    pathParameters,
    body: Buffer.alloc(0),
  });
  const { id: resourceId, path: resourcePath } = resource;
  const invocation = createInvocation({
    served,
    definition,
    resource,
    method,
    request,
    context: { ...context, httpMethod: 'OPTIONS', resourceId, resourcePath },
    log: undefined,
    traceId,
    caller: undefined,
    endpoint,
  });
  try {
    return (await run(invocation, dependencies)).headers;
  } catch {
    // An error allows nothing.
    return undefined;
  }
}
