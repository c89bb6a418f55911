import {
  checkEndpoints,
  checkMigration,
  withType,
  withVpcEndpoints,
} from '../entities/endpoint-configuration';
import { putGatewayResponse, readResponseType } from '../entities/gateway-responses';
import type { IntegrationSupport } from '../entities/integration-target';
import { createRequestValidator } from '../entities/request-validators';
import { createResource } from '../entities/resources';
import { checkApiKeySource, checkCompressionSize } from '../entities/rest-apis';
import { badRequest } from '../errors';
import { isOneOf } from '../is-one-of';
import { isRecord, Members } from '../members';
import { ENDPOINT_TYPES, type Resource, type RestApi } from '../model';
import { checkPolicy } from '../resource-policy';
import { type BasePathMode, pathPrefix } from './base-path';
import {
  type JsonObject,
  listAt,
  OPERATION_KEYS,
  type OpenApiDocument,
  objectAt,
  textAt,
} from './document';
import { rejectUnsupportedExtensions } from './extensions';
import { importModels } from './import-models';
import { buildOperation } from './import-operation';
import { importAuthorizers } from './import-security';

/** `merge` keeps the parts of the API that the document does not mention, `overwrite` deletes them. */
const IMPORT_MODES = ['merge', 'overwrite'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** Options of an import. */
export interface ImportOptions {
  readonly mode: ImportMode;
  /** The API's region. */
  readonly region: string;
  /** Default: `ignore`. */
  readonly basePath?: BasePathMode | undefined;
  readonly ignoresDocumentation?: boolean | undefined;
}

export function readImportMode(mode: string | null | undefined): ImportMode {
  const requested = mode ?? 'merge';
  if (requested === 'merge' || requested === 'overwrite') return requested;
  throw badRequest(`Invalid import mode specified: ${requested}`);
}

/**
 * Imports an OpenAPI document into an API. If any part is rejected, the API does not change.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 * @throws AwsError like ImportRestApi, and naming what only AWS can serve
 */
export function importInto(
  api: RestApi,
  document: OpenApiDocument,
  { mode, region, basePath = 'ignore', ignoresDocumentation = false }: ImportOptions,
  support: IntegrationSupport,
): void {
  const ignored = ignoresDocumentation ? ['documentation'] : [];
  rejectUnsupportedExtensions('document', document.root, ignored);
  const prefix = pathPrefix(document, basePath);
  const draft: RestApi = {
    ...api,
    resources: structuredClone(api.resources),
    models: new Map(api.models),
    requestValidators: new Map(api.requestValidators),
    authorizers: new Map(api.authorizers),
    gatewayResponses: new Map(api.gatewayResponses),
  };
  if (mode === 'overwrite') clear(draft);
  importSettings(draft, document.root);
  importModels(draft, document);
  const validators = importValidators(draft, document.root);
  importAuthorizers({ api: draft, region }, document, api.authorizers.values());
  for (const [path, item] of Object.entries(document.paths)) {
    if (!isRecord(item)) continue;
    rejectUnsupportedExtensions('path', item);
    importPath(draft, document, `${prefix}${path}`, item, validators, support);
  }
  if (mode === 'overwrite') restoreIds(api, draft);
  importGatewayResponses(draft, document.root);
  Object.assign(api, draft);
}

/** Also removes the default models: an imported API has only those of its document (recorded). */
function clear(api: RestApi): void {
  const root = { id: api.rootResourceId, path: '/', methods: new Map() };
  api.resources = new Map([[root.id, root]]);
  api.models = new Map();
  api.requestValidators = new Map();
  api.authorizers = new Map();
  api.gatewayResponses = new Map();
}

/** When an API is overwritten, the resource of an existing path keeps its id (recorded). */
function restoreIds(before: RestApi, after: RestApi): void {
  const known = new Map([...before.resources.values()].map(({ path, id }) => [path, id]));
  const ids = new Map(
    [...after.resources.values()].map(({ path, id }) => [id, known.get(path) ?? id]),
  );
  const newId = (id: string) => ids.get(id) ?? id;
  for (const resource of after.resources.values()) {
    const oldId = resource.id;
    resource.id = newId(oldId);
    if (resource.parentId !== undefined) resource.parentId = newId(resource.parentId);
    for (const { integration } of resource.methods.values()) {
      if (integration?.cacheNamespace === oldId) integration.cacheNamespace = resource.id;
    }
  }
  after.resources = new Map([...after.resources.values()].map((item) => [item.id, item]));
}

function importSettings(api: RestApi, root: JsonObject): void {
  const info = objectAt(root, 'info');
  api.name = textAt(info, 'title') ?? api.name;
  api.description = textAt(info, 'description') ?? api.description;
  api.version = textAt(info, 'version') ?? api.version;
  const extensions = Members.ofRequest(root);
  const binary = extensions.texts('x-amazon-apigateway-binary-media-types');
  if (binary !== undefined) api.binaryMediaTypes = binary;
  const compression = extensions.number('x-amazon-apigateway-minimum-compression-size');
  if (compression !== undefined) api.minimumCompressionSize = checkCompressionSize(compression);
  const policy = extensions.document('x-amazon-apigateway-policy');
  if (policy !== undefined) api.policy = checkPolicy(policy);
  const keySource = extensions.text('x-amazon-apigateway-api-key-source');
  if (keySource !== undefined) api.apiKeySource = checkApiKeySource(keySource, 'apiKeySource');
  const endpoint = extensions.group('x-amazon-apigateway-endpoint-configuration');
  api.disableExecuteApiEndpoint =
    endpoint?.flag('disableExecuteApiEndpoint') ?? api.disableExecuteApiEndpoint;
  if (endpoint !== undefined) importEndpoints(api, endpoint);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-endpoint-configuration.html */
function importEndpoints(api: RestApi, endpoint: Members): void {
  const before = api.endpointConfiguration;
  const [type, ...others] = endpoint.texts('types') ?? before.types;
  if (type === undefined || others.length > 0 || !isOneOf(ENDPOINT_TYPES, type)) {
    throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE');
  }
  const ids = endpoint.texts('vpcEndpointIds') ?? before.vpcEndpointIds ?? [];
  api.endpointConfiguration = checkEndpoints({
    ...withType(before, type),
    ...withVpcEndpoints(ids),
  });
  checkMigration(before, api.endpointConfiguration);
}

/**
 * The ids of the document's validators; one that replaces another of the same name keeps its id.
 */
function importValidators(api: RestApi, root: JsonObject): Map<string, string> {
  const ids = new Map([...api.requestValidators.values()].map(({ name, id }) => [name, id]));
  const described = objectAt(root, 'x-amazon-apigateway-request-validators');
  for (const [name, validator] of Object.entries(described)) {
    const input = Members.ofRequest({ ...(isRecord(validator) ? validator : {}), name });
    ids.set(name, createRequestValidator(api, input, ids.get(name)).id);
  }
  return ids;
}

function importPath(
  api: RestApi,
  document: OpenApiDocument,
  path: string,
  item: JsonObject,
  validators: ReadonlyMap<string, string>,
  support: IntegrationSupport,
): void {
  const resource = resourceAt(api, path);
  const pathParameters = listAt(item, 'parameters');
  for (const [key, httpMethod] of Object.entries(OPERATION_KEYS)) {
    const operation = Object.hasOwn(item, key) ? item[key] : undefined;
    if (!isRecord(operation)) continue;
    rejectUnsupportedExtensions('operation', operation);
    const method = buildOperation({
      api,
      resource,
      httpMethod,
      operation,
      pathParameters,
      document,
      support,
      validators,
    });
    resource.methods.set(httpMethod, method);
  }
}

/** Finds the resource of a path, creating it and its parents if necessary. */
function resourceAt(api: RestApi, path: string): Resource {
  let resource = [...api.resources.values()].find(({ id }) => id === api.rootResourceId);
  if (resource === undefined) throw badRequest('The API has no root resource');
  for (const pathPart of path.split('/').filter((part) => part !== '')) {
    const parentId: string = resource.id;
    const known = [...api.resources.values()].find(
      (child) => child.parentId === parentId && child.pathPart === pathPart,
    );
    resource = known ?? createResource(api, { parentId, pathPart });
  }
  return resource;
}

function importGatewayResponses(api: RestApi, root: JsonObject): void {
  const described = objectAt(root, 'x-amazon-apigateway-gateway-responses');
  for (const [type, response] of Object.entries(described)) {
    const input = isRecord(response) ? response : {};
    const statusCode = input.statusCode === undefined ? undefined : String(input.statusCode);
    putGatewayResponse(api, readResponseType(type), Members.ofRequest({ ...input, statusCode }));
  }
}
