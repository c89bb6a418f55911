import {
  deleteGatewayResponse,
  effectiveGatewayResponse,
  GATEWAY_RESPONSE_TYPES,
  putGatewayResponse,
  readResponseType,
} from '../entities/gateway-responses';
import { badRequest } from '../errors';
import type { GatewayResponse } from '../model';
import type { ControlRequest, Operation } from '../operation';
import {
  applyPatch,
  type PatchErrors,
  type PatchRule,
  readPatchOperations,
  requireEntry,
  SHORT_PATCH_ERRORS,
  withEntry,
} from '../patch';
import { apiOf } from './rest-apis';

const PATH = '/restapis/{restApiId}/gatewayresponses/{responseType}';

/** Other operations are told as other paths (recorded: test_update_gateway_response, 15-04-2024). */
const ERRORS: PatchErrors = { ...SHORT_PATCH_ERRORS, unknownOp: SHORT_PATCH_ERRORS.unknownPath };

const RULES: readonly PatchRule<GatewayResponse>[] = [
  {
    path: '/statusCode',
    ops: ['replace'],
    apply: (response, value) => {
      response.statusCode = value;
    },
  },
  mapRule('responseParameters'),
  mapRule('responseTemplates'),
];

function mapRule(member: 'responseParameters' | 'responseTemplates'): PatchRule<GatewayResponse> {
  return {
    path: `/${member}/{name}`,
    ops: ['add', 'replace', 'remove'],
    apply(response, value, [name = ''], op) {
      requireEntry(response[member], name, op, 'Invalid parameter name specified');
      if (op !== 'remove' && (value ?? '') === '') {
        throw badRequest(`Invalid null or empty value in ${member}`);
      }
      response[member] =
        withEntry(response[member], name, op === 'remove' ? undefined : value) ?? {};
    },
  };
}

export const gatewayResponseOperations: readonly Operation[] = [
  {
    name: 'GetGatewayResponses',
    route: 'GET /restapis/{restApiId}/gatewayresponses',
    status: 200,
    handle(request) {
      const { gatewayResponses } = apiOf(request);
      const types = [...GATEWAY_RESPONSE_TYPES].sort();
      return { item: types.map((type) => effectiveGatewayResponse(gatewayResponses, type)) };
    },
  },
  {
    name: 'GetGatewayResponse',
    route: `GET ${PATH}`,
    status: 200,
    handle: (request) => {
      const type = readResponseType(request.param('responseType'));
      return effectiveGatewayResponse(apiOf(request).gatewayResponses, type);
    },
  },
  {
    name: 'PutGatewayResponse',
    route: `PUT ${PATH}`,
    status: 201,
    handle(request) {
      const type = readResponseType(request.param('responseType'));
      putGatewayResponse(apiOf(request), type, request.input);
      return responseWire(request);
    },
  },
  {
    name: 'UpdateGatewayResponse',
    route: `PATCH ${PATH}`,
    status: 200,
    handle(request) {
      const type = readResponseType(request.param('responseType'));
      const changes = readPatchOperations(request.input);
      const { gatewayResponses } = apiOf(request);
      const { defaultResponse: _default, ...draft } = effectiveGatewayResponse(
        gatewayResponses,
        type,
      );
      applyPatch(draft, changes, RULES, ERRORS);
      gatewayResponses.set(type, draft);
      return responseWire(request);
    },
  },
  {
    name: 'DeleteGatewayResponse',
    route: `DELETE ${PATH}`,
    status: 202,
    handle(request) {
      const type = readResponseType(request.param('responseType'));
      deleteGatewayResponse(apiOf(request), type);
    },
  },
];

function responseWire(request: ControlRequest) {
  const type = readResponseType(request.param('responseType'));
  return effectiveGatewayResponse(apiOf(request).gatewayResponses, type);
}
