import { buildMethod, buildMethodResponse } from '../entities/methods';
import { badRequest } from '../errors';
import { Members } from '../members';
import type { Method } from '../model';
import { type JsonObject, listAt, type OpenApiDocument, objectAt, textAt } from './document';
import { requestModelsOf, responseModelsOf } from './import-bodies';
import { importIntegration } from './import-integration';
import type { OperationPlace } from './import-place';
import { authorizationOf } from './import-security';

const LOCATIONS: Readonly<Record<string, string>> = {
  path: 'path',
  query: 'querystring',
  header: 'header',
};

/** Adds the method of an operation, including its integration. */
export function importOperation(place: OperationPlace): void {
  const { api, resource, httpMethod, operation, document, findings } = place;
  const authorization = authorizationOf(api, document, operation);
  // A security scheme without its authorizer was already warned of: its methods are not created.
  if (authorization === undefined) return;
  const method = findings.attempt(
    `put method '${httpMethod}' on resource at path '${resource.path}'`,
    () => methodOf(place, authorization),
  );
  if (method === undefined) return;
  resource.methods.set(httpMethod, method);
  for (const [statusCode, response] of Object.entries(objectAt(operation, 'responses'))) {
    if (!/^[1-5]\d\d$/.test(statusCode)) continue;
    findings.attempt(
      `put method response on '${httpMethod}' for resource at path '${resource.path}'`,
      () => {
        const input = methodResponse(place, document.resolve(response), statusCode);
        method.methodResponses.set(statusCode, buildMethodResponse(api, statusCode, input));
      },
    );
  }
  const described = objectAt(operation, 'x-amazon-apigateway-integration');
  if (Object.keys(described).length > 0) {
    importIntegration({ ...place, method, described });
  }
}

function methodOf(place: OperationPlace, authorization: JsonObject): Method {
  const { api, resource, httpMethod, operation, document } = place;
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
      ...authorization,
      operationName: textAt(operation, 'operationId'),
      requestParameters: requestParameters(parameters, resource.path),
      requestModels: requestModelsOf(place, parameters),
      requestValidatorId: validator === undefined ? undefined : validatorId(place, validator),
    }),
  );
  return { ...method, ...mediaTypesOf(document, operation) };
}

/**
 * Swagger 2 says what an operation takes and gives apart from its models; an export says it again
 * (recorded: test_export_swagger_openapi, 15-04-2024).
 */
function mediaTypesOf(
  { version, root }: OpenApiDocument,
  operation: JsonObject,
): Pick<Method, 'consumes' | 'produces'> {
  if (version !== 2) return {};
  const types = (name: string) => {
    const own = Object.hasOwn(operation, name) ? listAt(operation, name) : listAt(root, name);
    return own.length === 0 ? undefined : own.map(String);
  };
  return { consumes: types('consumes') ?? [], produces: types('produces') ?? [] };
}

function validatorId({ validators }: OperationPlace, name: string): string {
  const id = validators.get(name);
  if (id === undefined) throw badRequest(`Invalid Request Validator specified: ${name}`);
  return id;
}

/**
 * The declared parameters, and the variables of the path, declared or not (recorded:
 * test_import_and_validate_rest_api, 02-07-2025).
 */
function requestParameters(
  parameters: readonly JsonObject[],
  path: string,
): JsonObject | undefined {
  const declared = parameters.flatMap((parameter) => {
    const location = LOCATIONS[textAt(parameter, 'in') ?? ''];
    const name = textAt(parameter, 'name');
    if (location === undefined || name === undefined) return [];
    return [[`method.request.${location}.${name}`, parameter.required === true] as const];
  });
  const variables = Array.from(
    path.matchAll(/\{([^{}]+?)\+?\}/g),
    ([, name]) => [`method.request.path.${name}`, true] as const,
  );
  const all = Object.fromEntries([...declared, ...variables]);
  return Object.keys(all).length === 0 ? undefined : all;
}

function methodResponse(place: OperationPlace, response: JsonObject, statusCode: string): Members {
  const headers = Object.keys(objectAt(response, 'headers')).map(
    (name) => [`method.response.header.${name}`, false] as const,
  );
  return Members.ofRequest({
    responseParameters: headers.length === 0 ? undefined : Object.fromEntries(headers),
    responseModels: responseModelsOf(place, response, statusCode),
  });
}
