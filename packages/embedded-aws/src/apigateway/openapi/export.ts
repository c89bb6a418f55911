import type { Scope } from '../../core/caller';
import { methodsByPath } from '../entities/resources';
import type { ApiDefinition, Deployment, RestApi, Stage } from '../model';
import { type JsonObject, OPERATION_KEYS } from './document';
import type { ExportExtension } from './export-extensions';
import { type ExportType, schemasOf } from './export-models';
import { operationExtensions, operationOf } from './export-operation';
import { securitySchemesOf } from './export-security';

/** The stage to export, and the format. */
export interface ExportOptions {
  readonly scope: Scope;
  readonly api: RestApi;
  readonly stage: Stage;
  readonly deployment: Deployment;
  readonly type: ExportType;
  /** Which of API Gateway's extensions to include. */
  readonly extensions: readonly ExportExtension[];
}

const KEY_OF_METHOD = Object.fromEntries(
  Object.entries(OPERATION_KEYS).map(([key, method]) => [method, key]),
);

/**
 * Exports a deployed stage as an OpenAPI document.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
export function exportStage(options: ExportOptions): JsonObject {
  const { api, stage, scope, deployment, type, extensions } = options;
  const { definition } = deployment;
  const host = `${api.id}.execute-api.${scope.region}.amazonaws.com`;
  const info = {
    title: api.name,
    description: api.description,
    version: exportVersion(options),
  };
  const schemas = schemasOf(definition, type);
  const hasAll = extensions.includes('apigateway');
  const security = securitySchemesOf(definition, hasAll || extensions.includes('authorizers'));
  const all = hasAll ? apiExtensions(definition) : {};
  const endpoint = hasAll ? endpointExtension(api) : {};
  if (type === 'swagger') {
    return {
      swagger: '2.0',
      info,
      host,
      basePath: `/${stage.stageName}`,
      schemes: ['https'],
      paths: pathsOf(options),
      ...(security === undefined ? {} : { securityDefinitions: security }),
      ...(isEmpty(schemas) ? {} : { definitions: schemas }),
      ...endpoint,
      ...all,
    };
  }
  return {
    openapi: '3.0.1',
    info,
    servers: [
      {
        url: `https://${host}/{basePath}`,
        variables: { basePath: { default: stage.stageName } },
        ...endpoint,
      },
    ],
    paths: pathsOf(options),
    components: {
      ...(isEmpty(schemas) ? {} : { schemas }),
      ...(security === undefined ? {} : { securitySchemes: security }),
    },
    ...all,
  };
}

/** The API's own version, or else the time of the deployment, to the second. */
export function exportVersion({ api, deployment }: ExportOptions): string {
  const time = new Date(deployment.createdDate * 1000).toISOString();
  return api.version ?? time.replace(/\.\d+Z$/, 'Z');
}

const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-endpoint-configuration.html */
function endpointExtension({ disableExecuteApiEndpoint, endpointConfiguration }: RestApi) {
  const { vpcEndpointIds } = endpointConfiguration;
  const described = {
    ...(disableExecuteApiEndpoint && { disableExecuteApiEndpoint }),
    ...(vpcEndpointIds !== undefined && { vpcEndpointIds }),
  };
  return isEmpty(described) ? {} : { 'x-amazon-apigateway-endpoint-configuration': described };
}

function pathsOf({ deployment: { definition }, type, extensions }: ExportOptions): JsonObject {
  return methodsByPath(definition, (method) => [
    KEY_OF_METHOD[method.httpMethod] ?? method.httpMethod,
    {
      ...operationOf(method, definition, type),
      ...operationExtensions(method, definition, extensions),
    },
  ]);
}

function apiExtensions(definition: ApiDefinition): JsonObject {
  const { requestValidators, gatewayResponses, binaryMediaTypes, policy } = definition;
  return {
    ...(requestValidators.size === 0
      ? {}
      : {
          'x-amazon-apigateway-request-validators': Object.fromEntries(
            [...requestValidators.values()].map(({ name, id: _id, ...validator }) => [
              name,
              validator,
            ]),
          ),
        }),
    ...(gatewayResponses.size === 0
      ? {}
      : {
          'x-amazon-apigateway-gateway-responses': Object.fromEntries(
            [...gatewayResponses.values()].map(({ responseType, ...response }) => [
              responseType,
              response,
            ]),
          ),
        }),
    ...(binaryMediaTypes.length === 0
      ? {}
      : { 'x-amazon-apigateway-binary-media-types': binaryMediaTypes }),
    ...(definition.apiKeySource === 'HEADER'
      ? {}
      : { 'x-amazon-apigateway-api-key-source': definition.apiKeySource }),
    ...(policy === undefined ? {} : { 'x-amazon-apigateway-policy': JSON.parse(policy) }),
    ...(definition.minimumCompressionSize === undefined
      ? {}
      : { 'x-amazon-apigateway-minimum-compression-size': definition.minimumCompressionSize }),
  };
}
