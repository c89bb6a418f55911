import type { AssumeRole } from '../../apigateway/assume-role';
import type { AwsRequest, HttpResponse } from '../../core/http';
import type { HeaderBag } from '../header-bag';
import type { IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';

/** A backend's answer. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers: HeaderBag;
  readonly body: Buffer;
}

/** Sends a request to a service of the embedded AWS. */
export type InvokeService = (signingName: string, request: AwsRequest) => Promise<HttpResponse>;

/** Dependencies of calling backends. */
export interface IntegrationDependencies {
  readonly invokeService: InvokeService;
  readonly assumeRole: AssumeRole;
  readonly fetch: typeof fetch;
}

/** Calls one kind of backend. `signal` creates, on demand, the signal that aborts the call. */
export type CallIntegration = (
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: IntegrationDependencies,
  signal: () => AbortSignal,
) => Promise<EndpointResponse>;
