import { compileBodyPath } from '../body-path';
import { mappingError } from '../errors';
import type { IntegrationResponse, Method, TextMap } from '../model';

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
    const declared = DECLARED.exec(source);
    if (declared !== null) {
      const [, location = '', name = ''] = declared;
      const parameter = `method.request.${location.replace('multivalue', '')}.${name}`;
      if (Object.hasOwn(method.requestParameters ?? {}, parameter)) continue;
      throw mappingError(`Invalid mapping expression parameter specified: ${source}`);
    }
    if (!UNDECLARED_REQUEST.test(source)) {
      throw mappingError(`Invalid mapping expression specified: ${source}`);
    }
    checkPath(source);
  }
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

/** A response may only set headers that the method response for its status declares. */
export function checkResponseMappings(method: Method, response: IntegrationResponse): void {
  const declared = method.methodResponses.get(response.statusCode)?.responseParameters ?? {};
  for (const [target, source] of Object.entries(response.responseParameters ?? {})) {
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
