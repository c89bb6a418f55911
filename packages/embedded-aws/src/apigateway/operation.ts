import type { Caller } from '../core/caller';
import type { AssumeRole } from './assume-role';
import type { IntegrationSupport } from './entities/integrations';
import type { Members } from './members';
import type { Method, Resource, RestApi } from './model';
import type { ApiGatewayStore, RegionStore } from './store';

/** One call of API Gateway's control API, after routing. */
export interface ControlRequest {
  readonly store: ApiGatewayStore;
  /** The store of the caller's account and region. */
  readonly region: RegionStore;
  readonly caller: Caller;
  /** A path parameter, percent-decoded, for example `restApiId`. */
  param(name: string): string;
  readonly query: URLSearchParams;
  /** The Accept header. */
  readonly accept: string;
  readonly input: Members;
  /** The raw body; imports send documents that are not members. */
  readonly body: Buffer;
  /** Epoch seconds. */
  readonly now: number;
  readonly support: IntegrationSupport;
  readonly assumeRole: AssumeRole | undefined;
  readonly testInvokeMethod: TestInvokeMethod;
}

/** The request that TestInvokeMethod sends to a method, deployed or not. */
export interface TestInvocation {
  readonly region: RegionStore;
  readonly api: RestApi;
  readonly resource: Resource;
  readonly method: Method;
  readonly pathWithQueryString: string;
  /** By name as the test spells it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

export interface TestInvocationResult {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The execution log, one entry per line. */
  readonly log: string;
  /** In milliseconds. */
  readonly latency: number;
}

export type TestInvokeMethod = (invocation: TestInvocation) => Promise<TestInvocationResult>;

/** One operation of the control API. */
export interface Operation {
  /** The name of the operation at AWS, for example `GetRestApis`. */
  readonly name: string;
  /** Method and path with parameters, for example `GET /restapis/{restApiId}`. */
  readonly route: string;
  readonly status: number;
  handle(request: ControlRequest): unknown;
}
