import type { AccessLogSettings } from '../apigateway/model';
import type { ContextVariables } from './context';
import { contextText } from './context-lookup';

/** Writes one line to a log group, or to a stream that logs go to. */
export type AccessLogSink = (destinationArn: string, line: string) => void;

const VARIABLE = /\$context\.([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)/g;

/**
 * Writes a stage's access log. What has no value is a dash.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export function logAccess(
  settings: AccessLogSettings | undefined,
  context: ContextVariables,
  writeLog: AccessLogSink | undefined,
): void {
  const { destinationArn, format } = settings ?? {};
  if (destinationArn === undefined || format === undefined || writeLog === undefined) return;
  writeLog(
    destinationArn,
    format.replace(VARIABLE, (_match, name: string) => contextText(context, name) ?? '-'),
  );
}
