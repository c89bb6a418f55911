import {
  checkEndpoints,
  checkMigration,
  withType,
  withVpcEndpoints,
} from '../entities/endpoint-configuration';
import { checkApiKeySource, checkCompressionSize } from '../entities/rest-apis';
import { badRequest } from '../errors';
import { isOneOf } from '../is-one-of';
import { Members } from '../members';
import { ENDPOINT_TYPES, type RestApi } from '../model';
import { checkPolicy } from '../resource-policy';
import { listAt, type OpenApiDocument, objectAt } from './document';

const ENDPOINTS = 'x-amazon-apigateway-endpoint-configuration';

/** Takes over what a document says of the API as a whole; what it does not mention stays. */
export function importSettings(api: RestApi, { root, version }: OpenApiDocument): void {
  const info = objectAt(root, 'info');
  api.name = infoText(info.title) ?? api.name;
  api.description = infoText(info.description) ?? api.description;
  api.version = infoText(info.version) ?? api.version;
  const extensions = Members.ofRequest(root);
  const binary = extensions.texts('x-amazon-apigateway-binary-media-types') ?? [];
  // Those that the API has stay (recorded: test_put_rest_api_mode_binary_media_types[merge], 02-07-2025).
  api.binaryMediaTypes = [...new Set([...api.binaryMediaTypes, ...binary])];
  const compression = extensions.number('x-amazon-apigateway-minimum-compression-size');
  if (compression !== undefined) api.minimumCompressionSize = checkCompressionSize(compression);
  const policy = extensions.document('x-amazon-apigateway-policy');
  if (policy !== undefined) api.policy = checkPolicy(policy);
  const keySource = extensions.text('x-amazon-apigateway-api-key-source');
  if (keySource !== undefined) {
    api.apiKeySource = checkApiKeySource(keySource.toUpperCase(), 'apiKeySource');
  }
  const [server] = version === 3 ? listAt(root, 'servers') : [];
  const endpoint = extensions.group(ENDPOINTS) ?? Members.ofRequest(server).group(ENDPOINTS);
  if (endpoint !== undefined) importEndpoints(api, endpoint);
}

/** A number is told as text (recorded for versions: test_import_and_validate_rest_api, 02-07-2025). */
function infoText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '' || typeof value === 'object') {
    return undefined;
  }
  return String(value);
}

/**
 * In OpenAPI 3 the extension stands in the server.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-endpoint-configuration.html
 */
function importEndpoints(api: RestApi, endpoint: Members): void {
  const before = api.endpointConfiguration;
  api.disableExecuteApiEndpoint =
    endpoint.flag('disableExecuteApiEndpoint') ?? api.disableExecuteApiEndpoint;
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
