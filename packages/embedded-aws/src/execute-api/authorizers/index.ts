import { policyContext } from '../../apigateway/resource-policy';
import { functionEndpoint } from '../address';
import {
  methodArn,
  policyRequest,
  refusedByResourcePolicy,
  resourceDecision,
  usesAuthorizer,
} from '../authorization';
import type { Exchange } from '../exchange';
import { toGatewayError } from '../gateway-error';
import type { Authorizers } from './authorizers';
import type { AuthorizerCall } from './call';
import { claimTexts } from './claims';
import { askFunction } from './lambda-authorizer';
import { logStart, logSuccess } from './log';
import { decide } from './policy';
import { authorizerError, denied, limitMethodArn } from './refusals';
import { type AuthorizerReport, statusOf } from './report';
import { verifiedClaims } from './user-pool-token';

/**
 * Has the method's authorizer decide, together with the API's resource policy.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @throws GatewayError 401 for a client that does not show who it is, 403 for one that may not, 414
 *   for a path that is too long to be asked about, 500 when the authorizer cannot decide
 */
export function askAuthorizer(
  exchange: Exchange,
  { authorizers }: { readonly authorizers: Authorizers },
): Promise<void> | void {
  // Most methods have none, and must not wait.
  if (usesAuthorizer(exchange.method)) return reported(exchange, authorizers);
}

/** Notes for the access log how the authorizer worked. */
async function reported(exchange: Exchange, authorizers: Authorizers): Promise<void> {
  const { now } = authorizers;
  const report: AuthorizerReport = {};
  exchange.authorizerReport = report;
  const start = now();
  try {
    const call = callOf(exchange);
    logStart(call);
    const answered = () => {
      report.status = 200;
      report.latency = now() - start;
      logSuccess(call);
    };
    if (exchange.method.authorizationType === 'CUSTOM') {
      await askLambda(exchange, call, authorizers, report, answered);
    } else {
      await askUserPool(exchange, call, authorizers, answered);
    }
  } catch (thrown) {
    noteFailure(exchange, report, thrown);
    throw thrown;
  } finally {
    report.latency ??= now() - start;
  }
}

/**
 * A Deny of the resource policy comes before the function is called; an Allow of either side is enough
 * then, and a Deny of either wins.
 */
async function askLambda(
  exchange: Exchange,
  call: AuthorizerCall,
  authorizers: Authorizers,
  report: AuthorizerReport,
  answered: () => void,
): Promise<void> {
  const byResource = resourceDecision(exchange, undefined, call.methodArn)?.decision;
  if (byResource === 'explicitDeny') throw refusedByResourcePolicy(call.methodArn, byResource);
  const { stage } = exchange.served;
  const answer = await askFunction(call, stage, authorizers, report);
  const { principalId, usageIdentifierKey } = answer;
  exchange.usageIdentifierKey = usageIdentifierKey;
  exchange.context.authorizer = {
    ...answer.context,
    ...(principalId !== undefined && { principalId }),
  };
  const decision = decide(answer, call);
  answered();
  if (decision === 'explicitDeny') throw denied(decision);
  if (decision === 'implicitDeny' && byResource !== 'allowed') throw denied(decision);
  exchange.context.authorize = { status: 200 };
}

/** A resource policy is asked after the token, and must allow by itself. */
async function askUserPool(
  exchange: Exchange,
  call: AuthorizerCall,
  authorizers: Authorizers,
  answered: () => void,
): Promise<void> {
  const claims = claimTexts(await verifiedClaims(call, authorizers));
  exchange.context.authorizer = { claims };
  answered();
  const decision = resourceDecision(exchange, undefined, call.methodArn)?.decision ?? 'allowed';
  if (decision !== 'allowed') throw refusedByResourcePolicy(call.methodArn, decision);
}

/** A refusal by a policy is not the authorizer's: it is the phase after it that fails. */
function noteFailure({ context }: Exchange, report: AuthorizerReport, thrown: unknown): void {
  const failure = toGatewayError(thrown);
  const error = failure.message || failure.log || '';
  if (report.status === 200) {
    context.authorize = { status: 403, error };
  } else {
    report.status = statusOf(failure);
    report.error = error;
  }
}

function callOf(exchange: Exchange): AuthorizerCall {
  const { served, definition, method, http, request, context, log } = exchange;
  const arn = methodArn(served, http.method, exchange.path);
  limitMethodArn(arn);
  const authorizer = definition.authorizers.get(method.authorizerId ?? '');
  if (authorizer === undefined) {
    throw authorizerError(`The method has no authorizer with the id ${method.authorizerId}`);
  }
  return {
    region: served.region,
    apiId: served.api.id,
    authorizer,
    methodArn: arn,
    request,
    context,
    stageVariables: served.variables,
    scopes: method.authorizationScopes ?? [],
    policyContext: policyContext(policyRequest(exchange, undefined, arn)),
    endpoint: functionEndpoint(http),
    log,
  };
}
