import { isPrivate } from '../apigateway/entities/endpoint-configuration';
import type { GatewayResponseType } from '../apigateway/entities/gateway-responses';
import type { Method } from '../apigateway/model';
import { decideByPolicy, type PolicyRequest } from '../apigateway/resource-policy';
import type { ServedStage } from '../apigateway/store';
import { type Caller, partitionOf } from '../core/caller';
import { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';
import type { Decision } from '../iam/evaluate';
import type { Grant } from '../iam/own-decision';
import { authorizeWithGrant } from '../iam/resource-policy';
import type { ContextVariables } from './context';
import type { StageDependencies, VerifySignature } from './dependencies';
import type { Exchange } from './exchange';
import { configurationError, GatewayError, type GatewayErrorOptions } from './gateway-error';

const ACTION = 'execute-api:Invoke';

/** Gateway responses by the error code of the signature check. */
const RESPONSE_TYPES: Readonly<Record<string, GatewayResponseType>> = {
  AccessDeniedException: 'ACCESS_DENIED',
  ExpiredTokenException: 'EXPIRED_TOKEN',
  IncompleteSignatureException: 'INVALID_SIGNATURE',
  InvalidSignatureException: 'INVALID_SIGNATURE',
  MissingAuthenticationTokenException: 'MISSING_AUTHENTICATION_TOKEN',
};

/**
 * Decides whether a request may invoke its method: by the signature, if the method requires one, and by
 * the API's resource policy, if there is one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @throws GatewayError 403
 */
export function authorize(exchange: Exchange, { verifySignature }: StageDependencies): void {
  const { served, method, http, sent, path, context } = exchange;
  const isSigned = method.authorizationType === 'AWS_IAM';
  // An authorizer's answer and the resource policy are judged together, once the answer is there.
  if (usesAuthorizer(method) || (!isSigned && !hasResourcePolicy(exchange))) return;
  const caller = isSigned ? verify(served, sent, verifySignature) : undefined;
  if (caller !== undefined) noteIdentity(context, caller);
  exchange.caller = caller;
  const arn = methodArn(served, http.method, path);
  const byPolicy = resourceDecision(exchange, caller, arn);
  if (caller !== undefined) {
    checkCaller(caller, arn, byPolicy, served.region.scope.accountId);
  } else if (byPolicy !== undefined && byPolicy.decision !== 'allowed') {
    throw refusedByResourcePolicy(arn, byPolicy.decision);
  }
}

/** True for a method that an authorizer decides on. */
export function usesAuthorizer({ authorizationType }: Method): boolean {
  return authorizationType === 'CUSTOM' || authorizationType === 'COGNITO_USER_POOLS';
}

/** Private APIs must have one. */
function hasResourcePolicy({ served, definition }: Exchange): boolean {
  return definition.policy !== undefined || isPrivate(served.api.endpointConfiguration);
}

/**
 * The decision of the API's resource policy on a request; undefined for an API that needs none.
 * @throws GatewayError 403 for a private API without one
 */
export function resourceDecision(
  exchange: Exchange,
  caller: Caller | undefined,
  arn: string,
): ReturnType<typeof decideByPolicy> | undefined {
  const { policy } = exchange.definition;
  if (policy !== undefined) return decideByPolicy(policy, policyRequest(exchange, caller, arn));
  if (!hasResourcePolicy(exchange)) return undefined;
  // It was deployed as a public one: nothing says who may call it yet.
  throw denied(caller?.arn ?? 'anonymous', arn, 'implicitDeny');
}

/** The refusal of a request that nobody has signed. */
export function refusedByResourcePolicy(arn: string, decision: Decision): GatewayError {
  return denied('anonymous', arn, decision);
}

function verify(
  { region }: ServedStage,
  request: HttpRequest,
  verifySignature: VerifySignature | undefined,
): Caller {
  if (verifySignature === undefined) {
    throw configurationError('The embedded API Gateway is not configured to verify signatures');
  }
  try {
    return verifySignature(request, 'execute-api', region.scope.region);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const options: GatewayErrorOptions = { errorType: error.code, status: 403, cause: error };
    throw new GatewayError(RESPONSE_TYPES[error.code] ?? 'DEFAULT_4XX', error.message, options);
  }
}

/** The identity of a caller in `$context`. */
export function noteIdentity(context: ContextVariables, caller: Caller): void {
  const user = caller.arn.split(/[:/]/).at(-1) ?? '';
  Object.assign(context.identity, {
    accountId: caller.accountId,
    accessKey: caller.accessKeyId,
    caller: user,
    user,
    userArn: caller.arn,
  });
}

/**
 * Within an account either side's Allow is enough; across accounts both must allow. A Deny anywhere
 * wins.
 */
function checkCaller(
  caller: Caller,
  arn: string,
  byPolicy: ReturnType<typeof decideByPolicy> | undefined,
  ownerId: string,
): void {
  const { decision = 'implicitDeny', grant } = byPolicy ?? {};
  if (decision === 'explicitDeny') throw denied(caller.arn, arn, decision);
  const isOwn = caller.accountId === ownerId;
  const refusal = refusalOf(caller, arn, isOwn ? grant : undefined);
  if (refusal === undefined && (isOwn || decision === 'allowed')) return;
  if (refusal === undefined) throw denied(caller.arn, arn, decision);
  throw new GatewayError('ACCESS_DENIED', refusal.message.replaceAll(arn, masked(arn)), {
    cause: refusal,
  });
}

function refusalOf(caller: Caller, arn: string, grant: Grant): AwsError | undefined {
  try {
    authorizeWithGrant(caller, ACTION, arn, grant);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** A request as policies see it. */
export function policyRequest(
  { served, http, context }: Exchange,
  caller: Caller | undefined,
  arn: string,
): PolicyRequest {
  return {
    scope: served.region.scope,
    apiId: served.api.id,
    methodArn: arn,
    caller,
    sourceIp: http.sourceIp.replace(/^::ffff:/, ''),
    userAgent: http.headers['user-agent'],
    vpcEndpointId: context.identity.vpceId,
  };
}

function denied(who: string, arn: string, decision: Decision): GatewayError {
  const because =
    decision === 'explicitDeny'
      ? ' with an explicit deny'
      : ` because no resource-based policy allows the ${ACTION} action`;
  return new GatewayError(
    'ACCESS_DENIED',
    `User: ${who} is not authorized to perform: ${ACTION} on resource: ${masked(arn)}${because}`,
  );
}

/** Clients are shown the last four digits of the account only. */
function masked(arn: string): string {
  return arn.replace(/:\d{8}(\d{4}):/, ':********$1:');
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html */
export function methodArn(
  { region, api, stage }: ServedStage,
  httpMethod: string,
  path: string,
): string {
  const { accountId, region: name } = region.scope;
  const partition = partitionOf(name);
  return `arn:${partition}:execute-api:${name}:${accountId}:${api.id}/${stage.stageName}/${httpMethod}${path}`;
}
