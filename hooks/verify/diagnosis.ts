import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { type EndpointId, endpointOf } from '../../resources/endpoints';
import type { Target } from '../stage/target';
import type { Exchange } from './exchange';
import { testInvoke } from './test-invoke';

/** What a request or an answer may take of a report; a 1 MiB record would bury the rest. */
const EXCERPT = 1_000;

/** Of an execution log, what tells a mapping fault. */
const TELLING =
  /^(Endpoint request body after|Endpoint response body before|Execution failed|Method response body after|Method completed)/;

/** The request and the answer that made a check fail, and a command that asks the same. */
export function evidence(exchange: Exchange, target: Target): string[] {
  const { method, url, requestBody = '', status, body, requestId = 'none', attempts } = exchange;
  return [
    `request  ${method} ${url} ${excerpt(requestBody)}`.trimEnd(),
    `answer   ${status} ${excerpt(body)}`.trimEnd(),
    `x-amzn-requestid ${requestId}, attempts ${attempts}${exchange.retried.length > 0 ? ` (${[...new Set(exchange.retried)].join(', ')})` : ''}`,
    `again    ${curl(exchange, target)}`,
  ];
}

/** A ready curl; the caller's own keys come from the environment, so that none is printed. */
export function curl(
  { method, url, requestHeaders, requestBody, anonymous }: Exchange,
  { region, parameters }: Target,
): string {
  const headers = Object.entries(requestHeaders).map(
    ([name, value]) => `-H ${quote(`${name}: ${value}`)}`,
  );
  const access = anonymous ? [] : (ACCESS[parameters.authorization]?.(region) ?? []);
  const body = requestBody === undefined ? [] : ['--data-binary', quote(excerpt(requestBody))];
  return ['curl', '-i', '-X', method, ...access, ...headers, ...body, quote(url)].join(' ');
}

const ACCESS: Readonly<Record<string, (region: string) => string[]>> = {
  AWS_IAM: (region) => [
    '--aws-sigv4',
    `aws:amz:${region}:execute-api`,
    '--user',
    '"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
    '-H',
    '"x-amz-security-token: $AWS_SESSION_TOKEN"',
  ],
  API_KEY: () => ['-H', '"x-api-key: $API_KEY"'],
};

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * What API Gateway's own log says of the same request: for faults of mapping, the rendered body.
 * Nothing where there is no log to be had.
 */
export async function mappingLog(
  client: APIGatewayClient,
  { restApiId, invokeUrl, parameters: { rootPath } }: Target,
  id: EndpointId,
  { method, url, requestBody, requestHeaders, status }: Exchange,
): Promise<string[]> {
  if (status !== 400 && status < 500) return [];
  try {
    const answer = await testInvoke(client, restApiId, {
      method,
      path: rootPath + url.slice(invokeUrl.length),
      route: rootPath + endpointOf(id).path,
      headers: requestHeaders,
      ...(requestBody !== undefined && { body: requestBody }),
    });
    const lines = (answer?.log ?? []).filter((line) => TELLING.test(line));
    return lines.length === 0
      ? []
      : ['API Gateway says', ...lines.map((line) => `  ${masked(excerpt(line))}`)];
  } catch (error) {
    return [
      `API Gateway's own log could not be had (${error instanceof Error ? error.message : error})`,
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
