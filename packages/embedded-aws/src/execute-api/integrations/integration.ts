import type { AssumeRole } from '../../apigateway/assume-role';
import type { AwsRequest, HttpResponse } from '../../core/http';
import type { HeaderBag } from '../header-bag';
import type { IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';

/** What a backend answered. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers: HeaderBag;
  readonly body: Buffer;
}

/** Sends a request to a service of the embedded AWS. */
export type InvokeService = (signingName: string, request: AwsRequest) => Promise<HttpResponse>;

/** What backends are reached with. */
export interface IntegrationDependencies {
  readonly invokeService: InvokeService;
  readonly assumeRole: AssumeRole;
  readonly fetch: typeof fetch;
}

/** Calls one kind of backend. The signal, made when it is asked for, tells when to give up. */
export type CallIntegration = (
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: IntegrationDependencies,
  signal: () => AbortSignal,
) => Promise<EndpointResponse>;
