import {
  buildIntegration,
  checkUri,
  type IntegrationSupport,
  integrationOf,
  readContentHandling,
  readPassthrough,
  readTimeout,
} from '../entities/integrations';
import { checkRequestMappings } from '../entities/parameter-mappings';
import { badRequest } from '../errors';
import type { Integration, Method } from '../model';
import type { Operation } from '../operation';
import {
  applyPatch,
  type PatchRule,
  patchNumber,
  readPatchOperations,
  SHORT_PATCH_ERRORS,
  withEntry,
} from '../patch';
import { checkTemplateSizes } from '../quotas';
import { integrationWire } from '../wire';
import { requestedMethod } from './methods';

export const INTEGRATION_PATH =
  '/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration';

function integrationRules(
  method: Method,
  support: IntegrationSupport,
): readonly PatchRule<Integration>[] {
  return [
    {
      path: '/httpMethod',
      ops: ['replace'],
      apply: (integration, value = '') => {
        if (value === '') throw badRequest('Enumeration value for HttpMethod must be non-empty');
        integration.httpMethod = value;
      },
    },
    {
      path: '/uri',
      ops: ['replace'],
      apply: (integration, value) => {
        integration.uri = value;
        checkUri(integration, support);
      },
    },
    {
      path: '/credentials',
      ops: ['replace'],
      apply: (integration, value) => {
        integration.credentials = value;
        checkUri(integration, support);
      },
    },
    {
      path: '/passthroughBehavior',
      ops: ['replace'],
      apply: (integration, value) => {
        integration.passthroughBehavior = readPassthrough(value);
      },
    },
    {
      path: '/contentHandling',
      ops: ['replace'],
      apply: (integration, value) => {
        integration.contentHandling = readContentHandling(value === '' ? undefined : value);
      },
    },
    {
      path: '/timeoutInMillis',
      ops: ['replace'],
      apply: (integration, value) => {
        integration.timeoutInMillis = readTimeout(patchNumber(value, 'timeout'));
      },
    },
    {
      path: '/cacheNamespace',
      ops: ['replace'],
      apply: (integration, value = '') => {
        integration.cacheNamespace = value;
      },
    },
    {
      path: '/requestTemplates/{type}',
      ops: ['add', 'replace', 'remove'],
      apply(integration, value, [type = ''], op) {
        const template = op === 'remove' ? undefined : (value ?? '');
        integration.requestTemplates = withEntry(integration.requestTemplates, type, template);
        checkTemplateSizes(integration.requestTemplates);
      },
    },
    {
      path: '/requestParameters/{name}',
      ops: ['add', 'replace', 'remove'],
      apply(integration, value, [name = ''], op) {
        const source = op === 'remove' ? undefined : (value ?? '');
        const mappings = withEntry(integration.requestParameters, name, source);
        checkRequestMappings(method, mappings);
        integration.requestParameters = mappings;
      },
    },
  ];
}

export const integrationOperations: readonly Operation[] = [
  {
    name: 'PutIntegration',
    route: `PUT ${INTEGRATION_PATH}`,
    status: 201,
    handle(request) {
      const method = requestedMethod(request);
      const owner = { method, resourceId: request.param('resourceId') };
      // In the body, `httpMethod` is the method of the backend; the one in the path is the
      // client's.
      const integration = buildIntegration(owner, request.input, request.support);
      method.integration = integration;
      return integrationWire(integration);
    },
  },
  {
    name: 'GetIntegration',
    route: `GET ${INTEGRATION_PATH}`,
    status: 200,
    handle: (request) => integrationWire(integrationOf(requestedMethod(request))),
  },
  {
    name: 'UpdateIntegration',
    route: `PATCH ${INTEGRATION_PATH}`,
    status: 200,
    handle(request) {
      const method = requestedMethod(request);
      const integration = integrationOf(method);
      const draft = { ...integration };
      const changes = readPatchOperations(request.input, 'UpdateIntegration');
      applyPatch(draft, changes, integrationRules(method, request.support), SHORT_PATCH_ERRORS);
      return integrationWire(Object.assign(integration, draft));
    },
  },
  {
    name: 'DeleteIntegration',
    route: `DELETE ${INTEGRATION_PATH}`,
    status: 204,
    handle(request) {
      const method = requestedMethod(request);
      integrationOf(method);
      method.integration = undefined;
    },
  },
];
