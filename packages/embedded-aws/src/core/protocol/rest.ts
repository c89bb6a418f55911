import { type AwsError, toAwsError } from '../errors';
import type { AwsRequest, HttpResponse } from '../http';
import type { AwsService } from '../service';
import { readTexts } from '../shapes/read-texts';
import { runOperation, type ServiceDefinition } from './operation';
import { type Match, type Routed, routerOf } from './routes';

/** An answer that is not JSON, returned by an operation instead of its output. */
export class RawAnswer {
  readonly response: HttpResponse;

  constructor(response: HttpResponse) {
    this.response = response;
  }
}

/** A target of the REST protocol. */
export interface RestTarget extends Routed {
  /** The status of a success, 200 by default. */
  readonly status?: number;
}

/** How a REST service answers. */
export interface RestProtocol<Target extends RestTarget> {
  readonly targets: readonly Target[];
  /** @returns the output, which is written as JSON, or a {@link RawAnswer} */
  run(match: Match<Target>, request: AwsRequest): unknown;
  /** The error for a method and path without an operation. */
  unknown(request: AwsRequest): AwsError;
  /** The name of the message in an error's body. */
  readonly messageMember: 'message' | 'Message';
  /** Headers of every success besides the protocol's own. */
  headers?(): Readonly<Record<string, string>>;
}

/** The REST protocol: operations by method and path, JSON out, errors named in a header. */
export function restHandler<Target extends RestTarget>(
  protocol: RestProtocol<Target>,
): AwsService['handle'] {
  const route = routerOf(protocol.targets);
  return async (request) => {
    const { requestId } = request;
    try {
      const match = route(request.method, request.path);
      if (match === undefined) throw protocol.unknown(request);
      const output = await protocol.run(match, request);
      if (output instanceof RawAnswer) return withRequestId(output.response, requestId);
      return jsonAnswer(match.target.status ?? 200, requestId, output, protocol.headers?.());
    } catch (thrown) {
      return errorAnswer(requestId, toAwsError(thrown), protocol.messageMember);
    }
  };
}

/**
 * A REST service whose operations have routes; their inputs are the parameters of path and query.
 */
export function restService<Store>(
  service: ServiceDefinition<Store>,
  protocol: Pick<RestProtocol<RestTarget>, 'unknown' | 'messageMember'>,
): AwsService {
  const targets = Object.entries(service.operations).map(([name, operation]) => ({
    name,
    operation,
    route: operation.route ?? '',
  }));
  return {
    signingName: service.signingName,
    handle: restHandler({
      ...protocol,
      targets,
      run({ target: { name, operation }, parameters }, request) {
        const query = new URLSearchParams(request.query);
        const raw = Object.fromEntries([...query, ...parameters]);
        return runOperation(service, name, operation, raw, readTexts, request);
      },
    }),
  };
}

function jsonAnswer(
  status: number,
  requestId: string,
  output: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const isEmpty = output === undefined;
  return {
    status,
    headers: {
      ...(!isEmpty && { 'content-type': 'application/json' }),
      'x-amzn-requestid': requestId,
      ...headers,
    },
    body: isEmpty ? '' : JSON.stringify(output),
  };
}

function withRequestId(response: HttpResponse, requestId: string): HttpResponse {
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
}

function errorAnswer(
  requestId: string,
  { status, code, message, details }: AwsError,
  messageMember: 'message' | 'Message',
): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
    },
    body: JSON.stringify({ [messageMember]: message, ...details }),
  };
}
