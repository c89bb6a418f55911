import { derivedId } from '../../core/ids';
import { createModel } from '../entities/models';
import { PART_ID_LENGTH } from '../ids';
import { isJsonSchemaKeyword } from '../json-schema';
import { isRecord, Members } from '../members';
import type { RestApi } from '../model';
import type { JsonObject, OpenApiDocument } from './document';

const LOCAL_REFERENCE = /^#\/(?:definitions|components\/schemas)\//;

/** Makes a model of each schema of a document, replacing those of the same name. */
export function importModels(api: RestApi, document: OpenApiDocument): void {
  for (const [name, schema] of Object.entries(document.schemas)) {
    putModel(api, name, schema);
  }
}

/**
 * The model that a schema in place stands for: the one it refers to, or one made of it.
 * @param place what the schema belongs to; makes the name of a new model
 */
export function modelFor(api: RestApi, schema: unknown, place: string): string | undefined {
  if (!isRecord(schema)) return undefined;
  const reference = typeof schema.$ref === 'string' ? schema.$ref : undefined;
  if (reference !== undefined) return reference.split('/').at(-1);
  const name = `Inline${derivedId(place, PART_ID_LENGTH)}`;
  putModel(api, name, schema);
  return name;
}

function putModel(api: RestApi, name: string, schema: unknown): void {
  api.models.delete(name);
  createModel(
    api,
    Members.ofRequest({
      name,
      contentType: 'application/json',
      schema: JSON.stringify(modelSchema(api, schema)),
    }),
  );
}

/**
 * A document's schema as JSON schema: references point at models, and what only OpenAPI knows
 * (`example`, `nullable`, `xml`, …) is left out, as AWS does when importing.
 */
function modelSchema(api: RestApi, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((item) => modelSchema(api, item));
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema).filter(([keyword]) => isJsonSchemaKeyword(keyword));
  return Object.fromEntries(
    entries.map(([keyword, value]) => [keyword, keywordValue(api, keyword, value)]),
  );
}

function keywordValue(api: RestApi, keyword: string, value: unknown): unknown {
  if (keyword === '$ref' && typeof value === 'string' && LOCAL_REFERENCE.test(value)) {
    const name = value.replace(LOCAL_REFERENCE, '');
    return `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;
  }
  if (keyword === 'properties' || keyword === 'patternProperties' || keyword === 'definitions') {
    return mapValues(isRecord(value) ? value : {}, (item) => modelSchema(api, item));
  }
  if (keyword === 'enum' || keyword === 'default' || keyword === 'required') return value;
  return modelSchema(api, value);
}

export function mapValues(object: JsonObject, change: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
