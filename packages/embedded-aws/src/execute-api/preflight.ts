import type { ApiDefinition } from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import type { HttpRequest } from '../core/http';
import type { ContextVariables } from './context';
import type { HeaderBag } from './header-bag';
import { type ExecutionDependencies, executeMethod } from './method-execution';
import { methodRequest } from './method-request';
import { answersPreflights } from './pages';
import { routerOf } from './route-trie';

/** A request that a web page has sent without a preflight. */
export interface Unpreflighted {
  readonly served: ServedStage;
  readonly definition: ApiDefinition;
  readonly http: HttpRequest;
  readonly path: string;
  readonly context: ContextVariables;
  readonly traceId: string;
}

/**
 * The headers that the API answers with when a browser asks whether a page of this origin may send the
 * request. It is not logged, metered or throttled, because no client sent it.
 * @returns undefined where no method answers, or an error does
 */
export async function answerToPreflight(
  { served, definition, http, path, context, traceId }: Unpreflighted,
  origin: string,
  dependencies: ExecutionDependencies,
): Promise<HeaderBag | undefined> {
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
  try {
    const answer = await executeMethod(
      {
        region: served.region,
        apiId: served.api.id,
        definition,
        resource,
        method,
        integration: method.integration,
        request,
        context: { ...context, httpMethod: 'OPTIONS', resourceId, resourcePath },
        stageVariables: served.stage.variables ?? {},
        log: undefined,
        traceId,
        caller: undefined,
      },
      dependencies,
    );
    return answer.headers;
  } catch {
    // An error allows nothing.
    return undefined;
  }
}
