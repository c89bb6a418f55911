import type { Scope } from '../core/caller';
import { AwsError, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { Regional } from '../core/regional';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { keptMap, regionalMaps } from '../state/regional-maps';
import { invoke, type LambdaRuntime } from './invoke';
import { FunctionStore, type FunctionVersion, type StoredFunction } from './store';

/** Lambda: functions, kept and run. */
export interface Lambda extends AwsService {
  /** What of it outlives the process. */
  readonly state: Persistent;
  store(scope: Scope): FunctionStore;
}

interface LambdaAction {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  run(store: FunctionStore, reference: string, query: URLSearchParams): unknown;
}

const ROOT = '/2015-03-31/functions';

const ACTIONS: readonly LambdaAction[] = [
  {
    name: 'ListFunctions',
    method: 'GET',
    path: new RegExp(`^${ROOT}/?$`),
    run: (store) => ({
      Functions: [...store.functions.values()].map((lambda) => configurationShape(lambda)),
    }),
  },
  {
    name: 'GetFunction',
    method: 'GET',
    path: new RegExp(`^${ROOT}/([^/]+)$`),
    run(store, reference, query) {
      const lambda = store.get(reference);
      const version = qualified(store, reference, query);
      return {
        Configuration: configurationShape(lambda, version),
        Code: { RepositoryType: 'S3' },
        Tags: lambda.tags.size > 0 ? Object.fromEntries(lambda.tags) : undefined,
      };
    },
  },
  {
    name: 'GetFunctionConfiguration',
    method: 'GET',
    path: new RegExp(`^${ROOT}/([^/]+)/configuration$`),
    run: (store, reference, query) =>
      configurationShape(store.get(reference), qualified(store, reference, query)),
  },
  {
    name: 'ListVersionsByFunction',
    method: 'GET',
    path: new RegExp(`^${ROOT}/([^/]+)/versions$`),
    run(store, reference) {
      const lambda = store.get(reference);
      const versions = lambda.versions.map((version) => configurationShape(lambda, version));
      return { Versions: [configurationShape(lambda), ...versions] };
    },
  },
  {
    name: 'GetFunctionEventInvokeConfig',
    method: 'GET',
    path: /^\/2019-09-25\/functions\/([^/]+)\/event-invoke-config$/,
    run(store, reference, query) {
      const lambda = store.get(reference);
      const qualifier = query.get('Qualifier') ?? store.parse(reference).qualifier ?? '$LATEST';
      const arn = `${lambda.arn}:${qualifier}`;
      const config = lambda.eventInvokeConfigs.get(qualifier);
      if (config === undefined) {
        throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
      }
      const { lastModified, ...settings } = config;
      return {
        ...settings,
        FunctionArn: arn,
        DestinationConfig: { OnSuccess: {}, OnFailure: {} },
        LastModified: lastModified.getTime() / 1000,
      };
    },
  },
  {
    name: 'GetPolicy',
    method: 'GET',
    path: new RegExp(`^${ROOT}/([^/]+)/policy$`),
    run(store, reference) {
      const { permissions, revisionId } = store.get(reference);
      if (permissions.size === 0) {
        throw notFound('The resource you requested does not exist.');
      }
      const Statement = [...permissions.values()];
      const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
      return { Policy, RevisionId: revisionId };
    },
  },
];

const INVOCATION = new RegExp(`^${ROOT}/([^/]+)/invocations$`);

/**
 * Lambda: functions are kept, can be read, and those in Node run when they are invoked.
 * @param runtime what running takes; without it, invoking is refused
 */
export function createLambda(runtime?: LambdaRuntime): Lambda {
  const stores = new Regional((scope) => new FunctionStore(scope));
  return {
    signingName: 'lambda',
    state: regionalMaps('lambda', stores, {
      functions: keptMap({ of: ({ functions }: FunctionStore) => functions }),
    }),
    store: (scope) => stores.in(scope),
    async handle(request) {
      try {
        const store = stores.in(request.caller);
        const invoked = request.method === 'POST' ? INVOCATION.exec(request.path)?.[1] : undefined;
        if (invoked === undefined || runtime === undefined) return answer(store, request);
        return await invokeIn(store, decode(invoked), request, runtime);
      } catch (thrown) {
        return errorAnswer(request.requestId, toAwsError(thrown));
      }
    },
  };
}

async function invokeIn(
  store: FunctionStore,
  reference: string,
  request: AwsRequest,
  runtime: LambdaRuntime,
): Promise<HttpResponse> {
  request.caller.authorize('lambda:InvokeFunction', store.arnOf(store.parse(reference).name));
  const lambda = store.get(reference);
  const version = qualified(store, reference, new URLSearchParams(request.query));
  return invoke({ lambda, version, request, runtime });
}

function answer(store: FunctionStore, request: AwsRequest): HttpResponse {
  const action = ACTIONS.find(
    ({ method, path }) => method === request.method && path.test(request.path),
  );
  if (action === undefined) {
    throw new AwsError(
      'NotImplemented',
      `The embedded AWS does not implement lambda ${request.method} ${request.path}.`,
      { status: 501 },
    );
  }
  const reference = decode(action.path.exec(request.path)?.[1] ?? '');
  const resource = reference === '' ? '*' : store.arnOf(store.parse(reference).name);
  request.caller.authorize(`lambda:${action.name}`, resource);
  const output = action.run(store, reference, new URLSearchParams(request.query));
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': request.requestId },
    body: JSON.stringify(output),
  };
}

function errorAnswer(requestId: string, error: AwsError): HttpResponse {
  // Lambda answers a refusal with 403 where JSON services say 400.
  const status = error.code === 'AccessDeniedException' ? 403 : error.status;
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ ...error.details, Message: error.message }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const notFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { status: 404, details: { Type: 'User' } });

/** The version that a request names; undefined for the function as it is now. */
function qualified(
  store: FunctionStore,
  reference: string,
  query: URLSearchParams,
): FunctionVersion | undefined {
  const qualifier = query.get('Qualifier') ?? store.parse(reference).qualifier ?? '$LATEST';
  if (qualifier === '$LATEST') return undefined;
  const lambda = store.get(reference);
  const version = lambda.versions.find((candidate) => candidate.version === qualifier);
  if (version === undefined) throw notFound(`Function not found: ${lambda.arn}:${qualifier}`);
  return version;
}

function configurationShape(lambda: StoredFunction, version?: FunctionVersion) {
  const { configuration, code, lastModified, revisionId } = version ?? lambda;
  const { Environment, EphemeralStorage, TracingMode, Description, ...rest } = configuration;
  return {
    FunctionName: lambda.name,
    FunctionArn: version === undefined ? lambda.arn : `${lambda.arn}:${version.version}`,
    Version: version?.version ?? '$LATEST',
    ...rest,
    Description: version?.description || Description,
    CodeSha256: code.sha256,
    CodeSize: code.size,
    // Lambda writes its time zone without a colon, and as an offset.
    LastModified: lastModified.toISOString().replace('Z', '+0000'),
    RevisionId: revisionId,
    Environment: Environment && { Variables: Environment },
    EphemeralStorage: { Size: EphemeralStorage },
    TracingConfig: { Mode: TracingMode },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
