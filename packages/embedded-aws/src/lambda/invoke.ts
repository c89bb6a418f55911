import { AwsError, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { parseJson } from '../core/parse-json';
import { details, invalidParameter } from './errors';
import { type Execution, execute, type LambdaRuntime } from './execute';
import type { FunctionVersion, StoredFunction } from './store';

const MAX_PAYLOAD = 6 * 1024 * 1024;
const TAIL_BYTES = 4096;
const TYPES = ['RequestResponse', 'Event', 'DryRun'] as const;

/** One invocation of a function. */
interface Invocation {
  readonly lambda: StoredFunction;
  readonly version: FunctionVersion | undefined;
  readonly request: AwsRequest;
  readonly runtime: LambdaRuntime;
  readonly run: Execution['run'];
}

/**
 * Lambda's Invoke.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @throws AwsError in Lambda's wording; an error of the function itself is an answer
 */
export async function invoke(invocation: Invocation): Promise<HttpResponse> {
  const { lambda, version, request, runtime, run } = invocation;
  const { headers, requestId, caller } = request;
  const type = TYPES.find((name) => name === (headers['x-amz-invocation-type'] || TYPES[0]));
  if (type === undefined) {
    throw invalidParameter(
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
  const { host } = headers;
  const running = execute(
    {
      lambda,
      version,
      scope: caller,
      requestId,
      // The function uses the same endpoint as its invoker.
      endpoint: host === undefined ? undefined : `http://${host}`,
      runtime,
      run,
    },
    event,
  );
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
      { status: 413, details },
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
      { cause, details },
    );
  }
}
