import { isPrivate } from '../apigateway/entities/endpoint-configuration';
import type { GatewayResponseType } from '../apigateway/entities/gateway-responses';
import type { Method } from '../apigateway/model';
import { decideByPolicy, type PolicyRequest } from '../apigateway/resource-policy';
import type { ServedStage } from '../apigateway/store';
import { type Caller, partitionOf } from '../core/caller';
import { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';
import type { Decision } from '../iam/evaluate';
import type { ContextVariables } from './context';
import { configurationError, GatewayError, type GatewayErrorOptions } from './gateway-error';

const ACTION = 'execute-api:Invoke';

/**
 * Checks a request's SigV4 signature.
 * @throws AwsError in AWS's wording, with the code of the gateway's answer
 */
export type VerifySignature = (
  request: HttpRequest,
  expectedService: 'execute-api',
  expectedRegion: string,
) => Caller;

/** Which gateway response stands for what the signature check finds. */
const RESPONSE_TYPES: Readonly<Record<string, GatewayResponseType>> = {
  AccessDeniedException: 'ACCESS_DENIED',
  ExpiredTokenException: 'EXPIRED_TOKEN',
  IncompleteSignatureException: 'INVALID_SIGNATURE',
  InvalidSignatureException: 'INVALID_SIGNATURE',
  MissingAuthenticationTokenException: 'MISSING_AUTHENTICATION_TOKEN',
};

/**
 * Decides whether a request may invoke a method: by its signature when the method wants one, and by
 * the API's resource policy when it has one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @returns the caller, for methods that are signed for
 * @throws GatewayError 403
 */
export function authorizeRequest(
  served: ServedStage,
  method: Method,
  request: HttpRequest,
  path: string,
  context: ContextVariables,
  verifySignature: VerifySignature | undefined,
): Caller | undefined {
  const isSigned = method.authorizationType === 'AWS_IAM';
  const { policy } = served.deployment.definition;
  const needsPolicy = isPrivate(served.api.endpointConfiguration);
  if (!isSigned && !needsPolicy && policy === undefined) return undefined;
  const caller = isSigned ? verify(served, request, verifySignature) : undefined;
  if (caller !== undefined) tellIdentity(context, caller);
  const arn = methodArn(served, request.method, path);
  // Deployed as a public API: who may call a private one, nobody has said yet.
  if (needsPolicy && policy === undefined) {
    throw denied(caller?.arn ?? 'anonymous', arn, 'implicitDeny');
  }
  const { vpceId } = context.identity;
  const byPolicy =
    policy === undefined ? undefined : decide(policy, served, request, caller, arn, vpceId);
  if (caller === undefined) {
    if (byPolicy !== undefined && byPolicy !== 'allowed') {
      throw denied('anonymous', arn, byPolicy);
    }
    return undefined;
  }
  checkCaller(caller, arn, byPolicy, served.region.scope.accountId);
  return caller;
}

function verify(
  { region }: ServedStage,
  request: HttpRequest,
  verifySignature: VerifySignature | undefined,
): Caller {
  if (verifySignature === undefined) {
    throw configurationError('The embedded AWS was made without the means to verify signatures');
  }
  try {
    return verifySignature(request, 'execute-api', region.scope.region);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const options: GatewayErrorOptions = { errorType: error.code, status: 403, cause: error };
    throw new GatewayError(RESPONSE_TYPES[error.code] ?? 'DEFAULT_4XX', error.message, options);
  }
}

function tellIdentity(context: ContextVariables, caller: Caller): void {
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
  byPolicy: Decision | undefined,
  ownerId: string,
): void {
  if (byPolicy === 'explicitDeny') throw denied(caller.arn, arn, byPolicy);
  const refusal = refusalOf(caller, arn);
  const isOwn = caller.accountId === ownerId;
  const policyAllows = byPolicy === 'allowed';
  if (refusal === undefined && (isOwn || policyAllows)) return;
  if (refusal === undefined) throw denied(caller.arn, arn, byPolicy ?? 'implicitDeny');
  const isExplicit = 'isExplicit' in refusal && refusal.isExplicit === true;
  if (isOwn && policyAllows && !isExplicit) return;
  throw new GatewayError('ACCESS_DENIED', refusal.message.replaceAll(arn, masked(arn)), {
    cause: refusal,
  });
}

function refusalOf(caller: Caller, arn: string): AwsError | undefined {
  try {
    caller.authorize(ACTION, arn);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function decide(
  policy: string,
  served: ServedStage,
  request: HttpRequest,
  caller: Caller | undefined,
  arn: string,
  vpcEndpointId: string | undefined,
): Decision {
  const about: PolicyRequest = {
    scope: served.region.scope,
    apiId: served.api.id,
    methodArn: arn,
    caller,
    sourceIp: request.sourceIp.replace(/^::ffff:/, ''),
    userAgent: request.headers['user-agent'],
    vpcEndpointId,
  };
  return decideByPolicy(policy, about);
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
function methodArn({ region, api, stage }: ServedStage, httpMethod: string, path: string): string {
  const { accountId, region: name } = region.scope;
  const partition = partitionOf(name);
  return `arn:${partition}:execute-api:${name}:${accountId}:${api.id}/${stage.stageName}/${httpMethod}${path}`;
}
