import type { Scope } from '../../core/caller';
import { methodsByPath } from '../entities/resources';
import type { ApiDefinition, Deployment, RestApi, Stage } from '../model';
import { type JsonObject, OPERATION_KEYS } from './document';
import { type ExportType, schemasOf } from './export-models';
import { operationExtensions, operationOf } from './export-operation';
import { securitySchemesOf } from './export-security';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html */
export const EXPORT_EXTENSIONS = ['apigateway', 'integrations', 'authorizers'] as const;
export type ExportExtensions = (typeof EXPORT_EXTENSIONS)[number];

/** The stage to export, and the format. */
export interface ExportOptions {
  readonly scope: Scope;
  readonly api: RestApi;
  readonly stage: Stage;
  readonly deployment: Deployment;
  readonly type: ExportType;
  /** Which of API Gateway's extensions to include: all, one kind, or none. */
  readonly extensions: ExportExtensions | undefined;
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
    version: api.version ?? new Date(deployment.createdDate * 1000).toISOString(),
  };
  const schemas = schemasOf(definition, type);
  const security = securitySchemesOf(
    definition,
    extensions === 'apigateway' || extensions === 'authorizers',
  );
  const all = extensions === 'apigateway' ? apiExtensions(definition) : {};
  if (type === 'swagger') {
    return {
      swagger: '2.0',
      info,
      host,
      basePath: `/${stage.stageName}`,
      schemes: ['https'],
      paths: pathsOf(options),
      ...(security === undefined ? {} : { securityDefinitions: security }),
      definitions: schemas,
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
      },
    ],
    paths: pathsOf(options),
    components: { schemas, ...(security === undefined ? {} : { securitySchemes: security }) },
    ...all,
  };
}

function pathsOf({ deployment: { definition }, type, extensions }: ExportOptions): JsonObject {
  return methodsByPath(definition, (method) => [
    KEY_OF_METHOD[method.httpMethod] ?? method.httpMethod,
    {
      ...operationOf(method, definition, type),
      ...(extensions === undefined || extensions === 'authorizers'
        ? {}
        : operationExtensions(method, definition, extensions)),
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
    'x-amazon-apigateway-minimum-compression-size': definition.minimumCompressionSize,
  };
}
