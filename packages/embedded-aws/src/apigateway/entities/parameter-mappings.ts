import { compileBodyPath } from '../body-path';
import { mappingError } from '../errors';
import type { Integration, IntegrationResponse, Method, TextMap } from '../model';

const REQUEST_TARGET = /^integration\.request\.(?:header|querystring|path)\.[^.].*$/;
const DECLARED =
  /^method\.request\.(path|querystring|multivaluequerystring|header|multivalueheader)\.(.+)$/s;
const UNDECLARED_REQUEST =
  /^(?:method\.request\.body(?:\..+|\[.+)?|context\..+|stageVariables\..+|'.*')$/s;

/** Mappings may read declared parameters, the body, the context, stage variables and constants. */
export function checkRequestMappings(method: Method, mappings: TextMap | undefined): void {
  for (const [target, source] of Object.entries(mappings ?? {})) {
    if (!REQUEST_TARGET.test(target)) {
      throw mappingError(`Invalid mapping expression specified: ${target}`);
    }
    if (DECLARED.test(source)) {
      if (isDeclared(method, source)) continue;
      throw mappingError(`Invalid mapping expression parameter specified: ${source}`);
    }
    if (!UNDECLARED_REQUEST.test(source)) {
      throw mappingError(`Invalid mapping expression specified: ${source}`);
    }
    checkPath(source);
  }
}

/** Returns true if a method declares the parameter that an expression reads. */
function isDeclared(method: Method, source: string): boolean {
  const [, location = '', name = ''] = DECLARED.exec(source) ?? [];
  const parameter = `method.request.${location.replace('multivalue', '')}.${name}`;
  return Object.hasOwn(method.requestParameters ?? {}, parameter);
}

/**
 * Returns true for a parameter that the method declares or the integration maps: only these can be
 * keys of a cache.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
export function isCacheKey(
  method: Method,
  { requestParameters }: Pick<Integration, 'requestParameters'>,
  name: string,
): boolean {
  return isDeclared(method, name) || Object.hasOwn(requestParameters ?? {}, name);
}

/** @throws AwsError BadRequestException for a cache key that is not declared; the text is inferred */
export function checkCacheKeys(method: Method, integration: Integration): void {
  const wrong = integration.cacheKeyParameters.find((key) => !isCacheKey(method, integration, key));
  if (wrong === undefined) return;
  throw mappingError(`Invalid mapping expression parameter specified: ${wrong}`);
}

/** The data plane must be able to evaluate a path into a body or the context. */
function checkPath(source: string): void {
  const path = /^(?:(?:method\.request|integration\.response)\.body|context)([.[].*)$/s.exec(
    source,
  );
  if (path?.[1] !== undefined) compileBodyPath(path[1]);
}

const RESPONSE_TARGET = /^method\.response\.header\.[^.].*$/;
const RESPONSE_SOURCE =
  /^(?:integration\.response\.(?:header|multivalueheader)\..+|integration\.response\.body(?:\..+|\[.+)?|context\..+|stageVariables\..+|'.*')$/s;

/**
 * A response may only set headers that the method response for its status declares. AWS's text for a
 * status without one is from reports: https://github.com/hashicorp/terraform-provider-aws/issues/4001
 */
export function checkResponseMappings(method: Method, response: IntegrationResponse): void {
  const mappings = Object.entries(response.responseParameters ?? {});
  const methodResponse = method.methodResponses.get(response.statusCode);
  if (mappings.length > 0 && methodResponse === undefined) {
    throw mappingError('No method response exists for method.');
  }
  const declared = methodResponse?.responseParameters ?? {};
  for (const [target, source] of mappings) {
    if (!RESPONSE_TARGET.test(target)) {
      throw mappingError(`Invalid mapping expression specified: ${target}`);
    }
    if (!Object.hasOwn(declared, target)) {
      throw mappingError(`Invalid mapping expression parameter specified: ${target}`);
    }
    if (!RESPONSE_SOURCE.test(source)) {
      throw mappingError(`Invalid mapping expression specified: ${source}`);
    }
    checkPath(source);
  }
}
