import type { IntegrationType } from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import { whenDone } from '../core/done';
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
export function runMethod(
  invocation: Invocation,
  dependencies: MethodDependencies,
): MethodAnswer | Promise<MethodAnswer> {
  const { evaluateMappingTemplate } = dependencies;
  logMethodRequest(invocation);
  validateRequest(invocation);
  const request = buildIntegrationRequest(invocation, evaluateMappingTemplate);
  return whenDone(callBackend(request, invocation, dependencies), (response) => {
    const answer = buildMethodAnswer(response, invocation, evaluateMappingTemplate);
    logMethodAnswer(invocation, answer);
    return answer;
  });
}

/**
 * Answers a request to a stage: the steps before the method, the method, or the gateway response
 * that a failure of either becomes, and what comes after each answer. Waits only for what takes time.
 * Never throws.
 */
export function serve(
  served: ServedStage,
  http: HttpRequest,
  address: ApiAddress,
  dependencies: StageDependencies,
): HttpResponse | Promise<HttpResponse> {
  const exchange = new Exchange(served, http, address, dependencies.now());
  return whenDone(outcomeOf(exchange, dependencies), ({ answer, errorType, hasBackend }) =>
    whenDone(compressAnswer(answer, exchange), (compressed) => {
      noteAnswer(exchange, compressed, dependencies);
      writeLogs(exchange, errorType !== undefined, dependencies);
      const { requestId, extendedRequestId } = exchange.context;
      const traceId = hasBackend ? exchange.traceId : undefined;
      const now = dependencies.now();
      return finishResponse(compressed, { requestId, extendedRequestId, traceId, errorType, now });
    }),
  );
}

/** Integrations whose answers carry the gateway's trace (recorded). */
const TRACED: readonly IntegrationType[] = ['AWS', 'AWS_PROXY', 'HTTP'];

interface Outcome {
  readonly answer: MethodAnswer;
  /** Set when the gateway answers itself. */
  readonly errorType?: string;
  readonly hasBackend: boolean;
}

function outcomeOf(
  exchange: Exchange,
  dependencies: StageDependencies,
): Outcome | Promise<Outcome> {
  const failed = (thrown: unknown): Outcome => ({
    ...answerFailure(thrown, exchange, dependencies),
    hasBackend: false,
  });
  try {
    const outcome = runSteps(exchange, dependencies, 0);
    return outcome instanceof Promise ? outcome.catch(failed) : outcome;
  } catch (thrown) {
    return failed(thrown);
  }
}

/** Runs the steps from one of them on, and then the method. @throws GatewayError */
function runSteps(
  exchange: Exchange,
  dependencies: StageDependencies,
  first: number,
): Outcome | Promise<Outcome> {
  for (let index = first; index < BEFORE_THE_METHOD.length; index++) {
    const pending = BEFORE_THE_METHOD[index]?.(exchange, dependencies);
    if (pending !== undefined) {
      return pending.then(() => runSteps(exchange, dependencies, index + 1));
    }
  }
  const invocation = createInvocation(exchange);
  const hasBackend = TRACED.includes(invocation.integration.type);
  return whenDone(runMethod(invocation, dependencies), (answer) => ({ answer, hasBackend }));
}
