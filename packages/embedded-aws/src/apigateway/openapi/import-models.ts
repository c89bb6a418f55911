import { derivedId } from '../../core/ids';
import { createModel } from '../entities/models';
import { PART_ID_LENGTH } from '../ids';
import { isRecord, Members } from '../members';
import type { RestApi } from '../model';
import { isJsonSchemaKeyword } from '../schema-parts';
import type { JsonObject, OpenApiDocument } from './document';

const LOCAL_REFERENCE = /^#\/(?:definitions|components\/schemas)\//;

/** Creates a model for each schema of a document, replacing models of the same name. */
export function importModels(api: RestApi, document: OpenApiDocument): void {
  const later = Object.keys(document.schemas);
  for (const [name, schema] of Object.entries(document.schemas)) {
    putModel(api, name, schema, later);
  }
}

/**
 * The model of an inline schema: the model it refers to, or a new one.
 * @param place the location of the schema; determines the name of a new model
 */
export function modelFor(api: RestApi, schema: unknown, place: string): string | undefined {
  if (!isRecord(schema)) return undefined;
  const reference = typeof schema.$ref === 'string' ? schema.$ref : undefined;
  if (reference !== undefined) return reference.split('/').at(-1);
  const name = `Inline${derivedId(place, PART_ID_LENGTH)}`;
  putModel(api, name, schema);
  return name;
}

function putModel(api: RestApi, name: string, schema: unknown, later: string[] = []): void {
  api.models.delete(name);
  createModel(
    api,
    Members.ofRequest({
      name,
      contentType: 'application/json',
      schema: JSON.stringify(modelSchema(api, schema)),
    }),
    { later },
  );
}

/**
 * Converts a schema of a document to JSON Schema: references point to models, and keywords that
 * only OpenAPI has (`example`, `nullable`, `xml`, …) are dropped, as in AWS's import.
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
