import {
  buildMethod,
  checkAuthorization,
  checkAuthorizationType,
  checkModelName,
  checkRequestParameters,
  checkValidator,
  deleteMethod,
  methodOf,
  putMethod,
} from '../entities/methods';
import type { Method, RestApi } from '../model';
import type { ControlRequest, Operation } from '../operation';
import {
  applyPatch,
  type PatchRule,
  patchFlag,
  readPatchOperations,
  requireEntry,
  SHORT_PATCH_ERRORS,
  withEntry,
} from '../patch';
import { methodWire } from '../wire';
import { requestedResource } from './resources';
import { apiOf } from './rest-apis';

export const METHOD_PATH = '/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}';

function methodRules(api: RestApi): readonly PatchRule<Method>[] {
  return [
    {
      path: '/apiKeyRequired',
      ops: ['replace'],
      apply: (method, value) => {
        method.apiKeyRequired = patchFlag(value);
      },
    },
    {
      path: '/operationName',
      ops: ['replace'],
      apply: (method, value) => {
        method.operationName = value;
      },
    },
    {
      path: '/authorizationType',
      ops: ['replace'],
      apply: (method, value = '') => {
        method.authorizationType = checkAuthorizationType(value);
      },
    },
    {
      path: '/authorizerId',
      ops: ['replace'],
      apply: (method, value) => {
        method.authorizerId = value;
      },
    },
    {
      path: '/authorizationScopes',
      ops: ['add', 'remove'],
      apply: (method, value = '', _names, op) => {
        const others = (method.authorizationScopes ?? []).filter((scope) => scope !== value);
        method.authorizationScopes = op === 'add' ? [...others, value] : others;
      },
    },
    {
      path: '/requestValidatorId',
      ops: ['replace'],
      apply: (method, value) => {
        method.requestValidatorId = checkValidator(api, value);
      },
    },
    {
      path: '/requestParameters/{name}',
      ops: ['add', 'replace', 'remove'],
      apply(method, value, [name = ''], op) {
        requireEntry(method.requestParameters, name, op, 'Invalid parameter name specified');
        const flag = op === 'remove' ? undefined : patchFlag(value);
        method.requestParameters = checkRequestParameters(
          withEntry(method.requestParameters, name, flag),
        );
      },
    },
    {
      path: '/requestModels/{type}',
      ops: ['add', 'replace', 'remove'],
      apply(method, value, [type = ''], op) {
        requireEntry(method.requestModels, type, op, 'Content-Type specified was not found');
        if (op !== 'remove') checkModelName(api, value ?? '');
        const model = op === 'remove' ? undefined : value;
        method.requestModels = withEntry(method.requestModels, type, model);
      },
    },
  ];
}

export const methodOperations: readonly Operation[] = [
  {
    name: 'PutMethod',
    route: `PUT ${METHOD_PATH}`,
    status: 201,
    handle(request) {
      const resource = requestedResource(request);
      const method = buildMethod(apiOf(request), request.param('httpMethod'), request.input);
      putMethod(resource, method);
      return methodWire(method);
    },
  },
  {
    name: 'GetMethod',
    route: `GET ${METHOD_PATH}`,
    status: 200,
    handle: (request) => methodWire(requestedMethod(request)),
  },
  {
    name: 'UpdateMethod',
    route: `PATCH ${METHOD_PATH}`,
    status: 200,
    handle(request) {
      const method = requestedMethod(request);
      const api = apiOf(request);
      const draft = { ...method };
      const changes = readPatchOperations(request.input);
      applyPatch(draft, changes, methodRules(api), SHORT_PATCH_ERRORS);
      // As a whole: a patch may set the authorizer before or after the type that needs it.
      return methodWire(Object.assign(method, draft, checkAuthorization(api, draft)));
    },
  },
  {
    name: 'DeleteMethod',
    route: `DELETE ${METHOD_PATH}`,
    status: 204,
    handle: (request) => deleteMethod(requestedResource(request), request.param('httpMethod')),
  },
];

export function requestedMethod(request: ControlRequest): Method {
  return methodOf(requestedResource(request), request.param('httpMethod'));
}
