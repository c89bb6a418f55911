import type { Caller } from '../core/caller';
import type { AssumeRole } from './assume-role';
import type { IntegrationSupport } from './entities/integration-target';
import type { Members } from './members';
import type { Authorizer, Method, Resource, RestApi, Stage } from './model';
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
  /** The host that the caller sends to: functions that a test runs call back to it. */
  readonly endpoint: string;
  /** The raw body; imports send documents that are not members. */
  readonly body: Buffer;
  /** Epoch seconds. */
  readonly now: number;
  readonly support: IntegrationSupport;
  readonly assumeRole: AssumeRole | undefined;
  readonly testInvokeMethod: TestInvokeMethod;
  readonly authorizers: AuthorizerRuntime;
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
  /** The one who tests, whose identity the method sees. */
  readonly caller: Caller;
  /** The host of the embedded AWS as the caller knows it, for functions that call back. */
  readonly endpoint: string;
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

/** The request that TestInvokeAuthorizer shows to an authorizer, deployed or not. */
export interface AuthorizerTest {
  readonly region: RegionStore;
  readonly api: RestApi;
  readonly authorizer: Authorizer;
  /** `/` if the test names none. */
  readonly pathWithQueryString: string;
  /** All values of each header, by name as the test spells it. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The host of the embedded AWS as the caller knows it, for functions that call back. */
  readonly endpoint: string;
  /** Values of `$context`, which identity sources may name. */
  readonly additionalContext: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeAuthorizer.html */
export interface AuthorizerTestResult {
  /** 0 if the authorizer allows the request, else the status that a client gets. */
  readonly clientStatus: number;
  /** The execution log, one entry per line. */
  readonly log: string;
  /** In milliseconds. */
  readonly latency: number;
  readonly principalId?: string | undefined;
  /** The policy document as JSON. */
  readonly policy?: string | undefined;
  /** The context that a Lambda authorizer answers with: all values of each key. */
  readonly authorization?: Readonly<Record<string, readonly string[]>> | undefined;
  /** The claims of a user pool's token. */
  readonly claims?: Readonly<Record<string, string>> | undefined;
}

/** Authorizers at work, which is part of the data plane. */
export interface AuthorizerRuntime {
  test(test: AuthorizerTest): Promise<AuthorizerTestResult>;
  /** Forgets the cached answers of a stage's authorizers. */
  flush(api: RestApi, stage: Stage): void;
}

/** One operation of the control API. */
export interface Operation {
  /** The name of the operation at AWS, for example `GetRestApis`. */
  readonly name: string;
  /** Method and path with parameters, for example `GET /restapis/{restApiId}`. */
  readonly route: string;
  readonly status: number;
  handle(request: ControlRequest): unknown;
}
