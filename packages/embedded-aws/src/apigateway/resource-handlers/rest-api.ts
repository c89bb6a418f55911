import { derivedId } from '../../core/ids';
import type { ResourceContext, ResourceHandler, ResourceState } from '../../core/resource-handler';
import { checkMigration, endpointConfigurationOf } from '../entities/endpoint-configuration';
import {
  createRestApi,
  deleteRestApi,
  type RestApiSettings,
  readRestApiSettings,
} from '../entities/rest-apis';
import { badRequest, unsupported } from '../errors';
import { API_ID_LENGTH } from '../ids';
import { Members } from '../members';
import type { RestApi } from '../model';
import {
  type OpenApiDocument,
  objectAt,
  openApiDocument,
  parseOpenApi,
  textAt,
} from '../openapi/document';
import { importInto, readImportMode } from '../openapi/import';
import { readImportParameters } from '../openapi/import-parameters';
import {
  epochSeconds,
  type HandlerDependencies,
  ignoreMissing,
  readStackTags,
  regionOf,
  requireProperty,
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
  'bodyS3Location',
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
      const document = documentOf(deps, context, input);
      const region = regionOf(deps, context);
      const settings = readSettings(input, document);
      const api = createRestApi(region, {
        settings,
        tags: readStackTags(input, context),
        createdDate: epochSeconds(deps),
        id: derivedId(context.seed, API_ID_LENGTH),
        rootResourceId: derivedId(`${context.seed}/root`, API_ID_LENGTH),
      });
      try {
        if (document !== undefined) importBody(deps, context, api, input, document);
      } catch (error) {
        region.restApis.delete(api.id);
        throw error;
      }
      Object.assign(api, effectiveSettings(api, settings, input, document));
      return stateOf(api);
    },
    update(context, physicalId, properties) {
      const input = Members.ofProperties(properties);
      input.allowOnly(TYPE, PROPERTIES);
      const document = documentOf(deps, context, input);
      const api = regionOf(deps, context).restApi(physicalId);
      const settings = readSettings(input, document);
      if (input.has('endpointConfiguration')) {
        checkMigration(api.endpointConfiguration, settings.endpointConfiguration);
      }
      if (document !== undefined) importBody(deps, context, api, input, document);
      Object.assign(api, effectiveSettings(api, settings, input, document), {
        tags: readStackTags(input, context),
      });
      return stateOf(api);
    },
    delete(context, physicalId) {
      ignoreMissing(() => deleteRestApi(regionOf(deps, context), physicalId));
    },
  };
}

/** The OpenAPI document of the template itself, or of an object in S3. */
function documentOf(
  { readObject }: HandlerDependencies,
  { caller }: ResourceContext,
  input: Members,
): OpenApiDocument | undefined {
  const body = input.raw('body');
  if (body !== undefined) {
    return typeof body === 'string' ? parseOpenApi(body) : openApiDocument(body);
  }
  const location = input.group('bodyS3Location');
  if (location === undefined) return undefined;
  location.allowOnly('BodyS3Location', ['bucket', 'key', 'version', 'eTag']);
  const object = readObject?.(
    {
      bucket: requireProperty(location.text('bucket'), 'BodyS3Location/Bucket'),
      key: requireProperty(location.text('key'), 'BodyS3Location/Key'),
      versionId: location.text('version'),
    },
    caller,
  );
  if (object === undefined) throw unsupported('BodyS3Location without S3');
  const expected = location.text('eTag')?.replaceAll('"', '');
  if (expected !== undefined && expected !== object.etag.replaceAll('"', '')) {
    throw badRequest(
      `The object of BodyS3Location has the ETag ${object.etag}, and the template expects ${expected}`,
    );
  }
  return parseOpenApi(object.body.toString('utf8'));
}

/** The settings of the template. The name may come from the document, the type from `Parameters`. */
function readSettings(input: Members, document: OpenApiDocument | undefined): RestApiSettings {
  const title = document && textAt(objectAt(document.root, 'info'), 'title');
  const named = input.has('name') || title === undefined ? input : input.with('name', title);
  const settings = readRestApiSettings(named);
  const { type } = parametersOf(input);
  return type === undefined || input.has('endpointConfiguration')
    ? settings
    : { ...settings, endpointConfiguration: endpointConfigurationOf(type) };
}

const parametersOf = (input: Members) =>
  readImportParameters(Object.entries(input.textMap('parameters') ?? {}));

/** Settings whose property has another name. */
const PROPERTY_NAMES: Readonly<Record<string, string>> = { apiKeySource: 'apiKeySourceType' };

/**
 * The template's settings, which count more than those of the imported document. Without
 * `Mode: overwrite`, the API has the binary media types of both.
 */
function effectiveSettings(
  api: RestApi,
  settings: RestApiSettings,
  input: Members,
  document: OpenApiDocument | undefined,
): Partial<RestApiSettings> {
  if (document === undefined) return settings;
  const declared: Partial<RestApiSettings> = Object.fromEntries(
    Object.entries(settings).filter(
      ([name]) => name === 'name' || input.has(PROPERTY_NAMES[name] ?? name),
    ),
  );
  if (input.text('mode') === 'overwrite') return declared;
  const binaryMediaTypes = [...new Set([...settings.binaryMediaTypes, ...api.binaryMediaTypes])];
  return { ...declared, binaryMediaTypes };
}

function importBody(
  deps: HandlerDependencies,
  { caller }: ResourceContext,
  api: RestApi,
  input: Members,
  document: OpenApiDocument,
): void {
  importInto(
    api,
    document,
    {
      ...parametersOf(input).options,
      mode: readImportMode(input.text('mode') ?? 'overwrite'),
      region: caller.region,
      failsOnWarnings: input.flag('failOnWarnings'),
    },
    { services: deps.services, scope: caller },
  );
}

function stateOf(api: RestApi): ResourceState {
  return {
    physicalId: api.id,
    attributes: { RestApiId: api.id, RootResourceId: api.rootResourceId },
  };
}
