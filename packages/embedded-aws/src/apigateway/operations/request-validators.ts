import {
  createRequestValidator,
  deleteRequestValidator,
  requestValidatorOf,
} from '../entities/request-validators';
import { badRequest } from '../errors';
import type { RequestValidator } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import {
  applyPatch,
  listingPatchErrors,
  type PatchRule,
  patchFlag,
  readPatchOperations,
} from '../patch';
import { apiOf } from './rest-apis';

const RULES: readonly PatchRule<RequestValidator>[] = [
  {
    path: '/name',
    ops: ['replace'],
    apply: (validator, value = '') => {
      if (value === '') throw badRequest('Request Validator name cannot be blank');
      validator.name = value;
    },
  },
  {
    path: '/validateRequestParameters',
    ops: ['replace'],
    apply: (validator, value) => {
      validator.validateRequestParameters = patchFlag(value);
    },
  },
  {
    path: '/validateRequestBody',
    ops: ['replace'],
    apply: (validator, value) => {
      validator.validateRequestBody = patchFlag(value);
    },
  },
];
const ERRORS = listingPatchErrors(RULES.map(({ path }) => path));

export const requestValidatorOperations: readonly Operation[] = [
  {
    name: 'CreateRequestValidator',
    route: 'POST /restapis/{restApiId}/requestvalidators',
    status: 201,
    handle({ region, param, input }) {
      const api = region.restApis.get(param('restApiId'));
      if (api === undefined) throw badRequest('Invalid REST API identifier specified');
      return createRequestValidator(api, input);
    },
  },
  {
    name: 'GetRequestValidators',
    route: 'GET /restapis/{restApiId}/requestvalidators',
    status: 200,
    handle(request) {
      const validators = [...apiOf(request).requestValidators.values()];
      return pageOf(validators, request.query, (validator) => validator);
    },
  },
  {
    name: 'GetRequestValidator',
    route: 'GET /restapis/{restApiId}/requestvalidators/{requestValidatorId}',
    status: 200,
    handle: requestedValidator,
  },
  {
    name: 'UpdateRequestValidator',
    route: 'PATCH /restapis/{restApiId}/requestvalidators/{requestValidatorId}',
    status: 200,
    handle(request) {
      const validator = requestedValidator(request);
      const draft = { ...validator };
      const changes = readPatchOperations(request.input);
      applyPatch(draft, changes, RULES, ERRORS);
      return Object.assign(validator, draft);
    },
  },
  {
    name: 'DeleteRequestValidator',
    route: 'DELETE /restapis/{restApiId}/requestvalidators/{requestValidatorId}',
    status: 202,
    handle(request) {
      const { id } = requestedValidator(request);
      deleteRequestValidator(apiOf(request), id);
    },
  },
];

function requestedValidator({ region, param }: ControlRequest): RequestValidator {
  return requestValidatorOf(region.restApis.get(param('restApiId')), param('requestValidatorId'));
}
