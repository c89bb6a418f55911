import type { AssumeRole } from '../../apigateway/assume-role';
import type { Caller } from '../../core/caller';
import { errorMessageOf, invokeFunction } from '../functions/invoke';
import { type FunctionAllows, refusalOf } from '../functions/permission';
import { type FunctionTarget, functionTarget } from '../functions/target';
import { gatewayRole } from '../gateway-role';
import { fillUri } from '../integration-request';
import type { InvokeService } from '../integrations';
import { type AuthorizerCall, authorizerArn } from './call';
import { logFunctionRequest } from './log';
import { authorizerError, unauthorized } from './refusals';

/** Dependencies of calling functions. */
export interface FunctionCallDependencies {
  readonly invokeService: InvokeService;
  readonly assumeRole: AssumeRole;
  /** Without it, functions are called only by a role. */
  readonly functionAllows: FunctionAllows | undefined;
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
  const target = targetOf(call);
  requirePermission(call, target, dependencies);
  const body = JSON.stringify(event);
  logFunctionRequest(call, target.url, body);
  const request = {
    body: Buffer.from(body),
    headers: { 'content-type': 'application/json', host: call.endpoint },
    sourceIp: call.context.identity.sourceIp,
  };
  const pending = invokeFunction(target, request, dependencies.invokeService);
  const answer = await inTime(pending, dependencies);
  const payload = answer.body.toString();
  if (answer.status !== 200) throw authorizerError(`Authorizer error: ${errorMessageOf(payload)}`);
  if (answer.headers['x-amz-function-error'] !== undefined) throw functionFailed(call, payload);
  return {
    status: answer.status,
    requestId: answer.headers['x-amzn-requestid']?.toString(),
    payload,
  };
}

/** @throws GatewayError 500 for a URI that names no function */
function targetOf({ authorizer, stageVariables }: AuthorizerCall): FunctionTarget {
  const written = fillUri(authorizer.authorizerUri ?? '', stageVariables);
  const target = functionTarget(written);
  if (target === undefined) throw authorizerError(`Invalid Authorizer URI: ${written}`);
  if (typeof target === 'string') throw authorizerError(`The authorizer ${target}`);
  return target;
}

/** @throws GatewayError 500 unless API Gateway, or the authorizer's role, may invoke the function */
function requirePermission(
  call: AuthorizerCall,
  target: FunctionTarget,
  dependencies: FunctionCallDependencies,
): void {
  const user = {
    role: roleOf(call, target, dependencies),
    sourceArn: authorizerArn(call),
    sourceAccount: call.region.scope.accountId,
  };
  const refusal = refusalOf(user, target, dependencies.functionAllows);
  if (refusal !== undefined) throw authorizerError(`Authorizer error: ${refusal}`);
}

function roleOf(
  call: AuthorizerCall,
  { scope: { region } }: FunctionTarget,
  { assumeRole }: FunctionCallDependencies,
): Caller | undefined {
  const { authorizer, stageVariables } = call;
  const { accountId } = call.region.scope;
  const credentials = fillUri(authorizer.authorizerCredentials ?? '', stageVariables);
  if (credentials === '') return undefined;
  const use = { sourceArn: authorizerArn(call), accountId, region };
  return gatewayRole(credentials, use, assumeRole, authorizerError);
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
  const reason = errorMessageOf(payload);
  if (reason === UNAUTHORIZED) return unauthorized(context.requestId);
  return authorizerError(`Authorizer error: the function failed: ${reason}`);
}
