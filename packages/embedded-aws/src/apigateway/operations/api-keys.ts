import {
  apiKeyOf,
  checkDescription,
  checkName,
  createApiKey,
  deleteApiKey,
} from '../entities/api-keys';
import { readTagMap } from '../entities/tags';
import { unsupported } from '../errors';
import type { ControlRequest, Operation } from '../operation';
import { pageOf } from '../paging';
import {
  applyPatch,
  listingPatchErrors,
  type PatchRule,
  patchFlag,
  readPatchOperations,
} from '../patch';
import type { ApiKey } from '../usage-plan-model';
import { apiKeyWire } from '../wire';

const RULES: readonly PatchRule<ApiKey>[] = [
  {
    path: '/description',
    ops: ['replace'],
    apply(key, value) {
      key.description = checkDescription(value);
    },
  },
  {
    path: '/enabled',
    ops: ['replace'],
    apply(key, value) {
      key.enabled = patchFlag(value);
    },
  },
  {
    path: '/name',
    ops: ['replace'],
    apply(key, value) {
      key.name = checkName(value);
    },
  },
  {
    path: '/customerId',
    ops: ['replace'],
    apply(key, value) {
      key.customerId = value;
    },
  },
];
const ERRORS = listingPatchErrors(RULES.map(({ path }) => path));

export const apiKeyOperations: readonly Operation[] = [
  {
    name: 'CreateApiKey',
    route: 'POST /apikeys',
    status: 201,
    handle({ region, input, query, now }) {
      if (query.get('mode') === 'import') throw unsupported('ImportApiKeys');
      const key = createApiKey(region, { input, tags: readTagMap(input) ?? {}, now });
      return apiKeyWire(key, true);
    },
  },
  {
    name: 'GetApiKeys',
    route: 'GET /apikeys',
    status: 200,
    handle({ region, query }) {
      const name = query.get('name');
      const customerId = query.get('customerId');
      // The newest first (recorded: TestApigatewayApiKeysCrud::test_get_api_keys, 10-10-2024).
      const keys = [...region.apiKeys.values()]
        .reverse()
        .filter(
          (key) =>
            (name === null || key.name?.startsWith(name)) &&
            (customerId === null || key.customerId === customerId),
        );
      const withValues = query.get('includeValues') === 'true';
      return pageOf(keys, query, (key) => apiKeyWire(key, withValues));
    },
  },
  {
    name: 'GetApiKey',
    route: 'GET /apikeys/{apiKey}',
    status: 200,
    handle(request) {
      const withValue = request.query.get('includeValue') === 'true';
      return apiKeyWire(requestedKey(request), withValue);
    },
  },
  {
    name: 'UpdateApiKey',
    route: 'PATCH /apikeys/{apiKey}',
    status: 200,
    handle(request) {
      const key = requestedKey(request);
      const draft = { ...key };
      applyPatch(draft, readPatchOperations(request.input), RULES, ERRORS);
      Object.assign(key, draft, { lastUpdatedDate: request.now });
      return { ...apiKeyWire(key, false), tags: key.tags };
    },
  },
  {
    name: 'DeleteApiKey',
    route: 'DELETE /apikeys/{apiKey}',
    status: 202,
    handle: ({ region, param }) => deleteApiKey(region, param('apiKey')),
  },
];

function requestedKey({ region, param }: ControlRequest): ApiKey {
  return apiKeyOf(region, param('apiKey'));
}
