import type { ApiDefinition, Integration, Method, MethodResponse } from '../model';
import type { JsonObject } from './document';
import type { ExportExtension } from './export-extensions';
import { type ExportType, schemaReference } from './export-models';
import { securityOf } from './export-security';
import { mapValues } from './import-models';

const DEFAULT_TIMEOUT_MS = 29_000;

const LOCATIONS: Readonly<Record<string, string>> = {
  path: 'path',
  querystring: 'query',
  header: 'header',
};

/** The OpenAPI description of an operation, without API Gateway's extensions. */
export function operationOf(
  method: Method,
  definition: ApiDefinition,
  type: ExportType,
): JsonObject {
  const models = Object.entries(method.requestModels ?? {});
  const parameters = parametersOf(method, type);
  const [, model] = models[0] ?? [];
  if (type === 'swagger' && model !== undefined) {
    parameters.push({
      in: 'body',
      name: model,
      required: true,
      schema: schemaReference(model, type),
    });
  }
  const responses = [...method.methodResponses.values()];
  return {
    operationId: method.operationName,
    ...(type === 'swagger' ? mediaTypesOf(method) : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(type === 'oas30' && models.length > 0
      ? { requestBody: { content: contentOf(method.requestModels, type), required: true } }
      : {}),
    responses: Object.fromEntries(
      responses.map((response) => [response.statusCode, responseOf(response, type)]),
    ),
    ...securityOf(method, definition),
  };
}

/** Those of the document that the method was imported from, or else those of its models. */
function mediaTypesOf({ consumes, produces, requestModels, methodResponses }: Method): JsonObject {
  const responseTypes = [...methodResponses.values()].flatMap(({ responseModels }) =>
    Object.keys(responseModels ?? {}),
  );
  const consumed = consumes ?? Object.keys(requestModels ?? {}).slice(0, 1);
  const produced = produces ?? [...new Set(responseTypes)];
  return {
    ...(consumed.length === 0 ? {} : { consumes: consumed }),
    ...(produced.length === 0 ? {} : { produces: produced }),
  };
}

function parametersOf({ requestParameters }: Method, type: ExportType): JsonObject[] {
  return Object.entries(requestParameters ?? {}).map(([parameter, required]) => {
    const [, , location = '', ...name] = parameter.split('.');
    const common = { name: name.join('.'), in: LOCATIONS[location] };
    if (type === 'swagger') return { ...common, required, type: 'string' };
    return { ...common, ...(required ? { required } : {}), schema: { type: 'string' } };
  });
}

function responseOf(response: MethodResponse, type: ExportType): JsonObject {
  const string = type === 'swagger' ? { type: 'string' } : { schema: { type: 'string' } };
  const headers = Object.keys(response.responseParameters ?? {}).map((parameter) => [
    parameter.replace('method.response.header.', ''),
    string,
  ]);
  const [model] = Object.values(response.responseModels ?? {});
  return {
    description: `${response.statusCode} response`,
    ...(type === 'swagger' && model !== undefined ? { schema: schemaReference(model, type) } : {}),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    ...(type === 'oas30' ? { content: contentOf(response.responseModels, type) } : {}),
  };
}

function contentOf(models: Readonly<Record<string, string>> | undefined, type: ExportType) {
  return mapValues(models ?? {}, (model) => ({ schema: schemaReference(String(model), type) }));
}

/** API Gateway's extensions of an operation. */
export function operationExtensions(
  { integration, requestValidatorId }: Method,
  { requestValidators }: ApiDefinition,
  extensions: readonly ExportExtension[],
): JsonObject {
  const validator = requestValidators.get(requestValidatorId ?? '')?.name;
  const all = extensions.includes('apigateway');
  return {
    ...(validator === undefined || !all
      ? {}
      : { 'x-amazon-apigateway-request-validator': validator }),
    ...(integration === undefined || !(all || extensions.includes('integrations'))
      ? {}
      : { 'x-amazon-apigateway-integration': integrationOf(integration) }),
  };
}

/** Members that have their default are left out (recorded: test_export_swagger_openapi, 15-04-2024). */
function integrationOf(integration: Integration): JsonObject {
  const {
    integrationResponses,
    cacheNamespace,
    cacheKeyParameters,
    connectionType: _type,
    timeoutInMillis,
    ...rest
  } = integration;
  return {
    ...rest,
    type: integration.type.toLowerCase(),
    passthroughBehavior: integration.passthroughBehavior.toLowerCase(),
    ...(timeoutInMillis === DEFAULT_TIMEOUT_MS ? {} : { timeoutInMillis }),
    // A public export of 2019 has both together.
    ...(cacheKeyParameters.length === 0 ? {} : { cacheNamespace, cacheKeyParameters }),
    ...(integrationResponses.size === 0
      ? {}
      : {
          responses: Object.fromEntries(
            [...integrationResponses.values()].map(({ selectionPattern, ...response }) => [
              selectionPattern || 'default',
              response,
            ]),
          ),
        }),
  };
}
