import type { Schema } from '../../openapi/schema';

/** The dialect that API Gateway's models are written in. */
export const DRAFT_4 = 'http://json-schema.org/draft-04/schema#';

/**
 * JSON Schema draft 4, as API Gateway's models have it, with what the OpenAPI document adds. Members
 * that no schema names are allowed and ignored; the templates refuse those that nearly match.
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
  /** In the OpenAPI document only. */
  readonly description?: string;
  /** In the OpenAPI document, in place of this schema: narrower than what the API accepts. */
  readonly documentedAs?: Schema;
  /** In the OpenAPI document only: what Kinesis refuses, which a model does not look at. */
  readonly not?: Schema;
}

/** The model that API Gateway validates bodies with. */
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

/** A member that may hold anything needs no schema. */
function constrained(properties: NonNullable<BodySchema['properties']>) {
  const all = Object.entries(properties).map(
    ([name, schema]) => [name, withoutNotes(schema)] as const,
  );
  return Object.fromEntries(all.filter(([, schema]) => Object.keys(schema).length > 0));
}
