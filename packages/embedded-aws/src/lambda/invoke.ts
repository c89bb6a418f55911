import type { Scope } from '../core/caller';
import { AwsError, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { parseJson } from '../core/parse-json';
import { type Outcome, runFunction } from './run';
import type { FunctionConfiguration, FunctionVersion, StoredFunction } from './store';
import { readZip } from './zip';

/** The parts of other services that functions need to run. */
export interface LambdaRuntime {
  /**
   * Credentials of a function's role.
   * @throws AwsError if Lambda may not assume it
   */
  credentialsOf(
    roleArn: string,
    sessionName: string,
    scope: Scope,
  ): { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  /** Writes a function's output to its log. */
  writeLog(scope: Scope, logGroup: string, stream: string, lines: readonly string[]): void;
}

const MAX_PAYLOAD = 6 * 1024 * 1024;
const TAIL_BYTES = 4096;
const TYPES = ['RequestResponse', 'Event', 'DryRun'] as const;

/** One invocation of a function. */
interface Invocation {
  readonly lambda: StoredFunction;
  readonly version: FunctionVersion | undefined;
  readonly request: AwsRequest;
  readonly runtime: LambdaRuntime;
}

/**
 * Lambda's Invoke. Every run is a cold start in its own process.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @throws AwsError in Lambda's wording; an error of the function itself is an answer
 */
export async function invoke(invocation: Invocation): Promise<HttpResponse> {
  const { request, version } = invocation;
  const { headers, requestId } = request;
  const type = TYPES.find((name) => name === (headers['x-amz-invocation-type'] || TYPES[0]));
  if (type === undefined) {
    throw new AwsError(
      'InvalidParameterValueException',
      `Value '${headers['x-amz-invocation-type']}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
    );
  }
  const event = eventOf(request);
  const answer = (status: number, body = '', more: Record<string, string> = {}) => ({
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amz-executed-version': version?.version ?? '$LATEST',
      ...more,
    },
    body,
  });
  if (type === 'DryRun') return answer(204);
  const running = run(invocation, event);
  if (type === 'Event') {
    running.catch((error) => console.error(toAwsError(error).message));
    return answer(202);
  }
  const { payload, failed, log } = await running;
  return answer(200, payload, {
    ...(failed && { 'x-amz-function-error': 'Unhandled' }),
    ...(headers['x-amz-log-type'] === 'Tail' && {
      'x-amz-log-result': Buffer.from(log).subarray(-TAIL_BYTES).toString('base64'),
    }),
  });
}

function eventOf({ body }: AwsRequest): unknown {
  if (body.length > MAX_PAYLOAD) {
    throw new AwsError(
      'RequestTooLargeException',
      `${body.length} byte payload is too large for the RequestResponse invocation type (limit ${MAX_PAYLOAD} bytes)`,
      { status: 413 },
    );
  }
  if (body.length === 0) return {};
  try {
    return parseJson(body.toString('utf8'));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${detail}`,
      { cause },
    );
  }
}

async function run({ lambda, version, request, runtime }: Invocation, event: unknown) {
  const { configuration, code } = version ?? lambda;
  if (!configuration.Runtime.startsWith('nodejs')) {
    throw new AwsError(
      'NotImplemented',
      `The embedded AWS runs functions of the nodejs runtimes only, and ${lambda.name} has ${configuration.Runtime}.`,
      { status: 501 },
    );
  }
  const { requestId, caller } = request;
  const label = version?.version ?? '$LATEST';
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const place = {
    group: `/aws/lambda/${lambda.name}`,
    stream: `${day}/[${label}]${requestId.replaceAll('-', '')}`,
  };
  const started = Date.now();
  const outcome = await runFunction({
    requestId,
    files: code.isArchive ? readZip(code.bytes) : [{ path: 'index.js', data: code.bytes }],
    handler: configuration.Handler,
    event,
    context: {
      functionName: lambda.name,
      functionVersion: label,
      invokedFunctionArn: lambda.arn + (version === undefined ? '' : `:${label}`),
      memoryLimitInMB: String(configuration.MemorySize),
      awsRequestId: requestId,
      logGroupName: place.group,
      logStreamName: place.stream,
      callbackWaitsForEmptyEventLoop: true,
    },
    environment: environmentOf(lambda.name, label, configuration, request, runtime, place),
    timeoutSeconds: configuration.Timeout,
  });
  const log = withFrame(outcome, requestId, label, Date.now() - started, configuration.MemorySize);
  runtime.writeLog(caller, place.group, place.stream, log.trimEnd().split('\n'));
  return { ...outcome, log };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function environmentOf(
  name: string,
  version: string,
  { Handler, MemorySize, Environment, Role, Runtime }: FunctionConfiguration,
  { caller, headers }: AwsRequest,
  { credentialsOf }: LambdaRuntime,
  place: { readonly group: string; readonly stream: string },
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsOf(Role, name, caller);
  return {
    ...Environment,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: caller.region,
    AWS_DEFAULT_REGION: caller.region,
    // The function uses the same endpoint as its invoker.
    ...(headers.host !== undefined && { AWS_ENDPOINT_URL: `http://${headers.host}` }),
    AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: place.group,
    AWS_LAMBDA_LOG_STREAM_NAME: place.stream,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    _HANDLER: Handler,
    TZ: ':UTC',
  };
}

/** The lines that Lambda logs before and after a function's output. */
function withFrame(
  { log }: Outcome,
  requestId: string,
  version: string,
  milliseconds: number,
  memory: number,
): string {
  const printed = log === '' || log.endsWith('\n') ? log : `${log}\n`;
  return `START RequestId: ${requestId} Version: ${version}\n${printed}END RequestId: ${requestId}\nREPORT RequestId: ${requestId}\tDuration: ${milliseconds}.00 ms\tBilled Duration: ${milliseconds} ms\tMemory Size: ${memory} MB\n`;
}
