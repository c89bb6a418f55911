import { randomUUID } from 'node:crypto';
import { partitionOf } from '../core/caller';
import { AwsError, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { parseJson } from '../core/parse-json';
import { operationRouter } from '../core/protocol/routes';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import type { AssumeRole } from './assume-role';
import { unsupported } from './errors';
import { Members } from './members';
import { type ControlRequest, RawAnswer, type TestInvokeMethod } from './operation';
import { operations } from './operations';
import { apiGatewayState } from './state';
import { ApiGatewayStore } from './store';

export { protectedStages } from './protected-stages';
export { apiGatewayResourceHandlers } from './resource-handlers';

export interface ApiGatewayOptions {
  /**
   * Signing names of the services that AWS integrations may call. An integration with another one is
   * refused when it is set up; without the list, every service is let through.
   */
  readonly services?: readonly string[];
  /** Asks IAM about the account's role for logs; without it, every well-formed ARN is taken. */
  readonly assumeRole?: AssumeRole;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** API Gateway's control plane (REST APIs), and the store that invocations read. */
export interface ApiGateway extends AwsService {
  readonly store: ApiGatewayStore;
  /** What of it outlives the process. */
  readonly state: Persistent;
  readonly services: readonly string[] | undefined;
  readonly assumeRole: AssumeRole | undefined;
  readonly now: () => number;
  /** Says who runs TestInvokeMethod: the data plane does, when it is made. */
  provideTestInvoke(testInvokeMethod: TestInvokeMethod): void;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
export function createApiGateway(options: ApiGatewayOptions = {}): ApiGateway {
  const store = new ApiGatewayStore();
  const now = options.now ?? Date.now;
  const route = operationRouter(operations);
  let testInvokeMethod: TestInvokeMethod = () => {
    throw unsupported('TestInvokeMethod without a data plane');
  };

  const answer = async (request: AwsRequest): Promise<HttpResponse> => {
    const found = route(request.method, request.path);
    if (found === undefined) throw unknownOperation(request);
    const { operation, parameters } = found;
    authorize(request);
    const control: ControlRequest = {
      store,
      region: store.in(request.caller),
      caller: request.caller,
      param: (name) => parameters.get(name) ?? '',
      query: new URLSearchParams(request.query),
      accept: request.headers.accept ?? '',
      input: Members.ofRequest(isDocument(operation.name, request) ? {} : parseBody(request.body)),
      body: request.body,
      now: now() / 1000,
      support: { services: options.services },
      assumeRole: options.assumeRole,
      testInvokeMethod: (invocation) => testInvokeMethod(invocation),
    };
    const result = await operation.handle(control);
    if (result instanceof RawAnswer) return withRequestId(result.response, request.requestId);
    return json(operation.status, request.requestId, result);
  };

  return {
    signingName: 'apigateway',
    store,
    state: apiGatewayState(store),
    services: options.services,
    assumeRole: options.assumeRole,
    now,
    provideTestInvoke(run) {
      testInvokeMethod = run;
    },
    async handle(request) {
      try {
        return await answer(request);
      } catch (thrown) {
        return errorAnswer(request.requestId, toAwsError(thrown));
      }
    },
  };
}

/** Imports carry an API document, which may be YAML and is read by the operation itself. */
function isDocument(operation: string, request: AwsRequest): boolean {
  return operation === 'PutRestApi' || new URLSearchParams(request.query).get('mode') === 'import';
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return parseJson(body.toString('utf8'));
  } catch (cause) {
    throw new AwsError('SerializationException', 'Unable to parse the request body as JSON', {
      cause,
    });
  }
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html */
function authorize({ caller, method, path }: AwsRequest): void {
  const partition = partitionOf(caller.region);
  caller.authorize(`apigateway:${method}`, `arn:${partition}:apigateway:${caller.region}::${path}`);
}

function unknownOperation({ method, path }: AwsRequest): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `The embedded AWS does not implement apigateway:${method} ${path}.`,
    { status: 404 },
  );
}

function json(status: number, requestId: string, result: unknown): HttpResponse {
  const isEmpty = result === undefined;
  return {
    status,
    headers: {
      ...(isEmpty ? {} : { 'content-type': 'application/json' }),
      'x-amzn-requestid': requestId,
      'x-amz-apigw-id': randomUUID().replaceAll('-', '').slice(0, 16),
    },
    body: isEmpty ? '' : JSON.stringify(result),
  };
}

function withRequestId(response: HttpResponse, requestId: string): HttpResponse {
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
}

function errorAnswer(requestId: string, error: AwsError): HttpResponse {
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ message: error.message, ...error.details }),
  };
}
