import { type AwsError, serializationError, toAwsError } from '../errors';
import type { AwsRequest, HttpResponse } from '../http';
import { parseJson } from '../parse-json';
import type { AwsService } from '../service';
import { readStructure } from '../shapes/read';
import { readTexts } from '../shapes/read-texts';
import { type RawInput, type ReadInput, runOperation, type ServiceDefinition } from './operation';
import { reasonHeaders } from './reason-headers';
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
      return errorAnswer(request, toAwsError(thrown), protocol.messageMember);
    }
  };
}

/**
 * A REST service whose operations have routes; their inputs are the parameters of path and query,
 * and the members of a JSON body where an operation has one.
 */
export function restService<Store>(
  service: ServiceDefinition<Store>,
  protocol: Pick<RestProtocol<RestTarget>, 'unknown' | 'messageMember'>,
): AwsService {
  const targets = Object.entries(service.operations).map(([name, operation]) => ({
    name,
    operation,
    route: operation.route ?? '',
    status: operation.status ?? 200,
  }));
  return {
    signingName: service.signingName,
    handle: restHandler({
      ...protocol,
      targets,
      run({ target: { name, operation }, parameters }, request) {
        const query = new URLSearchParams(request.query);
        const texts = Object.fromEntries([...query, ...parameters]);
        if (operation.body !== 'json') {
          return runOperation(service, name, operation, texts, readTexts, request);
        }
        const body = jsonBody(request);
        const read: ReadInput = (shape) => ({
          ...readStructure(shape, body),
          ...readTexts(shape, texts),
        });
        return runOperation(service, name, operation, { ...body, ...texts }, read, request);
      },
    }),
  };
}

/** The members of a request's body; none if it is empty. @throws AwsError SerializationException */
function jsonBody({ body }: AwsRequest): RawInput {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = parseJson(body.toString('utf8'));
  } catch (cause) {
    throw serializationError('Could not parse request body into json', cause);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as RawInput;
  }
  throw serializationError('Start of list found where not expected');
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
  { method, requestId }: AwsRequest,
  error: AwsError,
  messageMember: 'message' | 'Message',
): HttpResponse {
  const { status, code, message, details } = error;
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
      ...reasonHeaders(method, error),
    },
    body: JSON.stringify({ [messageMember]: message, ...details }),
  };
}
