import type { ApiDefinition, Integration, Method, Resource, TextMap } from '../apigateway/model';
import type { RegionStore, ServedStage } from '../apigateway/store';
import type { Caller } from '../core/caller';
import type { AuthorizerReport } from './authorizers/report';
import type { ContextVariables } from './context';
import type { ExecutionLog } from './execution-log';
import { configurationError } from './gateway-error';
import type { MethodRequest } from './method-request';

/** One request on its way through a method. */
export interface Invocation {
  readonly region: RegionStore;
  readonly apiId: string;
  readonly definition: ApiDefinition;
  readonly resource: Resource;
  readonly method: Method;
  readonly integration: Integration;
  readonly request: MethodRequest;
  readonly context: ContextVariables;
  readonly stageVariables: TextMap;
  /** Set for TestInvokeMethod and for stages that log. */
  readonly log: ExecutionLog | undefined;
  /** X-Ray's header, the same for the backend and the client. */
  readonly traceId: string;
  /** Set when the method is signed for. */
  readonly caller: Caller | undefined;
  /** The host at which functions find AWS when they call back. */
  readonly endpoint: string;
  /** How the method's authorizer worked, if it has one. */
  readonly authorizerReport?: AuthorizerReport | undefined;
}

/** The parts of an invocation of a stage's method: an `Exchange` has them all. */
interface InvocationParts
  extends Pick<
    Invocation,
    | 'definition'
    | 'resource'
    | 'method'
    | 'request'
    | 'context'
    | 'log'
    | 'traceId'
    | 'caller'
    | 'endpoint'
    | 'authorizerReport'
  > {
  readonly served: ServedStage;
}

/** @throws GatewayError 500 for a method without an integration */
export function createInvocation(parts: InvocationParts): Invocation {
  const { served, definition, resource, method, request, context, log, traceId, caller, endpoint } =
    parts;
  const { integration } = method;
  if (integration === undefined) throw configurationError('No integration defined');
  return {
    region: served.region,
    apiId: served.api.id,
    definition,
    resource,
    method,
    integration,
    request,
    context,
    stageVariables: served.variables,
    log,
    traceId,
    caller,
    endpoint,
    authorizerReport: parts.authorizerReport,
  };
}
