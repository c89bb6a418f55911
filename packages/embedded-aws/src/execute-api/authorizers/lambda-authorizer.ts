import type { Stage } from '../../apigateway/model';
import { type AuthorizerAnswer, readAnswer } from './answer';
import { type AuthorizerCache, cacheKey } from './cache';
import type { AuthorizerCall } from './call';
import { requestEvent, tokenEvent } from './events';
import { callFunction, type FunctionCallDependencies } from './function-call';
import { matchesWhole } from './identity-validation';
import { type IdentityValue, identityValues } from './identity-values';
import { logFunctionAnswer, logIdentity, logPrincipal } from './log';
import { unauthorized } from './refusals';
import type { AuthorizerReport } from './report';

export interface LambdaAuthorizerDependencies extends FunctionCallDependencies {
  readonly cache: AuthorizerCache;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The answer of a Lambda authorizer to one request: a cached one, or that of its function.
 * @param stage whose cache it is; a test has none
 * @throws GatewayError 401 for a request without identity, 500 for a function that does not answer
 */
export async function askFunction(
  call: AuthorizerCall,
  stage: Stage | undefined,
  dependencies: LambdaAuthorizerDependencies,
  report: AuthorizerReport,
): Promise<AuthorizerAnswer> {
  const values = identityValues(call);
  requireIdentity(call, values);
  logIdentity(call, values);
  const answer = await answerOf(call, values, stage, dependencies, report);
  logPrincipal(call, answer.principalId);
  return answer;
}

/** The answer that the stage has cached, or a new one, which it caches if the authorizer says so. */
async function answerOf(
  call: AuthorizerCall,
  values: readonly IdentityValue[],
  stage: Stage | undefined,
  dependencies: LambdaAuthorizerDependencies,
  report: AuthorizerReport,
): Promise<AuthorizerAnswer> {
  const { cache } = dependencies;
  const kept = cacheKey(call.authorizer, values);
  if (stage === undefined || kept === undefined) {
    return freshAnswer(call, values, dependencies, report);
  }
  const slot = cache.slot(stage, kept.key);
  if (slot.answer !== undefined) return slot.answer;
  const answer = await freshAnswer(call, values, dependencies, report);
  slot.keep(answer, kept.seconds);
  return answer;
}

/** @throws GatewayError 401 unless each source has a value, and a token the form that is asked for */
function requireIdentity(
  { authorizer, context }: AuthorizerCall,
  values: readonly IdentityValue[],
): void {
  if (values.some(({ value = '' }) => value === '')) throw unauthorized(context.requestId);
  const { type, identityValidationExpression: expression } = authorizer;
  if (type !== 'TOKEN' || !expression) return;
  if (!matchesWhole(values[0]?.value ?? '', expression)) throw unauthorized(context.requestId);
}

async function freshAnswer(
  call: AuthorizerCall,
  values: readonly IdentityValue[],
  dependencies: LambdaAuthorizerDependencies,
  report: AuthorizerReport,
): Promise<AuthorizerAnswer> {
  const event =
    call.authorizer.type === 'TOKEN'
      ? tokenEvent(call, values[0]?.value ?? '')
      : requestEvent(call);
  const start = dependencies.now();
  try {
    const { status, requestId, payload } = await callFunction(call, event, dependencies);
    report.integrationStatus = status;
    report.requestId = requestId;
    logFunctionAnswer(call, payload);
    return readAnswer(payload);
  } finally {
    report.integrationLatency = dependencies.now() - start;
  }
}
