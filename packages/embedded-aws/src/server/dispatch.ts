import { randomUUID } from 'node:crypto';
import type { Caller } from '../core/caller';
import { AwsError, toAwsError } from '../core/errors';
import type { AwsRequest, HttpRequest, HttpResponse } from '../core/http';
import type { AwsService } from '../core/service';
import { assertBodySize } from './body-size';
import { scopeError } from './credential-error';
import { type CredentialScope, credentialScope } from './credentials';
import { faultAnswer } from './fault-answer';
import { Fence, type Reach } from './fence/fence';
import type { Page } from './fence/page';
import { answerPreflight, isPreflight, readableBy } from './fence/page-answers';
import { signatureError } from './signature-errors';
import { parseAuthorization, requireOnePlace } from './signature-parameters';

/** A target reached by host or path instead of credentials: a deployed API, the health page. */
export interface Front {
  readonly reach: Reach;
  matches(request: HttpRequest): boolean;
  handle(request: HttpRequest): HttpResponse | Promise<HttpResponse>;
}

/** Resolves a request's credentials to a caller. */
export type Identify = (scope: CredentialScope, request: HttpRequest) => Caller;

/**
 * Reads a request's credential scope and, if signatures are required, verifies the signature.
 * @throws AwsError for a request that must not be handled
 */
export type ReadCredentials = (request: HttpRequest) => CredentialScope;

/** Work that goes on between requests. */
export interface Background {
  /** @param endpoint where it finds AWS: `http://127.0.0.1:4566` */
  start(endpoint: string): void;
  /** Resolves when nothing of it goes on. */
  close(): Promise<void>;
}

/** Routes a request: first to the fronts, then to the service that its credentials name. */
export class Dispatcher {
  readonly #services = new Map<string, AwsService>();
  readonly #fronts: readonly Front[];
  readonly #identify: Identify;
  readonly #readCredentials: ReadCredentials;
  readonly #fence: Fence;
  readonly #background: Background | undefined;

  /**
   * @param readCredentials accepts every signature by default
   * @param fence admits no web page by default
   * @param background what requests alone do not do
   */
  constructor(
    services: readonly AwsService[],
    fronts: readonly Front[],
    identify: Identify,
    readCredentials: ReadCredentials = unverified,
    fence = new Fence(),
    background?: Background,
  ) {
    for (const service of services) this.#services.set(service.signingName, service);
    this.#fronts = fronts;
    this.#identify = identify;
    this.#readCredentials = readCredentials;
    this.#fence = fence;
    this.#background = background;
  }

  /**
   * Starts what goes on between requests: the event source mappings of functions.
   * @param endpoint where functions find AWS: `http://127.0.0.1:4566`
   */
  start(endpoint: string): void {
    this.#background?.start(endpoint);
  }

  /** Ends what {@link start} began. Requests are still answered. */
  async close(): Promise<void> {
    await this.#background?.close();
  }

  /** Signing names of the services. */
  get serviceNames(): readonly string[] {
    return [...this.#services.keys()];
  }

  /** Answers a request from outside. Never throws. */
  async handle(request: HttpRequest): Promise<HttpResponse> {
    return this.answer(request);
  }

  /** Like {@link handle}, but answers at once where nothing is waited for. */
  answer(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
    const requestId = randomUUID();
    let page: Page | undefined;
    try {
      const front = this.#fronts.find((candidate) => candidate.matches(request));
      page = this.#fence.admit(request, front?.reach ?? 'service');
      if (page !== undefined && isPreflight(request)) {
        return answerPreflight(request, page, requestId);
      }
      const answer = front?.handle(request) ?? this.#serve(request, requestId);
      if (answer instanceof Promise) return this.#settled(answer, request, requestId, page);
      return this.#readableBy(page, answer, request);
    } catch (thrown) {
      return this.#fault(thrown, request, requestId, page);
    }
  }

  async #settled(
    answer: Promise<HttpResponse>,
    request: HttpRequest,
    requestId: string,
    page: Page | undefined,
  ): Promise<HttpResponse> {
    try {
      return this.#readableBy(page, await answer, request);
    } catch (thrown) {
      return this.#fault(thrown, request, requestId, page);
    }
  }

  #fault(
    thrown: unknown,
    request: HttpRequest,
    requestId: string,
    page: Page | undefined,
  ): HttpResponse {
    const service = credentialScope(request)?.service;
    const answer = faultAnswer(request, service, requestId, toAwsError(thrown));
    return this.#readableBy(page, answer, request);
  }

  #serve(request: HttpRequest, requestId: string): HttpResponse | Promise<HttpResponse> {
    let scope: CredentialScope;
    let caller: Caller;
    try {
      scope = this.#readCredentials(request);
      caller = this.#identify(scope, request);
    } catch (thrown) {
      const unsigned = this.#addressed(request)?.unsigned;
      if (unsigned === undefined) throw thrown;
      return unsigned.refuse(request, requestId, toAwsError(thrown));
    }
    return this.send(scope.service, identified(request, caller, requestId));
  }

  /** The service that a request is for: its credentials name it, or else its headers do. */
  #addressed(request: HttpRequest): AwsService | undefined {
    const scope = credentialScope(request);
    if (scope !== undefined) return this.#services.get(scope.service);
    return [...this.#services.values()].find(({ unsigned }) => unsigned?.isFor(request));
  }

  #readableBy(page: Page | undefined, answer: HttpResponse, request: HttpRequest): HttpResponse {
    if (page === undefined) return answer;
    return readableBy(page, answer, this.#addressed(request)?.pageHeaders);
  }

  /** Sends a request to a service from inside, as the caller it carries. Never throws. */
  send(signingName: string, request: AwsRequest): HttpResponse | Promise<HttpResponse> {
    const service = this.#services.get(signingName);
    if (service === undefined) {
      const error = new AwsError(
        'UnknownOperationException',
        `The embedded AWS has no service '${signingName}'. It has: ${[...this.serviceNames].sort().join(', ')}.`,
      );
      return faultAnswer(request, signingName, request.requestId, error);
    }
    // An error that the service did not handle, such as a full disk.
    const fault = (thrown: unknown) =>
      faultAnswer(request, signingName, request.requestId, toAwsError(thrown));
    try {
      assertBodySize(signingName, request);
      const answer = service.handle(request);
      return answer instanceof Promise ? answer.catch(fault) : answer;
    } catch (thrown) {
      return fault(thrown);
    }
  }
}

/** Copies member by member: a spread costs a small request more than reading it. */
function identified(request: HttpRequest, caller: Caller, requestId: string): AwsRequest {
  const { method, path, query, headers, body, sourceIp, protocol } = request;
  return { method, path, query, headers, body, sourceIp, protocol, caller, requestId };
}

/**
 * Accepts a request's credentials without verifying them.
 * @throws AwsError for a request without any
 */
export function unverified(request: HttpRequest): CredentialScope {
  requireOnePlace(request);
  const scope = credentialScope(request);
  if (scope !== undefined) return scope;
  // Reports what is wrong with the header, if there is one; then it is the credential.
  const error = scopeError(request, parseAuthorization(request));
  throw error ?? signatureError('missing', request, undefined);
}
