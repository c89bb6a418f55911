import type { ApiDefinition, MethodSetting } from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import type { HttpRequest, HttpResponse } from '../core/http';
import { type AccessLogSink, logAccess } from './access-log';
import type { ApiAddress } from './address';
import { checkApiKey } from './api-key';
import { authorizeRequest, type VerifySignature } from './authorization';
import { compressAnswer, decompressRequest } from './compression';
import { type ContextVariables, servedContext, traceHeader } from './context';
import { ExecutionLog } from './execution-log';
import { configurationError, GatewayError, toGatewayError } from './gateway-error';
import { renderGatewayResponse } from './gateway-response';
import type { MethodAnswer } from './integration-response';
import { MAX_PAYLOAD_BYTES } from './integrations';
import { type ExecutionDependencies, executeMethod } from './method-execution';
import { type MethodRequest, methodRequest } from './method-request';
import { checkPage, type PageRules } from './pages';
import { answerToPreflight } from './preflight';
import { finishResponse } from './response-headers';
import { type RouteMatch, routerOf } from './route-trie';
import { type ExecutionLogSink, isLogged, logExecution, methodSetting } from './stage-log';
import { type Throttle, throttleStage } from './throttling';
import { type FilterRequest, filterRequest } from './web-acl';

/** What serving stages takes. */
export interface ServeDependencies extends ExecutionDependencies {
  readonly verifySignature: VerifySignature | undefined;
  readonly filterRequest: FilterRequest | undefined;
  readonly pages: PageRules;
  readonly writeLog: AccessLogSink | undefined;
  readonly writeExecutionLog: ExecutionLogSink | undefined;
  readonly throttle: Throttle;
  readonly reportFailure: ReportFailure | undefined;
}

/** Told why the gateway answered 500, which the client is never told. */
export type ReportFailure = (reason: string) => void;

/** What is wrong with the API or the gateway, and not with the request or the backend. */
const SERVER_FAULTS: ReadonlySet<string> = new Set(['API_CONFIGURATION_ERROR', 'DEFAULT_5XX']);

/**
 * Of a method that is signed for, the gateway keeps the signature to itself: neither mappings nor
 * backends see it. Said by AWS's engineers on Stack Overflow, "How do you pass Authorization header
 * through API Gateway to HTTP endpoint?"; the other `x-amz-` headers do go on.
 */
const SIGNATURE_HEADER = 'authorization';

/** One request to a stage, from routing to the answer. */
interface Exchange {
  readonly served: ServedStage;
  readonly definition: ApiDefinition;
  readonly http: HttpRequest;
  readonly path: string;
  readonly context: ContextVariables;
  readonly traceId: string;
  /** The request as methods see it. */
  request: MethodRequest;
  /** How the stage wants the method treated. */
  readonly setting: MethodSetting | undefined;
  /** Kept only for stages that log. */
  log: ExecutionLog | undefined;
}

/** Answers a request to a stage. Throws nothing: what fails is a gateway response. */
export async function serve(
  served: ServedStage,
  http: HttpRequest,
  address: ApiAddress,
  dependencies: ServeDependencies,
): Promise<HttpResponse> {
  const start = dependencies.now();
  const { path } = address;
  const { definition } = served.deployment;
  const route = routerOf(definition)(http.method, path);
  const exchange: Exchange = {
    served,
    definition,
    http,
    path,
    context: servedContext(served, http, address, start),
    traceId: traceHeader(http.headers['x-amzn-trace-id'], start),
    request: requestOf(http, path, route?.pathParameters ?? {}, http.body),
    setting: route && methodSetting(served, route),
    log: undefined,
  };
  const { answer, errorType, hasBackend } = await outcome(exchange, route, dependencies);
  const { context, traceId } = exchange;
  const compressed = await compressAnswer(answer, http.headers['accept-encoding'], definition);
  Object.assign(context, {
    status: compressed.status,
    responseLength: compressed.body.length,
    responseLatency: dependencies.now() - start,
  });
  writeLogs(exchange, errorType !== undefined, dependencies);
  return finishResponse(compressed, {
    requestId: context.requestId,
    extendedRequestId: context.extendedRequestId,
    traceId: hasBackend ? traceId : undefined,
    errorType,
    now: dependencies.now(),
  });
}

/** Logs what there is to log. A log that cannot be written is lost; the client never hears of it. */
function writeLogs(
  { served, context, setting, log }: Exchange,
  failed: boolean,
  { writeLog, writeExecutionLog }: ServeDependencies,
): void {
  log?.add(`Method completed with status: ${context.status}`);
  try {
    logAccess(served.stage.accessLogSettings, context, writeLog);
    logExecution(served, setting, log, failed, writeExecutionLog);
  } catch {
    // AWS drops log lines as well: the answer is worth more than its log.
  }
}

interface Outcome {
  readonly answer: MethodAnswer;
  readonly errorType?: string;
  readonly hasBackend: boolean;
}

async function outcome(
  exchange: Exchange,
  route: RouteMatch | undefined,
  dependencies: ServeDependencies,
): Promise<Outcome> {
  try {
    filterRequest(exchange.served, exchange.context, dependencies.filterRequest);
    const answer = await invoke(exchange, foundRoute(exchange, route), dependencies);
    const type = route?.method?.integration?.type;
    return { answer, hasBackend: type === 'AWS' || type === 'HTTP' };
  } catch (thrown) {
    const error = toGatewayError(thrown);
    const reason = error.log ?? `Execution failed: ${error.message}`;
    exchange.log?.add(reason);
    if (SERVER_FAULTS.has(error.responseType)) {
      const { method } = exchange.http;
      dependencies.reportFailure?.(`${method} ${exchange.path}: ${reason}`);
    }
    const answer = renderGatewayResponse(error, {
      definition: exchange.definition,
      context: exchange.context,
      stageVariables: exchange.served.stage.variables ?? {},
      request: exchange.request,
    });
    return { answer, errorType: error.errorType, hasBackend: false };
  }
}

/** AWS tells neither an unknown path nor an unknown method from a request without credentials. */
function foundRoute({ context }: Exchange, route: RouteMatch | undefined): RouteMatch {
  if (route !== undefined) {
    context.resourceId = route.resource.id;
    context.resourcePath = route.resource.path;
    if (route.method !== undefined) return route;
  }
  throw new GatewayError('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
}

async function invoke(
  exchange: Exchange,
  { resource, method, pathParameters }: RouteMatch,
  dependencies: ServeDependencies,
): Promise<MethodAnswer> {
  const { served, definition, http, path, context, traceId } = exchange;
  if (method?.integration === undefined) throw configurationError('No integration defined');
  if (isLogged(exchange.setting)) startLog(exchange, dependencies.now);
  const { verifySignature, throttle } = dependencies;
  const caller = authorizeRequest(served, method, http, path, context, verifySignature);
  const preflight = (origin: string) => answerToPreflight(exchange, origin, dependencies);
  await checkPage(http, method, dependencies.pages, preflight);
  if (method.apiKeyRequired) {
    checkApiKey(served, resource, method, http, context, throttle, dependencies.now());
  }
  throttleStage(throttle, served, resource, method, exchange.setting);
  if (http.body.length > MAX_PAYLOAD_BYTES) {
    throw new GatewayError('REQUEST_TOO_LARGE', 'Request Too Long');
  }
  const body = await decompressRequest(http.body, http.headers['content-encoding'], definition);
  if (body !== http.body) exchange.request = requestOf(http, path, pathParameters, body);
  if (caller !== undefined) exchange.request.headers.delete(SIGNATURE_HEADER);
  return executeMethod(
    {
      region: served.region,
      apiId: served.api.id,
      definition,
      resource,
      method,
      integration: method.integration,
      request: exchange.request,
      context,
      stageVariables: served.stage.variables ?? {},
      log: exchange.log,
      traceId,
      caller,
    },
    dependencies,
  );
}

function startLog(exchange: Exchange, now: () => number): void {
  const { context, request } = exchange;
  exchange.log = new ExecutionLog(context.requestId, now);
  exchange.log.add(`Starting execution for request: ${context.requestId}`);
  exchange.log.add(`HTTP Method: ${request.httpMethod}, Resource Path: ${request.path}`);
}

function requestOf(
  http: HttpRequest,
  path: string,
  pathParameters: Readonly<Record<string, string>>,
  body: Buffer,
): MethodRequest {
  return methodRequest({
    httpMethod: http.method,
    path,
    queryString: http.query,
    headers: http.headers,
    pathParameters,
    body,
  });
}
