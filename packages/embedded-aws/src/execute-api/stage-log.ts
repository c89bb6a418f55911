import { ALL_METHODS, type MethodSetting } from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import type { Scope } from '../core/caller';
import type { ExecutionLog } from './execution-log';
import type { RouteMatch } from './route-trie';

/** Writes the execution log of one request; API Gateway makes the group when it is missing. */
export type ExecutionLogSink = (
  scope: Scope,
  logGroupName: string,
  lines: readonly string[],
) => void;

/** The settings of a method on its stage: its own, else those of all methods. */
export function methodSetting(
  { stage }: ServedStage,
  { resource, method }: Pick<RouteMatch, 'resource' | 'method'>,
): MethodSetting | undefined {
  const own = `${resource.path.slice(1)}/${method?.httpMethod ?? ''}`;
  return stage.methodSettings.get(own) ?? stage.methodSettings.get(ALL_METHODS);
}

/**
 * Writes a request's execution log where the stage wants it: everything at INFO, failures at ERROR.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function logExecution(
  { region, api, stage }: ServedStage,
  setting: MethodSetting | undefined,
  log: ExecutionLog | undefined,
  failed: boolean,
  sink: ExecutionLogSink | undefined,
): void {
  if (log === undefined || setting === undefined || sink === undefined) return;
  if (setting.loggingLevel === 'ERROR' && !failed) return;
  const group = `API-Gateway-Execution-Logs_${api.id}/${stage.stageName}`;
  sink(region.scope, group, log.entries(setting.dataTraceEnabled));
}

/** Whether requests have to be logged on their way at all. */
export function isLogged(setting: MethodSetting | undefined): boolean {
  return setting?.loggingLevel === 'INFO' || setting?.loggingLevel === 'ERROR';
}
