import type { ApiDefinition, Integration, Method, Resource, TextMap } from '../apigateway/model';
import type { RegionStore } from '../apigateway/store';
import type { Caller } from '../core/caller';
import type { ContextVariables } from './context';
import type { ExecutionLog } from './execution-log';
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
  /** Only TestInvokeMethod is told what happens on the way. */
  readonly log: ExecutionLog | undefined;
  /** X-Ray's header, the same for the backend and the client. */
  readonly traceId: string;
  /** Set when the method is signed for. */
  readonly caller: Caller | undefined;
}
