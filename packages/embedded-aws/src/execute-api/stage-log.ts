import { logAccess } from './access-log';
import type { ExecutionLogSink, StageDependencies } from './dependencies';
import type { Exchange } from './exchange';
import { ExecutionLog } from './execution-log';
import type { MethodAnswer } from './integration-response';

/** Starts the execution log of a request whose method is logged on this stage. */
export function startLog(exchange: Exchange, { now }: StageDependencies): void {
  const { context, setting } = exchange;
  if (setting?.loggingLevel !== 'INFO' && setting?.loggingLevel !== 'ERROR') return;
  exchange.log = new ExecutionLog(context.requestId, now);
}

/** Logs that the method will be run. Of a request that is refused before, the refusal is all there is. */
export function logExecutionStart({ log, context, request }: Exchange): void {
  log?.add(`Starting execution for request: ${context.requestId}`);
  log?.add(`HTTP Method: ${request.httpMethod}, Resource Path: ${request.path}`);
}

/** Notes in `$context` what access logs say of an answer. */
export function noteAnswer(
  { context, start, authorizerReport }: Exchange,
  { status, body }: MethodAnswer,
  { now }: StageDependencies,
): void {
  context.status = status;
  context.responseLength = body.length;
  context.responseLatency = now() - start;
  if (authorizerReport !== undefined) {
    context.authorizer = { ...context.authorizer, ...authorizerReport };
  }
}

/** Writes the stage's logs. A log that cannot be written is lost, and the client is not told. */
export function writeLogs(
  exchange: Exchange,
  failed: boolean,
  { writeLog, writeExecutionLog }: StageDependencies,
): void {
  const { served, context, log } = exchange;
  log?.add(`Method completed with status: ${context.status}`);
  try {
    logAccess(served.stage.accessLogSettings, context, writeLog);
    logExecution(exchange, failed, writeExecutionLog);
  } catch {
    // AWS loses log lines as well: the answer matters more than its log.
  }
}

/**
 * Writes a request's execution log at the stage's level: everything at INFO, failures at ERROR.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
function logExecution(
  { served: { region, api, stage, isCanary }, setting, log }: Exchange,
  failed: boolean,
  sink: ExecutionLogSink | undefined,
): void {
  if (log === undefined || setting === undefined || sink === undefined) return;
  if (setting.loggingLevel === 'ERROR' && !failed) return;
  const group = `API-Gateway-Execution-Logs_${api.id}/${stage.stageName}`;
  sink(region.scope, isCanary ? `${group}/Canary` : group, log.entries(setting.dataTraceEnabled));
}
