import { putGatewayResponse, readResponseType } from '../entities/gateway-responses';
import type { IntegrationSupport } from '../entities/integration-target';
import { createRequestValidator } from '../entities/request-validators';
import { badRequest } from '../errors';
import { isRecord, Members } from '../members';
import type { RestApi } from '../model';
import { type BasePathMode, pathPrefix } from './base-path';
import { type JsonObject, listAt, type OpenApiDocument, objectAt } from './document';
import { rejectUnsupportedExtensions } from './extensions';
import { ImportFindings } from './import-findings';
import { importModels } from './import-models';
import { importPaths } from './import-paths';
import { importAuthorizers } from './import-security';
import { importSettings } from './import-settings';
import { parseIssuesOf } from './parse-issues';

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
  /** Default: warnings are told, and refuse nothing. */
  readonly failsOnWarnings?: boolean | undefined;
}

export function readImportMode(mode: string | null | undefined): ImportMode {
  const requested = mode ?? 'merge';
  if (requested === 'merge' || requested === 'overwrite') return requested;
  throw badRequest(`Invalid import mode specified: ${requested}`);
}

/**
 * Imports an OpenAPI document into an API. If any part is rejected, the API does not change.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 * @returns AWS's warnings
 * @throws AwsError like ImportRestApi, and naming what only AWS can serve
 */
export function importInto(
  api: RestApi,
  document: OpenApiDocument,
  { mode, region, basePath = 'ignore', failsOnWarnings = false }: ImportOptions,
  support: IntegrationSupport,
): readonly string[] {
  rejectUnsupportedExtensions('document', document.root);
  const findings = new ImportFindings();
  for (const issue of parseIssuesOf(document)) findings.warn(issue);
  if (document.version === 3 && listAt(document.root, 'servers').length > 1) {
    findings.warn(
      'More than one server provided. Ignoring all but the first for defining endpoint configuration',
    );
  }
  const draft: RestApi = {
    ...api,
    resources: structuredClone(api.resources),
    models: new Map(api.models),
    requestValidators: new Map(api.requestValidators),
    authorizers: new Map(api.authorizers),
    gatewayResponses: new Map(api.gatewayResponses),
  };
  if (mode === 'overwrite') clear(draft);
  importSettings(draft, document);
  importModels({ api: draft, findings }, document);
  const validators = importValidators(draft, document.root);
  importAuthorizers({ api: draft, region, findings }, document, api.authorizers.values());
  const prefix = pathPrefix(document, basePath);
  importPaths({ api: draft, document, prefix, validators, support, findings });
  if (mode === 'overwrite') restoreIds(api, draft);
  importGatewayResponses(draft, document.root);
  findings.settle(failsOnWarnings);
  Object.assign(api, draft);
  return findings.warnings;
}

/**
 * Also removes the default models: an imported API has only those of its document (recorded). Where
 * and how it is reached, its name and its tags stay.
 */
function clear(api: RestApi): void {
  Object.assign(api, {
    description: undefined,
    version: undefined,
    apiKeySource: 'HEADER',
    binaryMediaTypes: [],
    minimumCompressionSize: undefined,
    policy: undefined,
  } satisfies Partial<RestApi>);
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

function importGatewayResponses(api: RestApi, root: JsonObject): void {
  const described = objectAt(root, 'x-amazon-apigateway-gateway-responses');
  for (const [type, response] of Object.entries(described)) {
    const input = isRecord(response) ? response : {};
    const statusCode = input.statusCode === undefined ? undefined : String(input.statusCode);
    putGatewayResponse(api, readResponseType(type), Members.ofRequest({ ...input, statusCode }));
  }
}
