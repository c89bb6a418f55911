import { isRecord } from '../../apigateway/members';
import { parseJson } from '../../core/parse-json';
import { Body } from '../body';
import { GatewayError } from '../gateway-error';
import { HeaderBag } from '../header-bag';
import type { MethodAnswer } from '../integration-response';
import type { EndpointResponse } from '../integrations';
import type { Invocation } from '../invocation';
import { decodedBase64, firstAccepted, isBinaryType } from '../payload';
import { functionFailure, requireInvoked } from './failure';

/** The members that a function may answer with. None is required, and no other is allowed (recorded). */
const MEMBERS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

/**
 * Turns the answer of a Lambda proxy integration's function into the client's. Numbers and booleans are
 * taken for texts, and a text for a status (recorded of headers and statuses: LocalStack's
 * test_aws_proxy_response_payload_format_validation; of bodies inferred).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * @throws GatewayError 502 for an answer of another form and for a function that fails, 500 when the
 *   function could not be called or a body is no base64
 */
export function proxyAnswer(endpoint: EndpointResponse, invocation: Invocation): MethodAnswer {
  requireInvoked(endpoint);
  if (endpoint.headers.has('x-amz-function-error')) throw functionFailure(endpoint);
  const answer = parsed(endpoint.body.text);
  const { headers, multiValueHeaders, isBase64Encoded } = answer;
  const text = scalarText(answer.body ?? '');
  const status = statusOf(answer.statusCode);
  const { context } = invocation;
  // Access logs tell the function's status and Lambda's own apart (documented).
  if (context.integration !== undefined) context.integration = { ...context.integration, status };
  return {
    status,
    // A trace of its own gives way to the gateway's.
    headers: mergedHeaders(single(headers), multiple(multiValueHeaders)),
    body: bodyOf(text, scalarText(isBase64Encoded ?? false) === 'true', invocation),
  };
}

function parsed(text: string): Record<string, unknown> {
  let answer: unknown;
  try {
    answer = parseJson(text);
  } catch (cause) {
    throw malformed(cause);
  }
  if (!isRecord(answer)) throw malformed();
  if (Object.keys(answer).some((name) => !MEMBERS.includes(name))) throw malformed();
  return answer;
}

function statusOf(statusCode: unknown): number {
  const text = scalarText(statusCode ?? 200);
  if (!/^[1-5]\d\d$/.test(text)) throw malformed();
  return Number(text);
}

/** Only `Accept` decides: the type of the answer does not matter (recorded: test_aws_proxy_binary_response). */
function bodyOf(text: string, isBase64: boolean, { request, definition }: Invocation): Body {
  const accepted = firstAccepted(request.header('accept'));
  return Body.of(isBase64 && isBinaryType(accepted, definition) ? decodedBase64(text) : text);
}

type Header = readonly [name: string, values: readonly string[]];

function single(headers: unknown): Header[] {
  return entriesOf(headers).map(([name, value]) => [name, [scalarText(value)]]);
}

function multiple(headers: unknown): Header[] {
  return entriesOf(headers).map(([name, values]) => {
    if (!Array.isArray(values)) throw malformed();
    return [name, values.map(scalarText)];
  });
}

/** A header that is null is left out. */
function entriesOf(headers: unknown): [string, unknown][] {
  if (headers === undefined || headers === null) return [];
  if (!isRecord(headers)) throw malformed();
  return Object.entries(headers).filter(([, value]) => value !== null);
}

/**
 * A header that is in both maps has the values of both, those of `multiValueHeaders` first and by the
 * name that it has there; a pair that is in both comes once (documented).
 */
function mergedHeaders(ones: readonly Header[], lists: readonly Header[]): HeaderBag {
  const merged = new Map<string, { name: string; values: string[] }>();
  for (const [name, values] of [...lists, ...ones]) {
    const known = merged.get(name.toLowerCase());
    if (known === undefined) merged.set(name.toLowerCase(), { name, values: [...values] });
    else known.values.push(...values.filter((value) => !known.values.includes(value)));
  }
  const bag = new HeaderBag();
  for (const [lower, { name, values }] of merged) {
    if (lower === 'set-cookie' && values.length > 1) bag.cookies = values;
    else if (values.length > 0) bag.set(name, values.join(', '));
  }
  return bag;
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw malformed();
}

function malformed(cause?: unknown): GatewayError {
  return new GatewayError('DEFAULT_5XX', 'Internal server error', {
    status: 502,
    cause,
    log: 'Execution failed due to configuration error: Malformed Lambda proxy response',
  });
}
