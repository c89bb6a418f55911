import { createRestApi } from '../entities/rest-apis';
import { badRequest, unsupported } from '../errors';
import type { EndpointType, RestApi } from '../model';
import { parseOpenApi } from '../openapi/document';
import { importInto, readImportMode } from '../openapi/import';
import type { ControlRequest } from '../operation';

/** Parameters of the request itself; all others steer the import. */
const OWN_PARAMETERS = ['mode', 'failonwarnings'];

/** Makes an API of a document. */
export function importRestApi({ region, body, query, now, support }: ControlRequest): RestApi {
  const types = readParameters(query);
  const document = parseOpenApi(body.toString('utf8'));
  const api = createRestApi(region, {
    settings: {
      name: '',
      apiKeySource: 'HEADER',
      binaryMediaTypes: [],
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: [types ?? 'EDGE'], ipAddressType: 'ipv4' },
    },
    tags: {},
    createdDate: now,
  });
  try {
    importInto(api, document, 'overwrite', support);
    if (api.name === '') throw badRequest('Unable to build importer with provided input.');
  } catch (error) {
    region.restApis.delete(api.id);
    throw error;
  }
  return api;
}

/** Puts a document into an API that is there. */
export function putRestApi({ body, query, support }: ControlRequest, api: RestApi): RestApi {
  const mode = readImportMode(query.get('mode'));
  readParameters(query);
  importInto(api, parseOpenApi(body.toString('utf8')), mode, support);
  return api;
}

function readParameters(query: URLSearchParams): EndpointType | undefined {
  let type: EndpointType | undefined;
  for (const [name, value] of query) {
    if (name === 'endpointConfigurationTypes' && (value === 'REGIONAL' || value === 'EDGE')) {
      type = value;
    } else if (name === 'ignore' || (name === 'basepath' && value === 'ignore')) {
      // Documentation and base paths are ignored as it is.
    } else if (!OWN_PARAMETERS.includes(name)) {
      throw unsupported(`the import parameter ${name}=${value}`);
    }
  }
  return type;
}
