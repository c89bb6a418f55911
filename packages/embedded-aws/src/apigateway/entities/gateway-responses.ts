import { notFound, notInEnum, validationError } from '../errors';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import type { GatewayResponse, RestApi } from '../model';

/** The default status of each response type; the two DEFAULT types have none. */
const GATEWAY_RESPONSE_STATUS = {
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  MISSING_AUTHENTICATION_TOKEN: '403',
  BAD_REQUEST_BODY: '400',
  INVALID_SIGNATURE: '403',
  INVALID_API_KEY: '403',
  BAD_REQUEST_PARAMETERS: '400',
  AUTHORIZER_FAILURE: '500',
  UNAUTHORIZED: '401',
  INTEGRATION_TIMEOUT: '504',
  ACCESS_DENIED: '403',
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  WAF_FILTERED: '403',
  QUOTA_EXCEEDED: '429',
  THROTTLED: '429',
  API_CONFIGURATION_ERROR: '500',
  UNSUPPORTED_MEDIA_TYPE: '415',
  INTEGRATION_FAILURE: '504',
  EXPIRED_TOKEN: '403',
} as const;
export type GatewayResponseType = keyof typeof GATEWAY_RESPONSE_STATUS;

export const GATEWAY_RESPONSE_TYPES = Object.keys(GATEWAY_RESPONSE_STATUS) as GatewayResponseType[];

/** AWS's status of a response type. */
export const defaultStatusOf = (type: GatewayResponseType): string | undefined =>
  GATEWAY_RESPONSE_STATUS[type];

const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

export function readResponseType(type: string): GatewayResponseType {
  if (isOneOf(GATEWAY_RESPONSE_TYPES, type)) return type;
  throw validationError([notInEnum(type, 'responseType', GATEWAY_RESPONSE_TYPES)]);
}

/** The response in effect, and whether it is AWS's default. */
export interface EffectiveGatewayResponse extends GatewayResponse {
  readonly defaultResponse: boolean;
}

/**
 * The response of a type: its own, or else the customized DEFAULT of its class, or else AWS's. A
 * customized DEFAULT_5XX also sets the status of the types in its class (recorded).
 */
export function effectiveGatewayResponse(
  customized: ReadonlyMap<string, GatewayResponse>,
  type: GatewayResponseType,
): EffectiveGatewayResponse {
  const own = customized.get(type);
  if (own !== undefined) return { ...own, defaultResponse: false };
  const status = GATEWAY_RESPONSE_STATUS[type];
  const fallback = customized.get(status?.startsWith('5') ? 'DEFAULT_5XX' : 'DEFAULT_4XX');
  return {
    responseType: type,
    statusCode: (status && fallback?.statusCode) ?? status,
    responseParameters: (status && fallback?.responseParameters) ?? {},
    responseTemplates: (status && fallback?.responseTemplates) ?? DEFAULT_TEMPLATES,
    defaultResponse: true,
  };
}

/**
 * Customizes one type. Members that the input omits get AWS's default, not their previous value.
 */
export function putGatewayResponse(
  api: RestApi,
  type: GatewayResponseType,
  input: Members,
): GatewayResponse {
  const templates = input.textMap('responseTemplates');
  const response: GatewayResponse = {
    responseType: type,
    statusCode: input.text('statusCode') ?? GATEWAY_RESPONSE_STATUS[type],
    responseParameters: input.textMap('responseParameters') ?? {},
    responseTemplates:
      templates === undefined || Object.keys(templates).length === 0
        ? DEFAULT_TEMPLATES
        : templates,
  };
  api.gatewayResponses.set(type, response);
  return response;
}

export function deleteGatewayResponse(api: RestApi, type: GatewayResponseType): void {
  if (!api.gatewayResponses.delete(type)) {
    throw notFound('Gateway response type not defined on api');
  }
}
