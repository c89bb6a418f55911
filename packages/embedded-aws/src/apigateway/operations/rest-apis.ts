import {
  checkEndpoints,
  checkMigration,
  noType,
  severalTypes,
  withType,
  withVpcEndpoints,
} from '../entities/endpoint-configuration';
import {
  checkApiKeySource,
  checkCompressionSize,
  createRestApi,
  deleteRestApi,
  readRestApiSettings,
} from '../entities/rest-apis';
import { readTagMap } from '../entities/tags';
import { badRequest, unsupported } from '../errors';
import { isOneOf } from '../is-one-of';
import { ENDPOINT_TYPES, IP_ADDRESS_TYPES, type IpAddressType, type RestApi } from '../model';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import {
  applyPatch,
  type PatchRule,
  patchFlag,
  readPatchOperations,
  SHORT_PATCH_ERRORS,
} from '../patch';
import { checkPolicy } from '../resource-policy';
import { restApiWire } from '../wire';
import { type ImportedApi, importRestApi, putRestApi } from './import';

const RULES: readonly PatchRule<RestApi>[] = [
  {
    path: '/name',
    ops: ['replace'],
    apply(api, value) {
      if ((value ?? '') === '') throw badRequest('Name cannot be empty.');
      api.name = value ?? '';
    },
  },
  {
    path: '/description',
    ops: ['replace', 'remove'],
    apply: (api, value) => {
      api.description = value;
    },
  },
  {
    path: '/version',
    ops: ['replace'],
    apply: (api, value) => {
      api.version = value;
    },
  },
  {
    path: '/policy',
    ops: ['replace'],
    apply: (api, value) => {
      api.policy = checkPolicy(value);
    },
  },
  {
    path: '/disableExecuteApiEndpoint',
    ops: ['replace'],
    apply: (api, value) => {
      api.disableExecuteApiEndpoint = patchFlag(value);
    },
  },
  {
    path: '/apiKeySource',
    ops: ['replace'],
    apply(api, value = '') {
      api.apiKeySource = checkApiKeySource(value, 'apiKeySource');
    },
  },
  {
    path: '/minimumCompressionSize',
    ops: ['replace'],
    apply(api, value) {
      api.minimumCompressionSize =
        value === undefined || value === '' ? undefined : checkCompressionSize(Number(value));
    },
  },
  {
    path: '/binaryMediaTypes/{type}',
    ops: ['add', 'remove', 'replace'],
    apply(api, value, [type = ''], op) {
      const others = api.binaryMediaTypes.filter((known) => known !== type);
      if (op === 'remove') api.binaryMediaTypes = others;
      else api.binaryMediaTypes = [...others, op === 'replace' ? (value ?? type) : type];
    },
  },
  {
    path: '/endpointConfiguration/ipAddressType',
    ops: ['replace'],
    apply(api, value) {
      if (!isOneOf(IP_ADDRESS_TYPES, value ?? '')) {
        throw badRequest('ipAddressType must be either ipv4 or dualstack.');
      }
      api.endpointConfiguration = {
        ...api.endpointConfiguration,
        ipAddressType: value as IpAddressType,
      };
    },
  },
  {
    path: '/endpointConfiguration/types/{type}',
    ops: ['add', 'remove', 'replace'],
    apply(api, value = '', _names, op) {
      if (op === 'remove') throw noType();
      if (!isOneOf(ENDPOINT_TYPES, value)) {
        throw badRequest(
          'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
        );
      }
      const { types } = api.endpointConfiguration;
      if (op === 'add' && !types.includes(value)) throw severalTypes();
      api.endpointConfiguration = withType(api.endpointConfiguration, value);
    },
  },
  {
    path: '/endpointConfiguration/vpcEndpointIds',
    ops: ['add', 'remove'],
    apply(api, value = '', _names, op) {
      const known = api.endpointConfiguration.vpcEndpointIds ?? [];
      const others = known.filter((id) => id !== value);
      api.endpointConfiguration = {
        ...api.endpointConfiguration,
        ...withVpcEndpoints(op === 'add' ? [...others, value] : others),
      };
    },
  },
];

export const restApiOperations: readonly Operation[] = [
  {
    name: 'CreateRestApi',
    route: 'POST /restapis',
    status: 201,
    handle(request) {
      if (request.query.get('mode') === 'import') return importedWire(importRestApi(request));
      const { input, region, now } = request;
      if (input.has('cloneFrom')) throw unsupported("'cloneFrom' of CreateRestApi");
      const api = createRestApi(region, {
        settings: readRestApiSettings(input),
        tags: readTagMap(input) ?? {},
        createdDate: now,
      });
      return restApiWire(api);
    },
  },
  {
    name: 'GetRestApis',
    route: 'GET /restapis',
    status: 200,
    handle: ({ region, query }) => pageOf([...region.restApis.values()], query, restApiWire),
  },
  {
    name: 'GetRestApi',
    route: 'GET /restapis/{restApiId}',
    status: 200,
    handle: (request) => withTags(apiOf(request)),
  },
  {
    name: 'UpdateRestApi',
    route: 'PATCH /restapis/{restApiId}',
    status: 200,
    handle(request) {
      const api = apiOf(request);
      const draft = { ...api };
      applyPatch(draft, readPatchOperations(request.input), RULES, SHORT_PATCH_ERRORS);
      // Checked together at the end: a patch may set VPC endpoints before or after the type they
      // require.
      checkEndpoints(draft.endpointConfiguration);
      checkMigration(api.endpointConfiguration, draft.endpointConfiguration);
      return withTags(Object.assign(api, draft));
    },
  },
  {
    name: 'PutRestApi',
    route: 'PUT /restapis/{restApiId}',
    status: 200,
    handle(request) {
      const imported = putRestApi(request, apiOf(request));
      return { ...importedWire(imported), ...withTags(imported.api) };
    },
  },
  {
    name: 'DeleteRestApi',
    route: 'DELETE /restapis/{restApiId}',
    status: 202,
    handle: ({ region, param }) => deleteRestApi(region, param('restApiId')),
  },
];

/** The answer to all calls but creations and lists, which leave out tags that are none (recorded). */
const withTags = (api: RestApi) => ({ ...restApiWire(api), tags: api.tags });

/** Warnings are in the answer to the import alone. */
const importedWire = ({ api, warnings }: ImportedApi) => ({
  ...restApiWire(api),
  ...(warnings.length > 0 && { warnings }),
});

/**
 * The API in the path.
 * @throws AwsError NotFoundException
 */
export function apiOf({ region, param }: ControlRequest): RestApi {
  return region.restApi(param('restApiId'));
}
