import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { entranceAt } from '../stage/entrances';
import type { Target } from '../stage/target';
import { curlCommand, shellQuoted } from '../viewer/format/curl';
import type { Exchange } from './exchange';
import { testInvoke } from './test-invoke';

/** The most characters of a request or an answer in a report; a 1 MiB record would bury the rest. */
const EXCERPT = 1_000;

/** The lines of an execution log that show a mapping fault. */
const TELLING =
  /^(Endpoint request body after|Endpoint response body before|Execution failed|Method response body after|Method completed)/;

/** The request and the answer that made a check fail, and a command that sends the same. */
export function evidence(exchange: Exchange, target: Target): string[] {
  const { method, url, requestBody = '', status, body, requestId = 'none', attempts } = exchange;
  return [
    `request  ${method} ${url} ${excerpt(requestBody)}`.trimEnd(),
    ...(exchange.as === undefined ? [] : [`shown    ${exchange.as}`]),
    `answer   ${status} ${excerpt(body)}`.trimEnd(),
    `x-amzn-requestid ${requestId}, attempts ${attempts}${exchange.retried.length > 0 ? ` (${[...new Set(exchange.retried)].join(', ')})` : ''}`,
    `again    ${curl(exchange, target)}`,
  ];
}

/** A curl command that sends the same request. */
export function curl(
  { method, url, requestHeaders, requestBody, anonymous }: Exchange,
  target: Target,
): string {
  const { region, invokeUrl } = target;
  const entrance = entranceAt(target, method, url.slice(invokeUrl.length));
  const { authorization, identitySources } = entrance;
  const access = { authorization, region, identitySource: identitySources.join() };
  return curlCommand({
    flags: ['-i'],
    method,
    url: shellQuoted(url),
    access: anonymous ? undefined : access,
    headers: requestHeaders,
    body: requestBody === undefined ? undefined : excerpt(requestBody),
  }).join(' ');
}

/**
 * API Gateway's own log of the same request: for faults of mapping, the rendered body.
 * Empty where no log is available.
 * @param path of the endpoint, as it is declared
 */
export async function mappingLog(
  client: APIGatewayClient,
  { restApiId, invokeUrl, parameters: { rootPath } }: Target,
  path: string,
  { method, url, requestBody, requestHeaders, status }: Exchange,
): Promise<string[]> {
  if (status !== 400 && status < 500) return [];
  try {
    const answer = await testInvoke(client, restApiId, {
      method,
      path: rootPath + url.slice(invokeUrl.length),
      route: rootPath + path,
      headers: requestHeaders,
      ...(requestBody !== undefined && { body: requestBody }),
    });
    const lines = (answer?.log ?? []).filter((line) => TELLING.test(line));
    return lines.length === 0
      ? []
      : ['API Gateway says', ...lines.map((line) => `  ${masked(excerpt(line))}`)];
  } catch (error) {
    return [
      `API Gateway's own log is not available (${error instanceof Error ? error.message : error})`,
    ];
  }
}

/** Signatures, tokens and keys, wherever a log repeats headers. */
export function masked(text: string): string {
  return text
    .replace(/(Signature|Credential)=[^,\s"}]+/gi, '$1=***')
    .replace(/(x-amz-security-token|x-api-key|authorization)([=:]\s*)[^,\s"}]+/gi, '$1$2***');
}

function excerpt(text: string): string {
  if (text.length <= EXCERPT) return text;
  return `${text.slice(0, EXCERPT)}… (${text.length} characters)`;
}
