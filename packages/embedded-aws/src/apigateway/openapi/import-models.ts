import { derivedId } from '../../core/ids';
import { createModel } from '../entities/models';
import { PART_ID_LENGTH } from '../ids';
import { isRecord, Members } from '../members';
import type { RestApi } from '../model';
import { isJsonSchemaKeyword } from '../schema-parts';
import { type JsonObject, type OpenApiDocument, textAt } from './document';
import type { ImportFindings } from './import-findings';

const LOCAL_REFERENCE = /^#\/(?:definitions|components\/schemas)\//;

/** The API that models are added to. */
export interface ModelsPlace {
  readonly api: RestApi;
  readonly findings: ImportFindings;
}

/** Creates a model for each schema of a document, replacing models of the same name. */
export function importModels({ api, findings }: ModelsPlace, document: OpenApiDocument): void {
  const later = Object.keys(document.schemas);
  for (const [name, schema] of Object.entries(document.schemas)) {
    findings.attempt(`create model for '${name}'`, () => putModel(api, name, schema, later));
  }
}

/**
 * The model of an inline schema: the model it refers to, or a new one. A reference to none is warned
 * of and left out (known from reports of `cdk deploy`).
 * @param where the location of the schema; determines the name of a new model
 */
export function modelFor(
  { api, findings }: ModelsPlace,
  schema: unknown,
  where: string,
): string | undefined {
  if (!isRecord(schema)) return undefined;
  const reference = textAt(schema, '$ref');
  if (reference === undefined) {
    const name = `Inline${derivedId(where, PART_ID_LENGTH)}`;
    putModel(api, name, schema);
    return name;
  }
  const name = reference.split('/').at(-1) ?? '';
  if (api.models.has(name)) return name;
  findings.warn(`Reference to model '${name}' not found. Ignoring.`);
  return undefined;
}

/** Swagger's classes of schemas that are no objects, by type, and by format. */
const CLASSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  boolean: { '': 'BooleanSchema' },
  integer: { '': 'IntegerSchema' },
  number: { '': 'NumberSchema' },
  string: {
    '': 'StringSchema',
    binary: 'BinarySchema',
    byte: 'ByteArraySchema',
    date: 'DateSchema',
    'date-time': 'DateTimeSchema',
    email: 'EmailSchema',
    password: 'PasswordSchema',
    uuid: 'UUIDSchema',
  },
};

/**
 * The class of an inline schema of OpenAPI 3 that AWS makes no model of, in its words. That of texts is
 * from a public report, the others are inferred.
 */
export function unsupportedModel(schema: unknown): string | undefined {
  if (!isRecord(schema) || Object.hasOwn(schema, '$ref')) return undefined;
  const classes = CLASSES[textAt(schema, 'type') ?? ''];
  return classes?.[textAt(schema, 'format') ?? ''] ?? classes?.[''];
}

/** A model has the description of its schema (recorded: test_import_with_circular_models, 02-07-2025). */
function putModel(api: RestApi, name: string, schema: unknown, later: string[] = []): void {
  api.models.delete(name);
  createModel(
    api,
    Members.ofRequest({
      name,
      contentType: 'application/json',
      description: isRecord(schema) ? textAt(schema, 'description') : undefined,
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
