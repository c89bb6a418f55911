import { isOneOf } from '../apigateway/is-one-of';
import {
  type ApiDefinition,
  HTTP_METHODS,
  type Method,
  type MethodSetting,
  type Resource,
} from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import type { Caller } from '../core/caller';
import type { HttpRequest } from '../core/http';
import { type ApiAddress, functionEndpoint } from './address';
import type { AuthorizerReport } from './authorizers/report';
import { type ContextVariables, servedContext, traceHeader } from './context';
import type { ExecutionLog } from './execution-log';
import { GatewayError } from './gateway-error';
import type { HeaderBag } from './header-bag';
import { type MethodRequest, methodRequest } from './method-request';
import { methodSetting } from './method-setting';
import { type RouteMatch, routerOf } from './route-trie';

/** One request to a stage, on its way through the pipeline. Steps add what they find. */
export class Exchange {
  readonly served: ServedStage;
  readonly http: HttpRequest;
  /** The same with the method that the client sent, which a signature is about. */
  readonly sent: HttpRequest;
  /** The path after the stage, percent-encoded. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly context: ContextVariables;
  readonly traceId: string;
  /** Undefined when no resource has the path. */
  readonly route: RouteMatch | undefined;
  /** Logging and throttling of the method on this stage. */
  readonly setting: MethodSetting | undefined;
  /** The request as the method sees it. */
  request: MethodRequest;
  /** Set for stages that log. */
  log: ExecutionLog | undefined;
  /** Set when the method requires a signature. */
  caller: Caller | undefined;
  /** How the method's authorizer worked, if it has one. */
  authorizerReport: AuthorizerReport | undefined;
  /** The API key that the authorizer's function names. */
  usageIdentifierKey: string | undefined;

  constructor(served: ServedStage, sent: HttpRequest, address: ApiAddress, start: number) {
    // Slashes that are doubled before the path do not count (recorded: as in `restOf` of the router).
    const path = address.path.startsWith('//') ? address.path.replace(/^\/+/, '/') : address.path;
    const http = overridden(sent);
    this.served = served;
    this.sent = sent;
    this.http = http;
    this.path = path;
    this.start = start;
    this.route = routerOf(served.deployment.definition)(http.method, path);
    this.context = servedContext(served, http, address, start);
    this.traceId = traceHeader(http.headers['x-amzn-trace-id'], start);
    this.setting = this.route && methodSetting(served, this.route);
    this.request = this.#requestWith(http.body);
  }

  /** The API as it was deployed. */
  get definition(): ApiDefinition {
    return this.served.deployment.definition;
  }

  get endpoint(): string {
    return functionEndpoint(this.http);
  }

  /** @throws GatewayError as {@link method} */
  get resource(): Resource {
    if (this.route === undefined) throw missingAuthenticationToken();
    return this.route.resource;
  }

  /** @throws GatewayError 403 for an unknown path or method, as for a request without credentials */
  get method(): Method {
    if (this.route?.method === undefined) throw missingAuthenticationToken();
    return this.route.method;
  }

  /** Makes the method see another body, such as the decompressed one. */
  replaceBody(body: Buffer): void {
    this.request = this.#requestWith(body);
  }

  #requestWith(body: Buffer): MethodRequest {
    const { method: httpMethod, query: queryString, headers, rawHeaders, sourceIp } = this.http;
    return methodRequest({
      httpMethod,
      path: this.path,
      queryString,
      headers,
      rawHeaders,
      pathParameters: this.route?.pathParameters ?? {},
      body,
      adjust: (bag) => {
        addForwarded(bag, sourceIp);
        // Backends get it where the integration maps it (documented).
        bag.delete(METHOD_OVERRIDE);
        const [root = ''] = this.traceId.split(';');
        bag.set('X-Amzn-Trace-Id', root);
      },
    });
  }
}

const METHOD_OVERRIDE = 'x-http-method-override';

/**
 * The request with the method that its header names in place of its own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
function overridden(sent: HttpRequest): HttpRequest {
  const method = sent.headers[METHOD_OVERRIDE]?.trim().toUpperCase() ?? '';
  return method !== 'ANY' && isOneOf(HTTP_METHODS, method) ? { ...sent, method } : sent;
}

/**
 * Headers that API Gateway adds to what the client sent. Of `X-Forwarded-For` only the last address is
 * to be trusted (recorded: fireprox#12). The port and the protocol are AWS's, not those of this server.
 */
function addForwarded(headers: HeaderBag, sourceIp: string): void {
  const given = headers.get('x-forwarded-for');
  headers.set('X-Forwarded-For', given === undefined ? sourceIp : `${given}, ${sourceIp}`);
  headers.set('X-Forwarded-Port', '443');
  headers.set('X-Forwarded-Proto', 'https');
}

function missingAuthenticationToken(): GatewayError {
  return new GatewayError('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
}
