import { randomUUID } from 'node:crypto';
import { API_GATEWAY_PRINCIPAL, type AssumeRole } from '../../apigateway/assume-role';
import { type Caller, rootCaller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { HttpResponse } from '../../core/http';
import type { Requester } from '../../iam/principals';
import { requesterOf } from '../../iam/resource-policy';
import { fillUri } from '../integration-request';
import type { InvokeService } from '../integrations';
import { type AuthorizerCall, authorizerArn } from './call';
import { type FunctionTarget, functionTarget } from './function-target';
import { logFunctionRequest } from './log';
import { authorizerError, unauthorized } from './refusals';

/** Asks a function's own policy whether it may be invoked. */
export type FunctionAllows = (
  functionArn: string,
  requester: Requester,
  values: Readonly<Record<string, string>>,
) => boolean;

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

/** The session that API Gateway assumes roles under. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';
const ACTION = 'lambda:InvokeFunction';

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

/** @throws GatewayError 500 unless API Gateway, or the authorizer's role, may invoke the function */
function requirePermission(
  call: AuthorizerCall,
  { arn, scope }: FunctionTarget,
  { assumeRole, functionAllows = () => false }: FunctionCallDependencies,
): void {
  const values = {
    'aws:SourceArn': authorizerArn(call),
    'aws:SourceAccount': call.region.scope.accountId,
  };
  const credentials = fillUri(
    call.authorizer.authorizerCredentials ?? '',
    new Map(),
    call.stageVariables,
  );
  if (credentials === '') {
    if (functionAllows(arn, { kind: 'service', name: API_GATEWAY_PRINCIPAL }, values)) return;
    throw authorizerError(
      `Authorizer error: API Gateway does not have permission to invoke the function ${arn}. Its policy must allow ${ACTION} to ${API_GATEWAY_PRINCIPAL} for the source ${values['aws:SourceArn']}, or the authorizer must have credentials.`,
    );
  }
  const role = assumed(call, credentials, scope.region, values, assumeRole);
  requireRights(role, arn);
  // Across accounts both sides must allow.
  if (scope.accountId === role.accountId || functionAllows(arn, requesterOf(role), {})) return;
  throw authorizerError(
    `Authorizer error: the policy of the function ${arn} does not allow ${ACTION} to ${credentials}, which is of another account`,
  );
}

function assumed(
  { region }: AuthorizerCall,
  credentials: string,
  functionRegion: string,
  values: Readonly<Record<string, string>>,
  assumeRole: AssumeRole,
): Caller {
  const scope = { accountId: region.scope.accountId, region: functionRegion };
  try {
    return assumeRole(credentials, API_GATEWAY_PRINCIPAL, SESSION_NAME, scope, values);
  } catch (cause) {
    throw authorizerError(
      `API Gateway does not have permission to assume the provided role ${credentials}`,
      cause,
    );
  }
}

/** A version's ARN is not the function's: policies that name the function alone do not cover it. */
function requireRights(role: Caller, functionArn: string): void {
  try {
    role.authorize(ACTION, functionArn);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw authorizerError(`Authorizer error: ${cause.message}`, cause);
  }
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
