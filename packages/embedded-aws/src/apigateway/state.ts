import {
  asWritten,
  type Persistent,
  type StateDocument,
  type StoredDocument,
} from '../state/persistent';
import type { ApiDefinition, Deployment, RestApi } from './model';
import type { ApiGatewayStore, RegionStore } from './store';

/**
 * The parts of an API that are stored as separate documents, so that a change rewrites only one of
 * them.
 */
const PARTS = [
  'resources',
  'models',
  'requestValidators',
  'authorizers',
  'gatewayResponses',
  'stages',
] as const satisfies readonly (keyof RestApi)[];

const PERSISTENT_MAPS = ['apiKeys', 'usagePlans', 'domainNames'] as const;

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  names.some((known) => known === name);

/**
 * State that survives a restart: APIs with their deployments and stages, API keys and usage plans.
 */
export function apiGatewayState(store: ApiGatewayStore): Persistent {
  return {
    name: 'apigateway',
    *documents() {
      for (const region of store.all()) yield* regionDocuments(region);
    },
    restore(documents) {
      for (const document of documents) restoreDocument(store, document);
    },
  };
}

function* regionDocuments(region: RegionStore): Iterable<StateDocument> {
  const { accountId, region: name } = region.scope;
  const key = (kind: string, ...names: string[]) => [kind, accountId, name, ...names];
  yield { key: key('account'), value: () => region.account };
  for (const kind of PERSISTENT_MAPS) {
    for (const [id, item] of region[kind]) yield { key: key(kind, id), value: () => item };
  }
  if (region.usage.counts.size > 0) yield { key: key('usage'), value: () => region.usage.counts };
  for (const api of region.restApis.values()) {
    yield { key: key('restApis', api.id), value: () => writeApi(api) };
    for (const part of PARTS) {
      for (const [id, item] of api[part]) yield { key: key(part, api.id, id), value: () => item };
    }
    for (const [id, deployment] of api.deployments) {
      const { definition, ...about } = deployment;
      // Immutable, and most of the data.
      const frozen = { key: key('definitions', api.id, id), stamp: definition };
      yield { ...frozen, value: () => definition };
      yield { key: key('deployments', api.id, id), value: () => about };
    }
  }
}

function writeApi(api: RestApi) {
  const {
    resources,
    models,
    requestValidators,
    authorizers,
    gatewayResponses,
    stages,
    deployments,
    ...about
  } = api;
  return about;
}

function restoreDocument(store: ApiGatewayStore, { key, value }: StoredDocument): void {
  const [kind = '', accountId = '', regionName = '', id = '', part = ''] = key;
  const region = store.in({ accountId, region: regionName });
  if (kind === 'account') Object.assign(region.account, value);
  else if (kind === 'usage') region.usage.resume(asWritten(value));
  else if (kind === 'restApis') region.restApis.set(id, readApi(asWritten(value)));
  else if (isOneOf(PERSISTENT_MAPS, kind)) restoreItem(region[kind], id, value);
  else restorePart(region.restApi(id), kind, part, value);
}

const readApi = (about: ReturnType<typeof writeApi>): RestApi => ({
  ...about,
  resources: new Map(),
  models: new Map(),
  requestValidators: new Map(),
  authorizers: new Map(),
  gatewayResponses: new Map(),
  stages: new Map(),
  deployments: new Map(),
});

/** Restores an item of a map. */
function restoreItem(items: Map<string, unknown>, id: string, value: unknown): void {
  items.set(id, value);
}

/** Deployments from before there were authorizers have none. */
function readDefinition(
  written: Omit<ApiDefinition, 'authorizers'> & Partial<ApiDefinition>,
): ApiDefinition {
  return { ...written, authorizers: written.authorizers ?? new Map() };
}

function restorePart(api: RestApi, kind: string, id: string, value: unknown): void {
  if (isOneOf(PARTS, kind)) {
    restoreItem(api[kind], id, value);
  } else if (kind === 'definitions') {
    api.deployments.set(id, { id, createdDate: 0, definition: readDefinition(asWritten(value)) });
  } else if (kind === 'deployments') {
    const { definition } = api.deployments.get(id) ?? {};
    if (definition === undefined) throw new Error(`deployment ${id} has no definition`);
    api.deployments.set(id, { ...asWritten<Omit<Deployment, 'definition'>>(value), definition });
  } else {
    throw new Error(`unknown document ${kind}`);
  }
}
