import { badRequest, notInEnum, validationError } from '../errors';
import { API_ID_LENGTH, PART_ID_LENGTH, randomId } from '../ids';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import {
  API_KEY_SOURCES,
  type ApiKeySource,
  type EndpointConfiguration,
  type RestApi,
  type TextMap,
} from '../model';
import { checkPolicy } from '../resource-policy';
import type { RegionStore } from '../store';
import { requireUnmapped } from './base-path-mappings';
import { readEndpointConfiguration } from './endpoint-configuration';
import { defaultModels } from './models';

/** The maximum compression threshold in bytes, equal to the maximum payload size. */
const MAX_COMPRESSION_SIZE = 10_485_760;

/** The settings that CreateRestApi and `AWS::ApiGateway::RestApi` share. */
export interface RestApiSettings {
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly apiKeySource: ApiKeySource;
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number | undefined;
  readonly disableExecuteApiEndpoint: boolean;
  readonly policy?: string | undefined;
  readonly endpointConfiguration: EndpointConfiguration;
}

/**
 * Parses the settings of an API from a request or a template.
 * @throws AwsError like AWS
 */
export function readRestApiSettings(input: Members): RestApiSettings {
  const description = input.text('description');
  if (description === '') throw badRequest('Description cannot be an empty string');
  return {
    name: input.requiredText('name', 'Name cannot be empty.'),
    description,
    version: input.text('version'),
    apiKeySource: checkApiKeySource(
      input.text('apiKeySourceType') ?? input.text('apiKeySource') ?? 'HEADER',
      'createRestApiInput.apiKeySource',
    ),
    binaryMediaTypes: input.texts('binaryMediaTypes') ?? [],
    minimumCompressionSize: checkCompressionSize(input.number('minimumCompressionSize')),
    disableExecuteApiEndpoint: input.flag('disableExecuteApiEndpoint') ?? false,
    policy: checkPolicy(input.document('policy')),
    endpointConfiguration: readEndpointConfiguration(input.group('endpointConfiguration')),
  };
}

/** @param path the value's place in the input, which the error tells */
export function checkApiKeySource(source: string, path: string): ApiKeySource {
  if (isOneOf(API_KEY_SOURCES, source)) return source;
  throw validationError([notInEnum(source, path, API_KEY_SOURCES)]);
}

export function checkCompressionSize(size: number | undefined): number | undefined {
  if (size === undefined || (Number.isInteger(size) && size >= 0 && size <= MAX_COMPRESSION_SIZE)) {
    return size;
  }
  throw badRequest(
    `Invalid minimum compression size, must be between 0 and ${MAX_COMPRESSION_SIZE}`,
  );
}

export interface NewRestApi {
  readonly settings: RestApiSettings;
  readonly tags: TextMap;
  /** Epoch seconds. */
  readonly createdDate: number;
  /** Predefined ids. Default: random. */
  readonly id?: string;
  readonly rootResourceId?: string;
}

export function createRestApi(region: RegionStore, input: NewRestApi): RestApi {
  const rootResourceId = input.rootResourceId ?? randomId(API_ID_LENGTH);
  const api: RestApi = {
    ...input.settings,
    id: input.id ?? randomId(API_ID_LENGTH),
    createdDate: input.createdDate,
    tags: input.tags,
    rootResourceId,
    resources: new Map([[rootResourceId, { id: rootResourceId, path: '/', methods: new Map() }]]),
    models: defaultModels(() => randomId(PART_ID_LENGTH)),
    requestValidators: new Map(),
    authorizers: new Map(),
    gatewayResponses: new Map(),
    deployments: new Map(),
    stages: new Map(),
  };
  region.restApis.set(api.id, api);
  return api;
}

/**
 * Deletes an API with all its parts, and removes its stages from usage plans.
 * @throws AwsError BadRequestException if a domain name is mapped to it
 */
export function deleteRestApi(region: RegionStore, id: string): void {
  region.restApi(id);
  requireUnmapped(region, `RestApi ${id}`, ({ restApiId }) => restApiId === id);
  region.restApis.delete(id);
  for (const plan of region.usagePlans.values()) {
    plan.apiStages = plan.apiStages.filter(({ apiId }) => apiId !== id);
  }
}
