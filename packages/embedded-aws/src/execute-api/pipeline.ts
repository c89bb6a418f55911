import type { IntegrationType } from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import type { HttpRequest, HttpResponse } from '../core/http';
import type { ApiAddress } from './address';
import { checkApiKey } from './api-key';
import { authorize } from './authorization';
import { askAuthorizer } from './authorizers';
import { callBackend } from './backend-call';
import { compressAnswer, decompressRequest } from './compression';
import type { MethodDependencies, StageDependencies } from './dependencies';
import { Exchange } from './exchange';
import { answerFailure } from './failure';
import { buildIntegrationRequest } from './integration-request';
import { buildMethodAnswer, type MethodAnswer } from './integration-response';
import { createInvocation, type Invocation } from './invocation';
import { logMethodAnswer, logMethodRequest } from './method-log';
import { admitPage } from './pages';
import { limitPayload } from './payload-size';
import { validateRequest } from './request-validation';
import { finishResponse } from './response-headers';
import { requireMethod } from './route';
import { hideSignature } from './signature';
import { logExecutionStart, noteAnswer, startLog, writeLogs } from './stage-log';
import { throttleStage } from './throttling';
import { askWebAcl } from './web-acl';

/** Looks at a request, notes what it finds, and throws a GatewayError to end the request. */
type Step = (exchange: Exchange, dependencies: StageDependencies) => Promise<void> | void;

/** The steps of a request to a stage before its method runs, in this order. */
const BEFORE_THE_METHOD: readonly Step[] = [
  askWebAcl,
  requireMethod,
  startLog,
  authorize,
  askAuthorizer,
  logExecutionStart,
  (exchange, dependencies) => admitPage(exchange, dependencies, runMethod),
  checkApiKey,
  throttleStage,
  limitPayload,
  decompressRequest,
  hideSignature,
];

/**
 * A method's own steps. TestInvokeMethod and the answers to preflights run these alone.
 * @throws GatewayError for what the gateway answers itself
 */
export async function runMethod(
  invocation: Invocation,
  dependencies: MethodDependencies,
): Promise<MethodAnswer> {
  const { evaluateMappingTemplate } = dependencies;
  logMethodRequest(invocation);
  validateRequest(invocation);
  const request = buildIntegrationRequest(invocation, evaluateMappingTemplate);
  const response = await callBackend(request, invocation, dependencies);
  const answer = buildMethodAnswer(response, invocation, evaluateMappingTemplate);
  logMethodAnswer(invocation, answer);
  return answer;
}

/**
 * Answers a request to a stage: the steps before the method, the method, or the gateway response
 * that a failure of either becomes, and what comes after each answer. Never throws.
 */
export async function serve(
  served: ServedStage,
  http: HttpRequest,
  address: ApiAddress,
  dependencies: StageDependencies,
): Promise<HttpResponse> {
  const exchange = new Exchange(served, http, address, dependencies.now());
  const { answer, errorType, hasBackend } = await outcomeOf(exchange, dependencies);
  const compressed = await compressAnswer(answer, exchange);
  noteAnswer(exchange, compressed, dependencies);
  writeLogs(exchange, errorType !== undefined, dependencies);
  const { requestId, extendedRequestId } = exchange.context;
  const traceId = hasBackend ? exchange.traceId : undefined;
  const now = dependencies.now();
  return finishResponse(compressed, { requestId, extendedRequestId, traceId, errorType, now });
}

/** Integrations whose answers carry the gateway's trace (recorded). */
const TRACED: readonly IntegrationType[] = ['AWS', 'AWS_PROXY', 'HTTP'];

interface Outcome {
  readonly answer: MethodAnswer;
  /** Set when the gateway answers itself. */
  readonly errorType?: string;
  readonly hasBackend: boolean;
}

async function outcomeOf(exchange: Exchange, dependencies: StageDependencies): Promise<Outcome> {
  try {
    for (const step of BEFORE_THE_METHOD) {
      const pending = step(exchange, dependencies);
      // Most steps are done at once: waiting for each of them would cost throughput.
      if (pending !== undefined) await pending;
    }
    const invocation = createInvocation(exchange);
    const answer = await runMethod(invocation, dependencies);
    const { type } = invocation.integration;
    return { answer, hasBackend: TRACED.includes(type) };
  } catch (thrown) {
    return { ...answerFailure(thrown, exchange, dependencies), hasBackend: false };
  }
}
