import { isRecord } from '../members';
import { type JsonObject, listAt, objectAt } from './document';
import { modelFor, unsupportedModel } from './import-models';
import type { OperationPlace } from './import-place';

/** The schema of a body, by its media type. */
type BodySchema = readonly [type: string, schema: unknown];

/**
 * The names of an operation's request models by media type, the models being made where there are none.
 * Swagger 2 has one body for all media types, of which the first is taken.
 */
export function requestModelsOf(
  place: OperationPlace,
  parameters: readonly JsonObject[],
): JsonObject | undefined {
  const { operation, document } = place;
  const body = parameters.find((parameter) => parameter.in === 'body');
  const schemas =
    body === undefined
      ? contentSchemas(document.resolve(operation.requestBody))
      : [[firstType(place, 'consumes'), body.schema] as const];
  return namedModels(place, schemas, 'request');
}

/** The names of the models of a response by media type. */
export function responseModelsOf(
  place: OperationPlace,
  response: JsonObject,
  statusCode: string,
): JsonObject | undefined {
  const schemas =
    place.document.version === 2
      ? [[firstType(place, 'produces'), response.schema] as const]
      : contentSchemas(response).filter((body) => isSupported(place, body, statusCode));
  return namedModels(place, schemas, statusCode);
}

function firstType({ operation, document }: OperationPlace, member: string): string {
  const [first = 'application/json'] = listAt(operation, member).concat(
    listAt(document.root, member),
  );
  return String(first);
}

/** The schemas of an OpenAPI 3 `content` object. */
function contentSchemas(holder: JsonObject): BodySchema[] {
  return Object.entries(objectAt(holder, 'content')).map(([type, media]) => [
    type,
    isRecord(media) ? media.schema : undefined,
  ]);
}

function isSupported(
  { httpMethod, resource, findings }: OperationPlace,
  [, schema]: BodySchema,
  statusCode: string,
): boolean {
  const type = unsupportedModel(schema);
  if (type === undefined) return true;
  findings.warn(
    `Unsupported model type '${type}' in ${statusCode} response to method '${httpMethod} ${resource.path}'. Ignoring.`,
  );
  return false;
}

/** @param part `request`, or the status of the response */
function namedModels(
  { api, resource, httpMethod, findings }: OperationPlace,
  schemas: readonly BodySchema[],
  part: string,
): JsonObject | undefined {
  const named = schemas.flatMap(([type, schema]) => {
    const where = `${api.id}/${resource.path}/${httpMethod}/${part}/${type}`;
    const name = modelFor({ api, findings }, schema, where);
    return name === undefined ? [] : [[type, name] as const];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
