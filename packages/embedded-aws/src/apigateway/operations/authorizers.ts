import {
  authorizerOf,
  checkAuthorizer,
  deleteAuthorizer,
  putAuthorizer,
} from '../entities/authorizers';
import { conflict, notInEnum, unsupported, validationError } from '../errors';
import { isOneOf } from '../is-one-of';
import { AUTHORIZER_TYPES, type Authorizer } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import {
  applyPatch,
  listingPatchErrors,
  type PatchRule,
  patchNumber,
  readPatchOperations,
} from '../patch';
import { apiOf } from './rest-apis';
import { requestedStage } from './stages';

/** Members that a patch replaces, or with an empty value takes away. */
const TEXTS = [
  'authType',
  'authorizerUri',
  'authorizerCredentials',
  'identitySource',
  'identityValidationExpression',
] as const;

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateAuthorizer-Patch */
const RULES: readonly PatchRule<Authorizer>[] = [
  {
    path: '/name',
    ops: ['replace'],
    apply: (authorizer, value = '') => {
      authorizer.name = value;
    },
  },
  {
    path: '/type',
    ops: ['replace'],
    apply: (authorizer, value = '') => {
      if (value === 'JWT') throw unsupported("authorizers of the type 'JWT'");
      if (!isOneOf(AUTHORIZER_TYPES, value)) {
        throw validationError([notInEnum(value, 'type', AUTHORIZER_TYPES)]);
      }
      authorizer.type = value;
    },
  },
  ...TEXTS.map(
    (name): PatchRule<Authorizer> => ({
      path: `/${name}`,
      ops: ['replace'],
      apply: (authorizer, value) => {
        authorizer[name] = value === '' ? undefined : value;
      },
    }),
  ),
  {
    path: '/authorizerResultTtlInSeconds',
    ops: ['replace'],
    apply: (authorizer, value) => {
      authorizer.authorizerResultTtlInSeconds = patchNumber(value, 'authorizer result TTL');
    },
  },
  {
    path: '/providerARNs',
    ops: ['add', 'remove'],
    apply: (authorizer, value = '', _names, op) => {
      const others = (authorizer.providerARNs ?? []).filter((arn) => arn !== value);
      authorizer.providerARNs = op === 'add' ? [...others, value] : others;
    },
  },
];
const ERRORS = listingPatchErrors(RULES.map(({ path }) => path));

const AUTHORIZER_PATH = '/restapis/{restApiId}/authorizers/{authorizerId}';

export const authorizerOperations: readonly Operation[] = [
  {
    name: 'CreateAuthorizer',
    route: 'POST /restapis/{restApiId}/authorizers',
    status: 201,
    handle({ region, param, input }) {
      const api = region.restApis.get(param('restApiId'));
      // Recorded: test_authorizer_crud_no_api, 15-04-2024.
      if (api === undefined) {
        throw conflict(
          'Unable to complete operation due to concurrent modification. Please try again later.',
        );
      }
      return putAuthorizer({ api, region: region.scope.region }, input);
    },
  },
  {
    name: 'GetAuthorizers',
    route: 'GET /restapis/{restApiId}/authorizers',
    status: 200,
    handle(request) {
      const authorizers = [...apiOf(request).authorizers.values()];
      return pageOf(authorizers, request.query, (authorizer) => authorizer);
    },
  },
  {
    name: 'GetAuthorizer',
    route: `GET ${AUTHORIZER_PATH}`,
    status: 200,
    handle: requestedAuthorizer,
  },
  {
    name: 'UpdateAuthorizer',
    route: `PATCH ${AUTHORIZER_PATH}`,
    status: 200,
    handle(request) {
      const authorizer = requestedAuthorizer(request);
      const draft = { ...authorizer };
      const changes = readPatchOperations(request.input);
      applyPatch(draft, changes, RULES, ERRORS);
      // As a whole: a patch may set the members of a type before or after the type.
      checkAuthorizer({ api: apiOf(request), region: request.region.scope.region }, draft);
      return Object.assign(authorizer, draft);
    },
  },
  {
    name: 'DeleteAuthorizer',
    route: `DELETE ${AUTHORIZER_PATH}`,
    status: 202,
    handle(request) {
      const { id } = requestedAuthorizer(request);
      deleteAuthorizer(apiOf(request), id);
    },
  },
  {
    name: 'FlushStageAuthorizersCache',
    route: 'DELETE /restapis/{restApiId}/stages/{stageName}/cache/authorizers',
    status: 202,
    handle(request) {
      const stage = requestedStage(request);
      request.authorizers.flush(apiOf(request), stage);
    },
  },
];

/** An API that is missing is reported as a missing authorizer, as with the other parts of an API. */
export function requestedAuthorizer({ region, param }: ControlRequest): Authorizer {
  return authorizerOf(region.restApis.get(param('restApiId')), param('authorizerId'));
}
