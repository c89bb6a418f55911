import { endpointConfigurationOf } from '../entities/endpoint-configuration';
import { createRestApi } from '../entities/rest-apis';
import { badRequest, unsupported } from '../errors';
import { isOneOf } from '../is-one-of';
import { ENDPOINT_TYPES, type EndpointType, type RestApi } from '../model';
import { readBasePathMode } from '../openapi/base-path';
import { parseOpenApi } from '../openapi/document';
import { type ImportOptions, importInto, readImportMode } from '../openapi/import';
import type { ControlRequest } from '../operation';

/** Query parameters of the request itself; all others are options of the import. */
const OWN_PARAMETERS = ['mode', 'failonwarnings'];
const NO_DOCS = 'ignore=documentation';

/** Creates an API from a document. */
export function importRestApi({ region, body, query, now, support }: ControlRequest): RestApi {
  const { type, options } = readParameters(query);
  const document = parseOpenApi(body.toString('utf8'));
  const api = createRestApi(region, {
    settings: {
      name: '',
      apiKeySource: 'HEADER',
      binaryMediaTypes: [],
      disableExecuteApiEndpoint: false,
      endpointConfiguration: endpointConfigurationOf(type ?? 'EDGE'),
    },
    tags: {},
    createdDate: now,
  });
  try {
    importInto(
      api,
      document,
      { ...options, mode: 'overwrite', region: region.scope.region },
      support,
    );
    if (api.name === '') throw badRequest('Unable to build importer with provided input.');
  } catch (error) {
    region.restApis.delete(api.id);
    throw error;
  }
  return api;
}

/** Imports a document into an existing API. */
export function putRestApi(request: ControlRequest, api: RestApi): RestApi {
  const { body, query, region, support } = request;
  const mode = readImportMode(query.get('mode'));
  const { options } = readParameters(query);
  importInto(
    api,
    parseOpenApi(body.toString('utf8')),
    { ...options, mode, region: region.scope.region },
    support,
  );
  return api;
}

interface ImportParameters {
  readonly type: EndpointType | undefined;
  readonly options: Omit<ImportOptions, 'mode' | 'region'>;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html */
function readParameters(query: URLSearchParams): ImportParameters {
  let type: EndpointType | undefined;
  for (const [name, value] of query) {
    if (name === 'endpointConfigurationTypes' && isOneOf(ENDPOINT_TYPES, value)) {
      type = value;
    } else if (![...OWN_PARAMETERS, 'basepath'].includes(name) && `${name}=${value}` !== NO_DOCS) {
      throw unsupported(`the import parameter ${name}=${value}`);
    }
  }
  return {
    type,
    options: {
      basePath: readBasePathMode(query.get('basepath')),
      ignoresDocumentation: query.get('ignore') === 'documentation',
    },
  };
}
