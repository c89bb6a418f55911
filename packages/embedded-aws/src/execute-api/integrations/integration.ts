import type { AssumeRole } from '../../apigateway/assume-role';
import type { AwsRequest, HttpResponse } from '../../core/http';
import { Body } from '../body';
import type { FunctionAllows } from '../functions/permission';
import { HeaderBag } from '../header-bag';
import type { IntegrationRequest } from '../integration-request';
import type { Invocation } from '../invocation';

/** A backend's answer. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers: HeaderBag;
  readonly body: Body;
}

/** Sends a request to a service of the embedded AWS. */
export type InvokeService = (
  signingName: string,
  request: AwsRequest,
) => HttpResponse | Promise<HttpResponse>;

/** Dependencies of calling backends. */
export interface IntegrationDependencies {
  readonly invokeService: InvokeService;
  readonly assumeRole: AssumeRole;
  /** Asks a function's own policy; without it, functions are called only by a role. */
  readonly functionAllows: FunctionAllows | undefined;
  readonly fetch: typeof fetch;
}

/**
 * Calls one kind of backend; answers at once where there is nothing to wait for. `signal` creates, on
 * demand, the signal that aborts the call.
 */
export type CallIntegration = (
  request: IntegrationRequest,
  invocation: Invocation,
  dependencies: IntegrationDependencies,
  signal: () => AbortSignal,
) => EndpointResponse | Promise<EndpointResponse>;

/** A service's answer in the form that integrations have. */
export function endpointResponse({
  status,
  headers,
  body,
  written,
}: HttpResponse): EndpointResponse {
  const bag = new HeaderBag();
  for (const [name, value] of Object.entries(headers)) {
    bag.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return { status, headers: bag, body: Body.of(body, written) };
}
