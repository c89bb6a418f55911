import {
  buildMethodResponse,
  checkModelName,
  checkResponseParameters,
  checkStatusCode,
  methodResponseOf,
  putMethodResponse,
} from '../entities/methods';
import type { MethodResponse, RestApi } from '../model';
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
import { methodResponseWire } from '../wire';
import { METHOD_PATH, requestedMethod } from './methods';
import { apiOf } from './rest-apis';

function methodResponseRules(api: RestApi): readonly PatchRule<MethodResponse>[] {
  return [
    {
      path: '/responseParameters/{name}',
      ops: ['add', 'replace', 'remove'],
      apply(response, value, [name = ''], op) {
        requireEntry(response.responseParameters, name, op, 'Invalid parameter name specified');
        const flag = op === 'remove' ? undefined : patchFlag(value);
        const parameters = withEntry(response.responseParameters, name, flag);
        checkResponseParameters(parameters);
        response.responseParameters = parameters;
      },
    },
    {
      path: '/responseModels/{type}',
      ops: ['add', 'replace', 'remove'],
      apply(response, value, [type = ''], op) {
        requireEntry(response.responseModels, type, op, 'Content-Type specified was not found');
        if (op !== 'remove') checkModelName(api, value ?? '');
        const model = op === 'remove' ? undefined : value;
        response.responseModels = withEntry(response.responseModels, type, model);
      },
    },
  ];
}

export const methodResponseOperations: readonly Operation[] = [
  {
    name: 'PutMethodResponse',
    route: `PUT ${METHOD_PATH}/responses/{statusCode}`,
    status: 201,
    handle(request) {
      const method = requestedMethod(request);
      const response = buildMethodResponse(
        apiOf(request),
        request.param('statusCode'),
        request.input,
      );
      putMethodResponse(method, response);
      return methodResponseWire(response);
    },
  },
  {
    name: 'GetMethodResponse',
    route: `GET ${METHOD_PATH}/responses/{statusCode}`,
    status: 200,
    handle: (request) => methodResponseWire(requestedResponse(request)),
  },
  {
    name: 'UpdateMethodResponse',
    route: `PATCH ${METHOD_PATH}/responses/{statusCode}`,
    status: 201,
    handle(request) {
      const changes = readPatchOperations(request.input);
      const response = requestedResponse(request);
      const draft = { ...response };
      applyPatch(draft, changes, methodResponseRules(apiOf(request)), SHORT_PATCH_ERRORS);
      return methodResponseWire(Object.assign(response, draft));
    },
  },
  {
    name: 'DeleteMethodResponse',
    route: `DELETE ${METHOD_PATH}/responses/{statusCode}`,
    status: 204,
    handle(request) {
      const { statusCode } = requestedResponse(request);
      requestedMethod(request).methodResponses.delete(statusCode);
    },
  },
];

function requestedResponse(request: ControlRequest): MethodResponse {
  const method = requestedMethod(request);
  return methodResponseOf(method, checkStatusCode(request.param('statusCode')));
}
