import type { AccessLogSettings } from '../apigateway/model';
import type { ContextVariables } from './context';
import { contextTextAt } from './context-lookup';

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
  const line = partsOf(format)
    .map((part) => (typeof part === 'string' ? part : (contextTextAt(context, part) ?? '-')))
    .join('');
  writeLog(destinationArn, line);
}

/** Text as it stands, or the path of a variable. */
type Part = string | readonly string[];

const MOST_FORMATS = 1_000;
const formats = new Map<string, readonly Part[]>();

/** A format is read once: reading it costs more than writing a line with it. */
function partsOf(format: string): readonly Part[] {
  const known = formats.get(format);
  if (known !== undefined) return known;
  // Between the texts, split() gives what the expression's group captured.
  const parts = format
    .split(VARIABLE)
    .map((part, index) => (index % 2 === 0 ? part : part.split('.')));
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(format, parts);
  return parts;
}
