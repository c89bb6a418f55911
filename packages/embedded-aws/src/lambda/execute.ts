import type { Scope } from '../core/caller';
import { AwsError } from '../core/errors';
import type { Outcome, Run, SandboxSettings } from './sandbox';
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

/** One execution of a function. */
export interface Execution {
  readonly lambda: StoredFunction;
  /** Undefined for `$LATEST`. */
  readonly version: FunctionVersion | undefined;
  readonly scope: Scope;
  readonly requestId: string;
  /** Where the function finds AWS: `http://127.0.0.1:4566`. */
  readonly endpoint: string | undefined;
  readonly runtime: LambdaRuntime;
  /**
   * Runs it in a process that it has, or in a new one.
   * @param key what a process is used again for: the same code, configuration and endpoint
   */
  readonly run: (key: string, settings: () => SandboxSettings, run: Run) => Promise<Outcome>;
}

/**
 * Runs a function for an event, with its role's credentials, and writes its log.
 * @throws AwsError for runtimes other than nodejs, and when Lambda may not assume the role
 */
export async function execute(execution: Execution, event: unknown): Promise<Outcome> {
  const { lambda, version, scope, requestId, endpoint, runtime } = execution;
  const { configuration, revisionId } = version ?? lambda;
  if (!configuration.Runtime.startsWith('nodejs')) {
    throw new AwsError(
      'NotImplemented',
      `The embedded AWS runs functions of the nodejs runtimes only, and ${lambda.name} has ${configuration.Runtime}.`,
      { status: 501 },
    );
  }
  const label = version?.version ?? '$LATEST';
  const run: Run = {
    requestId,
    event,
    context: {
      functionName: lambda.name,
      functionVersion: label,
      invokedFunctionArn: lambda.arn + (version === undefined ? '' : `:${label}`),
      memoryLimitInMB: String(configuration.MemorySize),
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
    },
  };
  const key = [lambda.arn, label, revisionId, endpoint].join(' ');
  const settings = () => settingsOf(execution, label);
  const started = Date.now();
  const outcome = await execution.run(key, settings, run);
  const log = withFrame(outcome, requestId, label, Date.now() - started, configuration.MemorySize);
  runtime.writeLog(scope, logGroupOf(lambda), outcome.logStream, log.trimEnd().split('\n'));
  return { ...outcome, log };
}

const logGroupOf = ({ name }: StoredFunction): string => `/aws/lambda/${name}`;

function settingsOf(execution: Execution, label: string): SandboxSettings {
  const { configuration, code } = execution.version ?? execution.lambda;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  // Named after the first request, and kept for those that follow it in the same process.
  const logStream = `${day}/[${label}]${execution.requestId.replaceAll('-', '')}`;
  return {
    files: code.isArchive ? readZip(code.bytes) : [{ path: 'index.js', data: code.bytes }],
    handler: configuration.Handler,
    environment: environmentOf(execution, label, configuration, logStream),
    timeoutSeconds: configuration.Timeout,
    memoryMb: configuration.MemorySize,
    logStream,
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function environmentOf(
  { lambda, scope, endpoint, runtime }: Execution,
  version: string,
  { Handler, MemorySize, Environment, Role, Runtime }: FunctionConfiguration,
  logStream: string,
): Record<string, string> {
  const { name } = lambda;
  const { accessKeyId, secretAccessKey, sessionToken } = runtime.credentialsOf(Role, name, scope);
  return {
    ...Environment,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: scope.region,
    AWS_DEFAULT_REGION: scope.region,
    ...(endpoint !== undefined && { AWS_ENDPOINT_URL: endpoint }),
    AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(lambda),
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    _HANDLER: Handler,
    TZ: ':UTC',
  };
}

/** The lines that Lambda logs before and after a function's output. */
function withFrame(
  { log, memoryMb }: Outcome,
  requestId: string,
  version: string,
  milliseconds: number,
  memory: number,
): string {
  const printed = log === '' || log.endsWith('\n') ? log : `${log}\n`;
  return `START RequestId: ${requestId} Version: ${version}\n${printed}END RequestId: ${requestId}\nREPORT RequestId: ${requestId}\tDuration: ${milliseconds}.00 ms\tBilled Duration: ${milliseconds} ms\tMemory Size: ${memory} MB\tMax Memory Used: ${Math.min(memoryMb, memory)} MB\n`;
}
