import { randomUUID } from 'node:crypto';
import { rootCaller } from '../../core/caller';
import type { HttpResponse } from '../../core/http';
import type { InvokeService } from '../integrations';
import type { AuthorizerCall } from './call';
import { type PermissionDependencies, requirePermission } from './function-permission';
import { type FunctionTarget, functionTarget } from './function-target';
import { logFunctionRequest } from './log';
import { authorizerError, unauthorized } from './refusals';

/** Dependencies of calling functions. */
export interface FunctionCallDependencies extends PermissionDependencies {
  readonly invokeService: InvokeService;
  /** Milliseconds that a function has. */
  readonly functionTimeout: number;
}

/** A function's answer. */
export interface FunctionAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  /** JSON. */
  readonly payload: string;
}

/** The limit that AWS documents for the function of an authorizer, in milliseconds. */
export const FUNCTION_TIMEOUT = 10_000;

/** The error of a function that means: the client has to show who it is. */
const UNAUTHORIZED = 'Unauthorized';

/**
 * Calls an authorizer's function with its role or, without one, by the function's own policy.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 * @throws GatewayError 401 when the function fails with the text `Unauthorized`, 500 when it fails
 *   otherwise, takes too long, is not there, or may not be called
 */
export async function callFunction(
  call: AuthorizerCall,
  event: object,
  dependencies: FunctionCallDependencies,
): Promise<FunctionAnswer> {
  const target = functionTarget(call);
  requirePermission(call, target, dependencies);
  const body = JSON.stringify(event);
  logFunctionRequest(call, target.url, body);
  const answer = await inTime(invoke(call, target, body, dependencies), dependencies);
  const payload = answer.body.toString();
  if (answer.status !== 200) throw authorizerError(`Authorizer error: ${reasonOf(payload)}`);
  if (answer.headers['x-amz-function-error'] !== undefined) throw functionFailed(call, payload);
  return {
    status: answer.status,
    requestId: answer.headers['x-amzn-requestid']?.toString(),
    payload,
  };
}

function invoke(
  { endpoint, context }: AuthorizerCall,
  { path, scope }: FunctionTarget,
  body: string,
  { invokeService }: FunctionCallDependencies,
): Promise<HttpResponse> {
  return invokeService('lambda', {
    method: 'POST',
    path,
    query: '',
    headers: { 'content-type': 'application/json', host: endpoint },
    body: Buffer.from(body),
    sourceIp: context.identity.sourceIp,
    protocol: 'HTTP/1.1',
    // It may: the account that the function is in is not asked again.
    caller: rootCaller(scope),
    requestId: randomUUID(),
  });
}

/** @throws GatewayError 500 when the time is up; the function runs on, as on AWS */
async function inTime<T>(
  pending: Promise<T>,
  { functionTimeout }: FunctionCallDependencies,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(authorizerError(`Authorizer error: no answer within ${functionTimeout} ms`));
    }, functionTimeout);
    timer.unref();
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}

function functionFailed({ context }: AuthorizerCall, payload: string): Error {
  const reason = reasonOf(payload);
  if (reason === UNAUTHORIZED) return unauthorized(context.requestId);
  return authorizerError(`Authorizer error: the function failed: ${reason}`);
}

/** Of Lambda's error, or of the function's; the whole text if it is neither. */
function reasonOf(payload: string): string {
  try {
    const { errorMessage, message, Message } = Object(JSON.parse(payload));
    return String(errorMessage ?? message ?? Message ?? payload);
  } catch {
    return payload;
  }
}
