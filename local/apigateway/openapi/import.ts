import { putGatewayResponse, readResponseType } from '../entities/gateway-responses';
import type { IntegrationSupport } from '../entities/integrations';
import { defaultModels } from '../entities/models';
import { createRequestValidator } from '../entities/request-validators';
import { createResource } from '../entities/resources';
import { checkCompressionSize } from '../entities/rest-apis';
import { badRequest, unsupported } from '../errors';
import { PART_ID_LENGTH, randomId } from '../ids';
import { isRecord, Members } from '../members';
import type { EndpointType, Resource, RestApi } from '../model';
import { checkPolicy } from '../resource-policy';
import {
  type JsonObject,
  listAt,
  OPERATION_KEYS,
  type OpenApiDocument,
  objectAt,
  textAt,
} from './document';
import { importModels } from './import-models';
import { buildOperation } from './import-operation';

/** Whether what the document does not mention stays or goes. */
export const IMPORT_MODES = ['merge', 'overwrite'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

export function readImportMode(mode: string | null | undefined): ImportMode {
  const wanted = mode ?? 'merge';
  if (wanted === 'merge' || wanted === 'overwrite') return wanted;
  throw badRequest(`Invalid import mode specified: ${wanted}`);
}

/**
 * Puts an OpenAPI document into an API. Nothing changes when anything in it is refused.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 * @throws AwsError as ImportRestApi does, and by name for what only AWS can serve
 */
export function importInto(
  api: RestApi,
  document: OpenApiDocument,
  mode: ImportMode,
  support: IntegrationSupport,
): void {
  const draft: RestApi = {
    ...api,
    resources: structuredClone(api.resources),
    models: new Map(api.models),
    requestValidators: new Map(api.requestValidators),
    gatewayResponses: new Map(api.gatewayResponses),
  };
  if (mode === 'overwrite') clear(draft);
  importSettings(draft, document.root);
  importModels(draft, document);
  const validators = importValidators(draft, document.root);
  for (const [path, item] of Object.entries(document.paths)) {
    if (isRecord(item)) importPath(draft, document, path, item, validators, support);
  }
  importGatewayResponses(draft, document.root);
  Object.assign(api, draft);
}

function clear(api: RestApi): void {
  const root = { id: api.rootResourceId, path: '/', methods: new Map() };
  api.resources = new Map([[root.id, root]]);
  api.models = defaultModels(() => randomId(PART_ID_LENGTH));
  api.requestValidators = new Map();
  api.gatewayResponses = new Map();
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
  if (keySource !== undefined && keySource !== 'HEADER') {
    throw unsupported(`API keys from '${keySource}'`);
  }
  const endpoint = extensions.group('x-amazon-apigateway-endpoint-configuration');
  api.disableExecuteApiEndpoint =
    endpoint?.flag('disableExecuteApiEndpoint') ?? api.disableExecuteApiEndpoint;
  const types = endpoint?.texts('types');
  if (types?.includes('PRIVATE')) throw unsupported("the endpoint type 'PRIVATE'");
  if (types !== undefined) {
    api.endpointConfiguration = { ...api.endpointConfiguration, types: types as EndpointType[] };
  }
}

/** The ids of the document's validators; one of the same name is replaced, and keeps its id. */
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
  const shared = listAt(item, 'parameters');
  for (const [key, httpMethod] of Object.entries(OPERATION_KEYS)) {
    const operation = Object.hasOwn(item, key) ? item[key] : undefined;
    if (!isRecord(operation)) continue;
    const method = buildOperation({
      api,
      resource,
      httpMethod,
      operation,
      shared,
      document,
      support,
      validators,
    });
    resource.methods.set(httpMethod, method);
  }
}

/** The resource of a path, made with all that lead to it. */
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
