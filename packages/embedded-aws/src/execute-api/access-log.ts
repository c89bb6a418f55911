import type { AccessLogSettings } from '../apigateway/model';
import { remember } from '../core/remember';
import type { ContextVariables } from './context';
import { contextTextAt } from './context-lookup';
import type { AccessLogSink } from './dependencies';

const VARIABLE = /\$context\.([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)/g;

/**
 * Writes a stage's access log. A variable without a value is a dash.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export function logAccess(
  settings: AccessLogSettings | undefined,
  context: ContextVariables,
  writeLog: AccessLogSink | undefined,
): void {
  const { destinationArn, format } = settings ?? {};
  if (destinationArn === undefined || format === undefined || writeLog === undefined) return;
  let line = '';
  for (const part of partsOf(format)) {
    line += typeof part === 'string' ? part : (contextTextAt(context, part) ?? '-');
  }
  writeLog(destinationArn, line);
}

/** Text as it stands, or the path of a variable. */
type Part = string | readonly string[];

/** A format is read once: reading it costs more than writing a line with it. */
const partsOf = remember(1_000, (format: string): readonly Part[] =>
  // split() puts the group's captures between the texts.
  format.split(VARIABLE).map((part, index) => (index % 2 === 0 ? part : part.split('.'))),
);
