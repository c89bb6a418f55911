import { randomUUID } from 'node:crypto';
import { partitionOf } from '../core/caller';
import { AwsError, serializationError } from '../core/errors';
import type { AwsRequest } from '../core/http';
import { parseJson } from '../core/parse-json';
import { restHandler } from '../core/protocol/rest';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import type { AssumeRole } from './assume-role';
import { unsupported } from './errors';
import { checkInput } from './input-check';
import { Members } from './members';
import type { AuthorizerRuntime, ControlRequest, TestInvokeMethod } from './operation';
import { operations } from './operations';
import type { ReadObject } from './resource-handlers/handler-tools';
import { apiGatewayState } from './state';
import { ApiGatewayStore } from './store';

export { protectedStages } from './protected-stages';
export { apiGatewayResourceHandlers } from './resource-handlers';

export interface ApiGatewayOptions {
  /**
   * Signing names of the services that AWS integrations may call. Integrations with other services
   * are rejected on creation. Default: all services are allowed.
   */
  readonly services?: () => readonly string[];
  /** Checks the account's role for logs with IAM. Default: every well-formed ARN is accepted. */
  readonly assumeRole?: AssumeRole;
  /** Reads the documents of `BodyS3Location`. */
  readonly readObject?: ReadObject;
  /** The clock, in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** The control plane of API Gateway (REST APIs), and the store that invocations read. */
export interface ApiGateway extends AwsService {
  readonly store: ApiGatewayStore;
  /** State that survives a restart. */
  readonly state: Persistent;
  readonly services: (() => readonly string[]) | undefined;
  readonly assumeRole: AssumeRole | undefined;
  readonly readObject: ReadObject | undefined;
  readonly now: () => number;
  /** Sets the implementation of TestInvokeMethod, which is part of the data plane. */
  provideTestInvoke(testInvokeMethod: TestInvokeMethod): void;
  /** Sets the authorizers at work, which are part of the data plane. */
  provideAuthorizers(runtime: AuthorizerRuntime): void;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
export function createApiGateway(options: ApiGatewayOptions = {}): ApiGateway {
  const store = new ApiGatewayStore();
  const now = options.now ?? Date.now;
  let testInvokeMethod: TestInvokeMethod = () => {
    throw unsupported('TestInvokeMethod without a data plane');
  };
  let authorizers: AuthorizerRuntime = {
    test() {
      throw unsupported('TestInvokeAuthorizer without a data plane');
    },
    flush() {
      // Without a data plane, nothing is cached.
    },
  };

  const controlRequest = (
    parameters: ReadonlyMap<string, string>,
    request: AwsRequest,
    body: unknown,
  ): ControlRequest => ({
    store,
    region: store.in(request.caller),
    caller: request.caller,
    param: (parameter) => parameters.get(parameter) ?? '',
    query: new URLSearchParams(request.query),
    accept: request.headers.accept ?? '',
    input: Members.ofRequest(body),
    body: request.body,
    endpoint: request.headers.host ?? '127.0.0.1',
    now: now() / 1000,
    support: { services: options.services, scope: request.caller },
    assumeRole: options.assumeRole,
    testInvokeMethod: (invocation) => testInvokeMethod(invocation),
    authorizers,
  });

  return {
    signingName: 'apigateway',
    store,
    state: apiGatewayState(store),
    services: options.services,
    assumeRole: options.assumeRole,
    readObject: options.readObject,
    now,
    provideTestInvoke(run) {
      testInvokeMethod = run;
    },
    provideAuthorizers(runtime) {
      authorizers = runtime;
    },
    handle: restHandler({
      targets: operations,
      run({ target, parameters }, request) {
        const isImport = new URLSearchParams(request.query).get('mode') === 'import';
        const isDocument = isImport || target.name === 'PutRestApi';
        const body = isDocument ? {} : parseBody(request.body);
        // An import shares its route with the operation that makes the same from members.
        if (!isImport) checkInput(target.name, parameters, request, body);
        authorize(request);
        return target.handle(controlRequest(parameters, request, body));
      },
      unknown: unknownOperation,
      messageMember: 'message',
      headers: () => ({ 'x-amz-apigw-id': randomUUID().replaceAll('-', '').slice(0, 16) }),
    }),
  };
}

/** Imports contain an API document instead, possibly in YAML, which the operation itself parses. */
function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  let members: unknown;
  try {
    members = parseJson(body.toString('utf8'));
  } catch (cause) {
    throw serializationError('Unable to parse the request body as JSON', cause);
  }
  if (Array.isArray(members)) {
    throw serializationError('Start of list found where not expected');
  }
  return members;
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
