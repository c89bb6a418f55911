import type { Integration, IntegrationResponse } from '../apigateway/model';
import { remember } from '../core/remember';
import { matches } from '../java-regex/operations';
import { Body } from './body';
import { requireInvoked } from './functions/failure';
import { errorMessageOf } from './functions/invoke';
import { proxyAnswer } from './functions/proxy-answer';
import { configurationError } from './gateway-error';
import { HeaderBag } from './header-bag';
import type { EndpointResponse } from './integrations';
import type { Invocation } from './invocation';
import { type EvaluateMappingTemplate, mediaType, renderTemplate } from './mapping-template';
import { mapResponseHeaders } from './parameter-mapping';
import { firstAccepted, isBinaryType, responsePayload } from './payload';

/** The answer to the client, before the gateway adds its headers. */
export interface MethodAnswer {
  readonly status: number;
  readonly headers: HeaderBag;
  readonly body: Body;
}

/**
 * Turns the backend's answer into the client's: picks the integration response by status, maps
 * headers, renders the body, applies overrides.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 */
export function buildMethodAnswer(
  endpoint: EndpointResponse,
  invocation: Invocation,
  evaluate: EvaluateMappingTemplate,
): MethodAnswer {
  const { integration, method, context, request, definition } = invocation;
  if (integration.type === 'HTTP_PROXY') return proxied(endpoint, invocation);
  if (integration.type === 'AWS_PROXY') return proxyAnswer(endpoint, invocation);
  const response = selectResponse(integration, endpoint, selectorOf(integration, endpoint));
  if (!method.methodResponses.has(response.statusCode)) {
    throw configurationError(
      `Output mapping refers to an invalid method response: ${response.statusCode}`,
    );
  }
  const accept = request.header('accept');
  const payload = responsePayload(
    endpoint.body,
    endpoint.headers.get('content-type'),
    accept,
    response.contentHandling,
    definition,
  );
  const headers = new HeaderBag(
    mapResponseHeaders(response.responseParameters, {
      invocation,
      headers: endpoint.headers,
      text: () => payload.text(),
    }),
  );
  const [type, template] = selectTemplate(response, accept);
  // An empty template is none: the body passes through.
  if (template === undefined || template === '') {
    return finish(Number(response.statusCode), headers, payload.body, invocation);
  }
  if (payload.isBinary) {
    throw configurationError('Unable to transform response');
  }
  const rendered = renderTemplate(evaluate, template, payload, invocation);
  context.responseOverride = rendered.responseOverride;
  headers.setDefault('Content-Type', type);
  return finish(Number(response.statusCode), headers, Body.of(rendered.text), invocation);
}

/** The backend's answer as it comes; bytes only where either side names a binary type. */
function proxied(endpoint: EndpointResponse, { request, definition }: Invocation): MethodAnswer {
  const types = [endpoint.headers.get('content-type'), firstAccepted(request.header('accept'))];
  if (types.some((type) => isBinaryType(type, definition))) return endpoint;
  return { ...endpoint, body: endpoint.body.asUtf8() };
}

/** The gateway writes it. */
const TRACE_HEADER = 'x-amzn-trace-id';

/** Overrides may come from the request template as well; an invalid status is ignored. */
function finish(
  status: number,
  headers: HeaderBag,
  body: Body,
  { context }: Invocation,
): MethodAnswer {
  // Only a proxied backend's own trace reaches the client (recorded: test_http_integration_with_lambda, 2024-08-07).
  headers.delete(TRACE_HEADER);
  const override = context.responseOverride;
  for (const [name, value] of Object.entries(override?.header ?? {})) {
    if (name.toLowerCase() !== TRACE_HEADER) headers.set(name, String(value ?? ''));
  }
  const overridden = override?.status;
  const isStatus =
    typeof overridden === 'number' &&
    Number.isInteger(overridden) &&
    overridden >= 100 &&
    overridden <= 599;
  return { status: isStatus ? overridden : status, headers, body };
}

const CALLS_FUNCTION = /:lambda:path\//;

/**
 * The text that patterns are matched with: the status or, of a Lambda function, the message of its error.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
function selectorOf({ uri = '' }: Integration, endpoint: EndpointResponse): string | undefined {
  if (!CALLS_FUNCTION.test(uri)) return String(endpoint.status);
  requireInvoked(endpoint);
  const failed = endpoint.headers.has('x-amz-function-error');
  return failed ? errorMessageOf(endpoint.body.text) : undefined;
}

/** By pattern, the statuses that it has been matched with: there are few. */
const statusTests = remember(1_000, (pattern: string) =>
  remember(600, (status: string) => matches(status, pattern)),
);

function selects(pattern: string, selector: string): boolean {
  return /^\d{3}$/.test(selector) ? statusTests(pattern)(selector) : matches(selector, pattern);
}

/**
 * The first response whose pattern, of Java's kind, matches the whole text, else the one without.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
function selectResponse(
  { integrationResponses }: Integration,
  { status }: EndpointResponse,
  selector: string | undefined,
): IntegrationResponse {
  let selected: IntegrationResponse | undefined;
  for (const response of integrationResponses.values()) {
    const { selectionPattern = '' } = response;
    if (selectionPattern === '') selected ??= response;
    else if (selector !== undefined && selects(selectionPattern, selector)) return response;
  }
  if (selected !== undefined) return selected;
  throw configurationError(
    `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${status}`,
  );
}

/** The template that the client accepts, else the JSON one, else the first there is. */
function selectTemplate(
  { responseTemplates }: IntegrationResponse,
  accept: string | undefined,
): readonly [string, string | undefined] {
  const templates = Object.entries(responseTemplates ?? {});
  const first = templates[0];
  if (first === undefined) return ['application/json', undefined];
  const accepted = (accept ?? 'application/json').split(',').map(mediaType);
  for (const type of [...accepted, 'application/json']) {
    const found = templates.find(([key]) => key === type);
    if (found !== undefined) return found;
  }
  return first;
}
