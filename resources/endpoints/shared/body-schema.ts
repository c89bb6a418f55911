import type { Schema } from '../../openapi/schema';

/** The JSON Schema dialect of API Gateway's models. */
export const DRAFT_4 = 'http://json-schema.org/draft-04/schema#';

/**
 * JSON Schema draft 4 as in API Gateway's models, plus notes for the OpenAPI document. Unknown
 * members are allowed and ignored, except that the templates reject near-misses of known names.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export interface BodySchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';
  readonly enum?: readonly string[];
  readonly anyOf?: readonly BodySchema[];
  readonly properties?: Readonly<Record<string, BodySchema>>;
  readonly items?: BodySchema;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  /** For the OpenAPI document only. */
  readonly description?: string;
  /** Replaces this schema in the OpenAPI document, to be stricter there than the API is. */
  readonly documentedAs?: Schema;
  /** For the OpenAPI document only: values that pass the model but that Kinesis rejects. */
  readonly not?: Schema;
}

/** The schema of an API Gateway model, without the notes for the OpenAPI document. */
export function modelSchema(schema: BodySchema): object {
  return { $schema: DRAFT_4, ...withoutNotes(schema) };
}

function withoutNotes(schema: BodySchema): BodySchema {
  const { description: _, documentedAs: __, not: ___, properties, items, anyOf, ...rest } = schema;
  return {
    ...rest,
    ...(anyOf && { anyOf: anyOf.map(withoutNotes) }),
    ...(properties && { properties: constrained(properties) }),
    ...(items && { items: withoutNotes(items) }),
  };
}

/** Drops members that may hold anything, which need no schema. */
function constrained(properties: NonNullable<BodySchema['properties']>) {
  const all = Object.entries(properties).map(
    ([name, schema]) => [name, withoutNotes(schema)] as const,
  );
  return Object.fromEntries(all.filter(([, schema]) => Object.keys(schema).length > 0));
}
