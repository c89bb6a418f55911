import {
  buildIntegrationResponse,
  checkPattern,
  integrationResponseOf,
} from '../entities/integration-responses';
import { integrationOf, readContentHandling } from '../entities/integrations';
import { methodOf } from '../entities/methods';
import { checkResponseMappings } from '../entities/parameter-mappings';
import { notFound } from '../errors';
import { isOneOf } from '../is-one-of';
import { HTTP_METHODS, type Integration, type IntegrationResponse, type Method } from '../model';
import type { ControlRequest, Operation } from '../operation';
import {
  applyPatch,
  type PatchRule,
  readPatchOperations,
  requireEntry,
  SHORT_PATCH_ERRORS,
  withEntry,
} from '../patch';
import { checkTemplateSizes } from '../quotas';
import { integrationResponseWire } from '../wire';
import { INTEGRATION_PATH } from './integrations';
import { requestedMethod } from './methods';
import { requestedResource } from './resources';

function responseRules(method: Method): readonly PatchRule<IntegrationResponse>[] {
  return [
    {
      path: '/selectionPattern',
      ops: ['replace'],
      apply: (response, value) => {
        checkPattern(value);
        response.selectionPattern = value;
      },
    },
    {
      path: '/contentHandling',
      ops: ['replace'],
      apply: (response, value) => {
        response.contentHandling = readContentHandling(value === '' ? undefined : value);
      },
    },
    {
      path: '/responseTemplates/{type}',
      ops: ['add', 'replace', 'remove'],
      apply(response, value, [type = ''], op) {
        requireEntry(response.responseTemplates, type, op, 'Content-Type specified was not found');
        const template = op === 'remove' ? undefined : (value ?? '');
        response.responseTemplates = withEntry(response.responseTemplates, type, template);
        checkTemplateSizes(response.responseTemplates);
      },
    },
    {
      path: '/responseParameters/{name}',
      ops: ['add', 'replace', 'remove'],
      apply(response, value, [name = ''], op) {
        requireEntry(response.responseParameters, name, op, 'Invalid parameter name specified');
        const source = op === 'remove' ? undefined : (value ?? '');
        response.responseParameters = withEntry(response.responseParameters, name, source);
        checkResponseMappings(method, response);
      },
    },
  ];
}

export const integrationResponseOperations: readonly Operation[] = [
  {
    name: 'PutIntegrationResponse',
    route: `PUT ${INTEGRATION_PATH}/responses/{statusCode}`,
    status: 201,
    handle(request) {
      const method = requestedMethod(request);
      const integration = integrationOf(method);
      const response = buildIntegrationResponse(method, request.param('statusCode'), request.input);
      integration.integrationResponses.set(response.statusCode, response);
      return integrationResponseWire(response);
    },
  },
  {
    name: 'GetIntegrationResponse',
    route: `GET ${INTEGRATION_PATH}/responses/{statusCode}`,
    status: 200,
    handle(request) {
      const integration = integrationOf(requestedMethod(request));
      return integrationResponseWire(
        integrationResponseOf(integration, request.param('statusCode')),
      );
    },
  },
  {
    name: 'UpdateIntegrationResponse',
    route: `PATCH ${INTEGRATION_PATH}/responses/{statusCode}`,
    status: 200,
    handle(request) {
      const method = requestedMethod(request);
      const response = integrationResponseOf(integrationOf(method), request.param('statusCode'));
      const draft = { ...response };
      const changes = readPatchOperations(request.input);
      applyPatch(draft, changes, responseRules(method), SHORT_PATCH_ERRORS);
      return integrationResponseWire(Object.assign(response, draft));
    },
  },
  {
    name: 'DeleteIntegrationResponse',
    route: `DELETE ${INTEGRATION_PATH}/responses/{statusCode}`,
    status: 204,
    handle(request) {
      const integration = integrationToDelete(request);
      const { statusCode } = integrationResponseOf(integration, request.param('statusCode'));
      integration.integrationResponses.delete(statusCode);
    },
  },
];

/**
 * If the method does not exist, the error on deletion names the integration, not the method
 * (recorded).
 */
function integrationToDelete(request: ControlRequest): Integration {
  const resource = requestedResource(request);
  const httpMethod = request.param('httpMethod');
  if (!isOneOf(HTTP_METHODS, httpMethod) || !resource.methods.has(httpMethod)) {
    throw notFound('Invalid Integration identifier specified');
  }
  return integrationOf(methodOf(resource, httpMethod));
}
