import type { BodySchema } from '../endpoints/shared/body-schema';

/** The types of OpenAPI 3.0, which has no `null`. */
const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const;
type Type = (typeof TYPES)[number];

/** An OpenAPI 3.0 schema, limited to the keywords that this document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: Type;
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly (string | null)[];
  readonly nullable?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly default?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly not?: Schema;
}

/** A reference to one of the document's components. */
export const schemaRef = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Keywords with the same meaning in OpenAPI 3.0 and in draft 4. */
const SAME = [
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'pattern',
  'required',
] as const satisfies readonly (keyof Schema & keyof BodySchema)[];

/**
 * Translates a draft-4 schema to OpenAPI 3.0, which has no type `null`: schemas that accept null
 * become `nullable`, which has an effect only together with `type`.
 * @throws TypeError for a type that OpenAPI 3.0 cannot express
 */
export function toOpenApiSchema(schema: BodySchema): Schema {
  const { description, documentedAs } = schema;
  const constraints = documentedAs ?? translated(schema);
  return { ...(description !== undefined && { description }), ...constraints };
}

function translated(schema: BodySchema): Schema {
  const { type, enum: values, anyOf, properties, items, not } = schema;
  if (anyOf !== undefined) return alternatives(anyOf);
  return {
    // Draft 4 requires no type for an enumeration.
    ...(values !== undefined && { type: 'string', enum: values }),
    ...(type !== undefined && { type: knownType(type) }),
    ...Object.fromEntries(
      SAME.filter((name) => name in schema).map((name) => [name, schema[name]]),
    ),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => [name, toOpenApiSchema(member)]),
      ),
    }),
    ...(items !== undefined && { items: toOpenApiSchema(items) }),
    ...(not !== undefined && { not }),
  };
}

function knownType(name: string): Type {
  const type = TYPES.find((known) => known === name);
  if (type === undefined) throw new TypeError(`OpenAPI 3.0 has no type ${name} by itself.`);
  return type;
}

function alternatives(anyOf: readonly BodySchema[]): Schema {
  const isNullable = anyOf.some(({ type }) => type === 'null');
  const [first, ...rest] = anyOf.filter(({ type }) => type !== 'null').map(toOpenApiSchema);
  if (first === undefined) throw new TypeError('OpenAPI 3.0 has no type null by itself.');
  const nullable = isNullable ? withNull(first) : first;
  return rest.length === 0 ? nullable : { anyOf: [nullable, ...rest] };
}

function withNull(schema: Schema): Schema {
  const { enum: values } = schema;
  return { ...schema, ...(values && { enum: [...values, null] }), nullable: true };
}
