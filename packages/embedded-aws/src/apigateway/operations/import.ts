import { endpointConfigurationOf } from '../entities/endpoint-configuration';
import { createRestApi } from '../entities/rest-apis';
import type { RestApi } from '../model';
import { invalidInput, parseOpenApi } from '../openapi/document';
import { importInto, readImportMode } from '../openapi/import';
import { readImportParameters } from '../openapi/import-parameters';
import type { ControlRequest } from '../operation';

/** Query parameters of the request itself; all others are options of the import. */
const OWN_PARAMETERS = ['mode', 'failonwarnings'];

/** An API after an import, and AWS's warnings. */
export interface ImportedApi {
  readonly api: RestApi;
  readonly warnings: readonly string[];
}

/** Creates an API from a document. */
export function importRestApi({ region, body, query, now, support }: ControlRequest): ImportedApi {
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
    const warnings = importInto(
      api,
      document,
      { ...options, mode: 'overwrite', region: region.scope.region },
      support,
    );
    if (api.name === '') throw invalidInput();
    return { api, warnings };
  } catch (error) {
    region.restApis.delete(api.id);
    throw error;
  }
}

/** Imports a document into an existing API. */
export function putRestApi(request: ControlRequest, api: RestApi): ImportedApi {
  const { body, query, region, support } = request;
  const mode = readImportMode(query.get('mode'));
  const { options } = readParameters(query);
  const warnings = importInto(
    api,
    parseOpenApi(body.toString('utf8')),
    { ...options, mode, region: region.scope.region },
    support,
  );
  return { api, warnings };
}

function readParameters(query: URLSearchParams) {
  const { type, options } = readImportParameters(
    [...query].filter(([name]) => !OWN_PARAMETERS.includes(name)),
  );
  return {
    type,
    options: { ...options, failsOnWarnings: query.get('failonwarnings') === 'true' },
  };
}
