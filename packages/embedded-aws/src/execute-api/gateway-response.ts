import {
  defaultStatusOf,
  type EffectiveGatewayResponse,
  effectiveGatewayResponse,
  type GatewayResponseType,
} from '../apigateway/entities/gateway-responses';
import type { ApiDefinition, TextMap } from '../apigateway/model';
import { Body } from './body';
import type { ContextVariables } from './context';
import { contextText } from './context-lookup';
import type { GatewayError } from './gateway-error';
import { HeaderBag } from './header-bag';
import type { MethodAnswer } from './integration-response';
import { mediaType } from './mapping-template';
import type { MethodRequest } from './method-request';

/** The values that a gateway response's templates and headers may read. */
export interface GatewayResponseSources {
  readonly definition: Pick<ApiDefinition, 'gatewayResponses'>;
  readonly context: ContextVariables;
  readonly stageVariables: TextMap;
  readonly request: MethodRequest;
}

/**
 * The control API takes responses of this type, and they have no effect, neither its own nor those of
 * `DEFAULT_4XX`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const CANNOT_BE_CUSTOMIZED: readonly GatewayResponseType[] = ['REQUEST_TOO_LARGE'];

const NOT_CUSTOMIZED: ApiDefinition['gatewayResponses'] = new Map();

/**
 * The gateway's own answer, as the API customizes it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function renderGatewayResponse(
  error: GatewayError,
  sources: GatewayResponseSources,
): MethodAnswer {
  const { definition, context, request } = sources;
  const customized = CANNOT_BE_CUSTOMIZED.includes(error.responseType)
    ? NOT_CUSTOMIZED
    : definition.gatewayResponses;
  const response = effectiveGatewayResponse(customized, error.responseType);
  context.error = {
    ...(!error.hasNoMessage && { message: error.message }),
    messageString: messageString(error),
    responseType: error.responseType,
    // In a JSON text, so that templates can put it between quotes. Inferred: AWS's examples do.
    validationErrorString: JSON.stringify(error.validationErrorString ?? '').slice(1, -1),
  };
  const [type, template] = selectTemplate(response, request.header('accept'));
  const headers = new HeaderBag([['Content-Type', type]]);
  for (const [target, source] of Object.entries(response.responseParameters)) {
    const value = readSource(source, sources);
    const name = target.replace(/^gatewayresponse\.header\./, '');
    if (value !== '' && name.toLowerCase() !== 'x-amzn-trace-id') headers.set(name, value);
  }
  const body = plainBody(error, response) ?? substitute(template, sources);
  const status = Number(statusOf(error, response) ?? 500);
  return { status, headers, body: Body.of(body) };
}

/** A failure has its own status where it is not that of its type, until the API sets one (recorded). */
function statusOf(
  { responseType, status }: GatewayError,
  { statusCode }: EffectiveGatewayResponse,
): number | string | undefined {
  const isCustomized = statusCode !== defaultStatusOf(responseType);
  return isCustomized ? statusCode : (status ?? statusCode);
}

/** Failures before a method runs: routing, authorization, keys, throttling, size. */
const BEFORE_THE_METHOD: readonly GatewayResponseType[] = [
  'ACCESS_DENIED',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'EXPIRED_TOKEN',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'THROTTLED',
  'UNAUTHORIZED',
  'WAF_FILTERED',
];

/**
 * AWS's body where the API does not customize it, which differs from the default template: refusals of
 * policies spell `Message`, and failures within a method have a blank after the colon
 * (`{"message": "Internal server error"}` is recorded as 36 bytes).
 */
function plainBody(error: GatewayError, response: EffectiveGatewayResponse): string | undefined {
  const template = Object.values(response.responseTemplates)[0];
  if (!response.defaultResponse || template !== '{"message":$context.error.messageString}') {
    return undefined;
  }
  if (error.responseType === 'ACCESS_DENIED') return JSON.stringify({ Message: error.message });
  const blank = BEFORE_THE_METHOD.includes(error.responseType) ? '' : ' ';
  return `{"message":${blank}${messageString(error)}}`;
}

const messageString = ({ message, hasNoMessage }: GatewayError): string =>
  hasNoMessage ? 'null' : JSON.stringify(message);

function selectTemplate(
  { responseTemplates }: EffectiveGatewayResponse,
  accept: string | undefined,
): readonly [string, string] {
  const templates = Object.entries(responseTemplates);
  for (const type of [...(accept ?? '').split(',').map(mediaType), 'application/json']) {
    const found = templates.find(([key]) => key === type);
    if (found !== undefined) return found;
  }
  return templates[0] ?? ['application/json', ''];
}

const REFERENCE =
  /\$\{((?:context|stageVariables|method)\.[\w.-]*\w)\}|\$((?:context|stageVariables|method)\.[\w.-]*\w)/g;

/** Gateway responses only substitute variables; Velocity's directives are not evaluated in them. */
function substitute(template: string, sources: GatewayResponseSources): string {
  return template.replace(REFERENCE, (_match, braced?: string, bare?: string) =>
    readSource(braced ?? bare ?? '', sources),
  );
}

function readSource(source: string, sources: GatewayResponseSources): string {
  if (source.startsWith("'")) return source.replace(/^'|'$/g, '');
  const [root, ...rest] = source.split('.');
  const name = rest.join('.');
  if (root === 'stageVariables') return own(sources.stageVariables, name);
  if (root === 'context') return contextText(sources.context, name) ?? '';
  const [, location = '', ...parameter] = rest;
  return requestValue(sources.request, location, parameter.join('.'));
}

function requestValue(request: MethodRequest, location: string, name: string): string {
  if (location === 'header') return request.headers.get(name) ?? '';
  if (location === 'querystring') return request.query.get(name)?.at(-1) ?? '';
  return location === 'path' ? own(request.pathParameters, name) : '';
}

function own(map: TextMap, name: string): string {
  return Object.hasOwn(map, name) ? (map[name] ?? '') : '';
}
