import type { IntegrationType } from '../apigateway/model';
import { Body } from './body';
import { proxyEvent } from './functions/proxy-event';
import { configurationError, GatewayError } from './gateway-error';
import { HeaderBag } from './header-bag';
import type { Invocation } from './invocation';
import { byContentType, type EvaluateMappingTemplate, renderTemplate } from './mapping-template';
import {
  type MappedParameter,
  mapRequestParameters,
  PARAMETER_LOCATIONS,
} from './parameter-mapping';
import { requestPayload } from './payload';

/** The request to the backend. */
export interface IntegrationRequest {
  readonly httpMethod: string;
  /** The URI with placeholders and stage variables filled in; empty for MOCK. */
  readonly uri: string;
  readonly headers: HeaderBag;
  readonly query: readonly (readonly [string, string])[];
  readonly body: Body;
}

const FORBIDDEN = [
  'content-length',
  'transfer-encoding',
  'x-amzn-trace-id',
  'x-amzn-apigateway-api-id',
];
const FORBIDDEN_TO_AWS = [
  ...FORBIDDEN,
  'authorization',
  'connection',
  'expect',
  'proxy-authenticate',
  'te',
];

/** Headers that never leave the gateway, even if a mapping or template sets them (recorded). */
const DROPPED: Readonly<Record<IntegrationType, readonly string[]>> = {
  AWS: ['expect', 'proxy-authenticate', 'te', 'referer'],
  AWS_PROXY: ['expect', 'proxy-authenticate', 'te', 'referer'],
  HTTP: ['connection', 'expect', 'proxy-authenticate', 'te', 'via'],
  HTTP_PROXY: ['connection', 'expect', 'proxy-authenticate', 'te', 'via'],
  MOCK: ['expect', 'proxy-authenticate', 'te'],
};

/**
 * Methods of backends whose requests get no type by themselves (recorded: test_http_integration_method,
 * 2024-07-05), as no request of HTTP integrations without a body does (recorded:
 * test_apigateway_header_remapping_http, 2024-07-17).
 */
const WITHOUT_CONTENT_TYPE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Makes the request to the backend: parameters mapped, body transformed, overrides applied.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-request.html
 * @throws GatewayError 415 for a content type without a template, 500 for a request that cannot be sent
 */
export function buildIntegrationRequest(
  invocation: Invocation,
  evaluate: EvaluateMappingTemplate,
): IntegrationRequest {
  const { integration } = invocation;
  const mapped = mapRequestParameters(invocation);
  checkHeaders(mapped, integration.type);
  if (integration.type === 'AWS_PROXY') return functionRequest(invocation);
  const isProxy = integration.type === 'HTTP_PROXY';
  const body = isProxy ? requestPayload(invocation).body : transformedBody(invocation, evaluate);
  const parts = isProxy ? proxiedParts(invocation) : { headers: new HeaderBag(), query: [] };
  const path = new Map<string, string>();
  place(mapped, parts, path);
  place(overridesOf(invocation), parts, path);
  if (integration.type !== 'HTTP' || body.length > 0) setDefaultType(parts.headers, invocation);
  finishHeaders(parts.headers, invocation);
  return {
    httpMethod: backendMethod(invocation),
    uri: fillUri(integration.uri ?? '', invocation.stageVariables, path),
    headers: parts.headers,
    query: parts.query,
    body,
  };
}

/** Mappings are checked, and have no effect (recorded: test_lambda_aws_proxy_integration_request_data_mapping). */
function functionRequest(invocation: Invocation): IntegrationRequest {
  const { integration, stageVariables } = invocation;
  const headers = new HeaderBag();
  setDefaultType(headers, invocation);
  finishHeaders(headers, invocation);
  return {
    httpMethod: backendMethod(invocation),
    uri: fillUri(integration.uri ?? '', stageVariables),
    headers,
    query: [],
    body: Body.of(JSON.stringify(proxyEvent(invocation))),
  };
}

function backendMethod({ integration, request }: Invocation): string {
  const { httpMethod } = integration;
  return httpMethod === undefined || httpMethod === 'ANY' ? request.httpMethod : httpMethod;
}

/** The body rendered by the template for its content type, or unchanged when passthrough is allowed. */
function transformedBody(invocation: Invocation, evaluate: EvaluateMappingTemplate): Body {
  const { integration, request, context } = invocation;
  const templates = integration.requestTemplates;
  const template = byContentType(templates, request.header('content-type') ?? 'application/json');
  const payload = requestPayload(invocation);
  // An empty template lets the body through, whatever the passthrough behavior.
  if (template === '') return payload.body;
  if (template !== undefined) {
    if (payload.isBinary) {
      throw configurationError('Unable to transform request');
    }
    const rendered = renderTemplate(evaluate, template, payload, invocation);
    context.requestOverride = rendered.requestOverride;
    context.responseOverride = rendered.responseOverride;
    return Body.of(rendered.text);
  }
  const hasTemplates = Object.keys(templates ?? {}).length > 0;
  const { passthroughBehavior } = integration;
  if (
    passthroughBehavior === 'NEVER' ||
    (passthroughBehavior === 'WHEN_NO_TEMPLATES' && hasTemplates)
  ) {
    throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
  }
  return payload.body;
}

interface RequestParts {
  readonly headers: HeaderBag;
  query: (readonly [string, string])[];
}

/** HTTP_PROXY forwards the client's headers and query, and adds mapped parameters. */
function proxiedParts({ request }: Invocation): RequestParts {
  const headers = HeaderBag.copyOf(request.headers);
  headers.delete('host');
  headers.delete('content-encoding');
  const query = [...request.query].flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
  return { headers, query };
}

function place(
  parameters: readonly MappedParameter[],
  parts: RequestParts,
  path: Map<string, string>,
): void {
  for (const { location, name, values } of parameters) {
    const value = values.join(',');
    if (location === 'header') parts.headers.set(name, value);
    else if (location === 'path') path.set(name, value);
    else parts.query = [...parts.query, ...values.map((item) => [name, item] as const)];
  }
}

/** The request template's overrides, which win over parameter mappings. */
function overridesOf({ context }: Invocation): MappedParameter[] {
  const override = context.requestOverride;
  const mapped: MappedParameter[] = [];
  for (const location of PARAMETER_LOCATIONS) {
    for (const [name, value] of Object.entries(override?.[location] ?? {})) {
      const values = Array.isArray(value) ? value : [value];
      mapped.push({ location, name, values: values.map((item) => String(item ?? '')) });
    }
  }
  return mapped;
}

/** Some headers must not be mapped: the call fails, and only the log says why (recorded). */
function checkHeaders(mapped: readonly MappedParameter[], type: IntegrationType): void {
  const forbidden = type === 'AWS' || type === 'AWS_PROXY' ? FORBIDDEN_TO_AWS : FORBIDDEN;
  for (const { location, name } of mapped) {
    if (location === 'header' && forbidden.includes(name.toLowerCase())) {
      throw configurationError(`${name} header already present`);
    }
  }
}

/** The client's, unless another is mapped. */
function setDefaultType(headers: HeaderBag, invocation: Invocation): void {
  const contentType = invocation.request.header('content-type');
  if (contentType !== undefined && !WITHOUT_CONTENT_TYPE.includes(backendMethod(invocation))) {
    headers.setDefault('Content-Type', contentType);
  }
}

function finishHeaders(headers: HeaderBag, invocation: Invocation): void {
  const { integration, apiId, traceId } = invocation;
  for (const name of DROPPED[integration.type]) headers.delete(name);
  headers.setDefault('Accept', 'application/json');
  headers.setDefault('User-Agent', `AmazonAPIGateway_${apiId}`);
  headers.set('X-Amzn-Trace-Id', traceId);
  if (integration.type !== 'AWS') headers.set('X-Amzn-Apigateway-Api-Id', apiId);
}

const NO_PLACEHOLDERS: ReadonlyMap<string, string> = new Map();

/** Fills in `{parameter}` and `${stageVariables.name}`; unknown placeholders stay as they are. */
export function fillUri(
  uri: string,
  stageVariables: Readonly<Record<string, string>>,
  path = NO_PLACEHOLDERS,
): string {
  if (!uri.includes('{')) return uri;
  return uri.replace(/\$\{stageVariables\.(\w+)\}|\{([^{}]+?)\+?\}/g, (whole, variable, name) => {
    if (variable !== undefined) {
      return Object.hasOwn(stageVariables, variable) ? (stageVariables[variable] ?? '') : '';
    }
    return path.get(name) ?? whole;
  });
}
