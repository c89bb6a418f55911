import { checkTarget, type IntegrationSupport } from '../entities/integration-target';
import {
  buildIntegration,
  integrationOf,
  readBackendMethod,
  readConnectionType,
  readContentHandling,
  readPassthrough,
  readTimeout,
} from '../entities/integrations';
import { checkRequestMappings, isCacheKey } from '../entities/parameter-mappings';
import { notFound, unsupported } from '../errors';
import type { Integration, Method } from '../model';
import type { Operation } from '../operation';
import {
  applyPatch,
  type PatchRule,
  patchFlag,
  patchNumber,
  readPatchOperations,
  requireEntry,
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
      apply: (integration, value) => {
        integration.httpMethod = readBackendMethod(value);
      },
    },
    {
      path: '/uri',
      ops: ['replace'],
      apply: (integration, value) => {
        integration.uri = value;
        checkTarget(integration, support);
      },
    },
    {
      path: '/credentials',
      ops: ['replace'],
      apply: (integration, value) => {
        integration.credentials = value || undefined;
        checkTarget(integration, support);
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
      path: '/cacheKeyParameters/{name}',
      ops: ['add', 'replace', 'remove'],
      apply(integration, _value, [name = ''], op) {
        const keys = integration.cacheKeyParameters;
        const isThere = keys.includes(name);
        // AWS's text for one that is not declared: https://github.com/serverless/serverless/issues/1806
        if (op === 'remove' ? !isThere : !isCacheKey(method, integration, name)) {
          throw notFound('Invalid parameter name specified');
        }
        const others = keys.filter((key) => key !== name);
        integration.cacheKeyParameters = op === 'remove' ? others : [...others, name];
      },
    },
    {
      path: '/connectionType',
      ops: ['replace'],
      apply(integration, value) {
        integration.connectionType = readConnectionType(integration.type, value);
      },
    },
    {
      path: '/connectionId',
      ops: ['replace'],
      apply(_integration, value) {
        if ((value ?? '') !== '') throw unsupported("the connection type 'VPC_LINK'");
      },
    },
    {
      path: '/tlsConfig/insecureSkipVerification',
      ops: ['replace'],
      apply(_integration, value) {
        if (patchFlag(value)) throw unsupported("'insecureSkipVerification' of an integration");
      },
    },
    {
      path: '/responseTransferMode',
      ops: ['replace'],
      apply(_integration, value) {
        if (value !== 'BUFFERED') throw unsupported(`the response transfer mode '${value}'`);
      },
    },
    {
      path: '/requestTemplates/{type}',
      ops: ['add', 'replace', 'remove'],
      apply(integration, value, [type = ''], op) {
        requireEntry(
          integration.requestTemplates,
          type,
          op,
          'Content-Type specified was not found',
        );
        const template = op === 'remove' ? undefined : (value ?? '');
        integration.requestTemplates = withEntry(integration.requestTemplates, type, template);
        checkTemplateSizes(integration.requestTemplates);
      },
    },
    {
      path: '/requestParameters/{name}',
      ops: ['add', 'replace', 'remove'],
      apply(integration, value, [name = ''], op) {
        requireEntry(integration.requestParameters, name, op, 'Invalid parameter name specified');
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
      const changes = readPatchOperations(request.input);
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
