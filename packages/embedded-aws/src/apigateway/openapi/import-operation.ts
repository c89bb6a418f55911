import { buildIntegrationResponse } from '../entities/integration-responses';
import type { IntegrationSupport } from '../entities/integration-target';
import { buildIntegration } from '../entities/integrations';
import { buildMethod, buildMethodResponse } from '../entities/methods';
import { badRequest } from '../errors';
import { isRecord, Members } from '../members';
import type { HttpMethod, Method, Resource, RestApi } from '../model';
import { type JsonObject, listAt, type OpenApiDocument, objectAt, textAt } from './document';
import { modelFor } from './import-models';
import { authorizationOf } from './import-security';

const LOCATIONS: Readonly<Record<string, string>> = {
  path: 'path',
  query: 'querystring',
  header: 'header',
};

/** One operation of a document, and the context of its import. */
export interface OperationPlace {
  readonly api: RestApi;
  readonly resource: Resource;
  readonly httpMethod: HttpMethod;
  readonly operation: JsonObject;
  /** The parameters of the path item. */
  readonly pathParameters: readonly unknown[];
  readonly document: OpenApiDocument;
  readonly support: IntegrationSupport;
  /** The ids of request validators by their names in the document. */
  readonly validators: ReadonlyMap<string, string>;
}

/** Builds the method of an operation, including its integration. */
export function buildOperation(place: OperationPlace): Method {
  const { api, httpMethod, operation, document } = place;
  const where = `${place.resource.path}/${httpMethod}`;
  const parameters = [...place.pathParameters, ...listAt(operation, 'parameters')].map(
    (parameter) => document.resolve(parameter),
  );
  const validator =
    textAt(operation, 'x-amazon-apigateway-request-validator') ??
    textAt(document.root, 'x-amazon-apigateway-request-validator');
  const method = buildMethod(
    api,
    httpMethod,
    Members.ofRequest({
      ...authorizationOf(api, document, operation),
      operationName: textAt(operation, 'operationId'),
      requestParameters: requestParameters(parameters),
      requestModels: requestModels(place, parameters, where),
      requestValidatorId: validator === undefined ? undefined : validatorId(place, validator),
    }),
  );
  for (const [statusCode, response] of Object.entries(objectAt(operation, 'responses'))) {
    if (!/^[1-5]\d\d$/.test(statusCode)) continue;
    const input = methodResponse(place, document.resolve(response), `${where}/${statusCode}`);
    method.methodResponses.set(statusCode, buildMethodResponse(api, statusCode, input));
  }
  addIntegration(place, method);
  return method;
}

function validatorId({ validators }: OperationPlace, name: string): string {
  const id = validators.get(name);
  if (id === undefined) throw badRequest(`Invalid Request Validator specified: ${name}`);
  return id;
}

function requestParameters(parameters: readonly JsonObject[]): JsonObject | undefined {
  const entries = parameters.flatMap((parameter) => {
    const location = LOCATIONS[textAt(parameter, 'in') ?? ''];
    const name = textAt(parameter, 'name');
    if (location === undefined || name === undefined) return [];
    return [[`method.request.${location}.${name}`, parameter.required === true] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function requestModels(
  { api, operation, document }: OperationPlace,
  parameters: readonly JsonObject[],
  where: string,
): JsonObject | undefined {
  const body = parameters.find((parameter) => parameter.in === 'body');
  const consumes = listAt(operation, 'consumes').concat(listAt(document.root, 'consumes'));
  const schemas =
    body === undefined
      ? contentSchemas(document.resolve(operation.requestBody))
      : [[String(consumes[0] ?? 'application/json'), body.schema] as const];
  return namedModels(api, schemas, where);
}

function methodResponse(place: OperationPlace, response: JsonObject, where: string): Members {
  const { api, document, operation } = place;
  const headers = Object.keys(objectAt(response, 'headers')).map(
    (name) => [`method.response.header.${name}`, false] as const,
  );
  const produces = listAt(operation, 'produces').concat(listAt(document.root, 'produces'));
  const schemas =
    document.version === 2
      ? [[String(produces[0] ?? 'application/json'), response.schema] as const]
      : contentSchemas(response);
  return Members.ofRequest({
    responseParameters: headers.length === 0 ? undefined : Object.fromEntries(headers),
    responseModels: namedModels(api, schemas, where),
  });
}

/** The schemas of an OpenAPI 3 `content` object, by media type. */
function contentSchemas(holder: JsonObject): (readonly [string, unknown])[] {
  return Object.entries(objectAt(holder, 'content')).map(([type, media]) => [
    type,
    isRecord(media) ? media.schema : undefined,
  ]);
}

function namedModels(
  api: RestApi,
  schemas: readonly (readonly [string, unknown])[],
  where: string,
): JsonObject | undefined {
  const named = schemas.flatMap(([type, schema]) => {
    const name = modelFor(api, schema, `${api.id}/${where}/${type}`);
    return name === undefined ? [] : [[type, name] as const];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

function addIntegration({ operation, resource, support }: OperationPlace, method: Method): void {
  const described = objectAt(operation, 'x-amazon-apigateway-integration');
  if (Object.keys(described).length === 0) return;
  const input = Members.ofRequest({
    ...described,
    type: textAt(described, 'type')?.toUpperCase(),
    passthroughBehavior: textAt(described, 'passthroughBehavior')?.toUpperCase(),
    connectionType: textAt(described, 'connectionType')?.toUpperCase(),
  });
  const integration = buildIntegration({ method, resourceId: resource.id }, input, support);
  for (const [pattern, response] of Object.entries(objectAt(described, 'responses'))) {
    if (!isRecord(response)) continue;
    const statusCode = String(response.statusCode);
    const built = buildIntegrationResponse(
      method,
      statusCode,
      Members.ofRequest({
        ...response,
        selectionPattern: pattern === 'default' ? undefined : pattern,
      }),
    );
    integration.integrationResponses.set(statusCode, built);
  }
  method.integration = integration;
}
