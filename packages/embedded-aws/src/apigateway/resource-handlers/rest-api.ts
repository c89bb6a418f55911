import { derivedId } from '../../core/ids';
import type { ResourceContext, ResourceHandler, ResourceState } from '../../core/resource-handler';
import { checkMigration } from '../entities/endpoint-configuration';
import {
  createRestApi,
  deleteRestApi,
  type RestApiSettings,
  readRestApiSettings,
} from '../entities/rest-apis';
import { unsupported } from '../errors';
import { API_ID_LENGTH } from '../ids';
import { isRecord, Members } from '../members';
import type { RestApi, TextMap } from '../model';
import { readBasePathMode } from '../openapi/base-path';
import { type JsonObject, objectAt, openApiDocument, parseOpenApi } from '../openapi/document';
import { importInto, readImportMode } from '../openapi/import';
import {
  epochSeconds,
  type HandlerDependencies,
  ignoreMissing,
  readTags,
  regionOf,
} from './handler-tools';

const TYPE = 'AWS::ApiGateway::RestApi';

const PROPERTIES = [
  'name',
  'description',
  'apiKeySourceType',
  'binaryMediaTypes',
  'minimumCompressionSize',
  'disableExecuteApiEndpoint',
  'policy',
  'endpointConfiguration',
  'tags',
  'body',
  'mode',
  'parameters',
  'failOnWarnings',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html */
export function restApiHandler(deps: HandlerDependencies): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const region = regionOf(deps, context);
      const api = createRestApi(region, {
        settings: readRestApiSettings(withNameFromDocument(input)),
        tags: readTags(input),
        createdDate: epochSeconds(deps),
        id: derivedId(context.seed, API_ID_LENGTH),
        rootResourceId: derivedId(`${context.seed}/root`, API_ID_LENGTH),
      });
      try {
        importBody(deps, context, api, input);
      } catch (error) {
        region.restApis.delete(api.id);
        throw error;
      }
      return stateOf(api);
    },
    update(context, physicalId, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const api = regionOf(deps, context).restApi(physicalId);
      const settings = readRestApiSettings(withNameFromDocument(input));
      if (input.has('endpointConfiguration')) {
        checkMigration(api.endpointConfiguration, settings.endpointConfiguration);
      }
      importBody(deps, context, api, input);
      Object.assign(api, withoutImported(settings, input), { tags: readTags(input) });
      return stateOf(api);
    },
    delete(context, physicalId) {
      ignoreMissing(() => deleteRestApi(regionOf(deps, context), physicalId));
    },
  };
}

/** The name of an API may come from its document. */
function withNameFromDocument(input: Members): Members {
  const title = isRecord(input.raw('body')) ? objectAt(documentOf(input), 'info').title : undefined;
  return input.has('name') || typeof title !== 'string' ? input : input.with('name', title);
}

function documentOf(input: Members): JsonObject {
  const body = input.raw('body');
  return isRecord(body) ? body : {};
}

/** Settings whose property has another name. */
const PROPERTY_NAMES: Readonly<Record<string, string>> = { apiKeySource: 'apiKeySourceType' };

/** The settings in the template; those that only the document has were already imported. */
function withoutImported(settings: RestApiSettings, input: Members): Partial<RestApiSettings> {
  if (!input.has('body')) return settings;
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name]) => name === 'name' || input.has(PROPERTY_NAMES[name] ?? name),
    ),
  );
}

function importBody(
  deps: HandlerDependencies,
  { caller }: ResourceContext,
  api: RestApi,
  input: Members,
): void {
  const body = input.raw('body');
  if (body === undefined) return;
  const parameters = input.textMap('parameters') ?? {};
  checkParameters(parameters);
  const { name } = api;
  const document = typeof body === 'string' ? parseOpenApi(body) : openApiDocument(body);
  const mode = readImportMode(input.text('mode') ?? 'overwrite');
  importInto(
    api,
    document,
    {
      mode,
      region: caller.region,
      basePath: readBasePathMode(parameters.basepath),
      ignoresDocumentation: parameters.ignore === 'documentation',
    },
    { services: deps.services, scope: caller },
  );
  if (input.has('name')) api.name = name;
}

/** Other parameters, such as the endpoint type, must be set as properties of the template. */
function checkParameters(parameters: TextMap): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (name !== 'basepath' && `${name}=${value}` !== 'ignore=documentation') {
      throw unsupported(`the import parameter ${name}=${value}`);
    }
  }
}

function stateOf(api: RestApi): ResourceState {
  return {
    physicalId: api.id,
    attributes: { RestApiId: api.id, RootResourceId: api.rootResourceId },
  };
}
