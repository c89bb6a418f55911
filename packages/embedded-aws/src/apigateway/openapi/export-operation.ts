import type {
  ApiDefinition,
  Integration,
  IntegrationResponse,
  Method,
  MethodResponse,
} from '../model';
import type { JsonObject } from './document';
import { type ExportType, schemaReference } from './export-models';
import { securityOf } from './export-security';
import { mapValues } from './import-models';

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
  const [consumed, model] = models[0] ?? [];
  if (type === 'swagger' && model !== undefined) {
    parameters.push({
      in: 'body',
      name: model,
      required: true,
      schema: schemaReference(model, type),
    });
  }
  const responses = [...method.methodResponses.values()];
  const produced = responses.flatMap(({ responseModels }) => Object.keys(responseModels ?? {}));
  return {
    operationId: method.operationName,
    ...(type === 'swagger' && consumed !== undefined ? { consumes: [consumed] } : {}),
    ...(type === 'swagger' && produced.length > 0 ? { produces: [...new Set(produced)] } : {}),
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
  extensions: 'apigateway' | 'integrations',
): JsonObject {
  const validator = requestValidators.get(requestValidatorId ?? '')?.name;
  return {
    ...(validator === undefined || extensions === 'integrations'
      ? {}
      : { 'x-amazon-apigateway-request-validator': validator }),
    ...(integration === undefined
      ? {}
      : { 'x-amazon-apigateway-integration': integrationOf(integration) }),
  };
}

function integrationOf(integration: Integration): JsonObject {
  const {
    integrationResponses,
    cacheNamespace: _namespace,
    cacheKeyParameters,
    ...rest
  } = integration;
  return {
    ...rest,
    type: integration.type.toLowerCase(),
    passthroughBehavior: integration.passthroughBehavior.toLowerCase(),
    connectionType: undefined,
    timeoutInMillis:
      integration.timeoutInMillis === 29_000 ? undefined : integration.timeoutInMillis,
    ...(cacheKeyParameters.length === 0 ? {} : { cacheKeyParameters }),
    responses: Object.fromEntries(
      [...integrationResponses.values()].map((response) => [
        response.selectionPattern || 'default',
        integrationResponseOf(response),
      ]),
    ),
  };
}

function integrationResponseOf({ selectionPattern: _pattern, ...response }: IntegrationResponse) {
  return response;
}
