/** The types that OpenAPI 3.0 knows; null is not among them. */
const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const;
type Type = (typeof TYPES)[number];

/** A schema of OpenAPI 3.0, as far as this document needs them. */
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
}

/** Points to one of the document's components. */
export const schemaRef = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** A JSON schema of draft 4 as resources/models.ts has them. */
interface Draft4 {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Draft4[];
  readonly properties?: Readonly<Record<string, Draft4>>;
  readonly items?: Draft4;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** Keywords that mean in OpenAPI 3.0 what they mean in draft 4. */
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
] as const satisfies readonly (keyof Schema)[];

/** Keywords that are translated below. */
const TRANSLATED = ['$schema', 'type', 'enum', 'anyOf', 'properties', 'items'];

/**
 * A draft-4 schema in the dialect of OpenAPI 3.0, which has no type `null`: a schema that takes null
 * is `nullable`, and that counts only beside a `type`.
 * @param descriptions what to say of properties, by name
 * @throws TypeError for a keyword that it does not know, rather than lose what the model says
 */
export function toOpenApiSchema(
  schema: Draft4,
  descriptions: Readonly<Record<string, string>> = {},
): Schema {
  const unknown = Object.keys(schema).filter(
    (keyword) => !TRANSLATED.includes(keyword) && !SAME.some((same) => same === keyword),
  );
  if (unknown.length > 0) throw new TypeError(`No OpenAPI 3.0 for ${unknown.join(', ')}.`);
  const { type, enum: values, anyOf, properties, items } = schema;
  if (anyOf !== undefined) return alternatives(anyOf, descriptions);
  return {
    // Of an enumeration draft 4 need not say the type.
    ...(values !== undefined && { type: 'string', enum: values }),
    ...(type !== undefined && { type: knownType(type) }),
    ...Object.fromEntries(
      SAME.filter((name) => name in schema).map((name) => [name, schema[name]]),
    ),
    ...(properties !== undefined && { properties: described(properties, descriptions) }),
    ...(items !== undefined && { items: toOpenApiSchema(items, descriptions) }),
  };
}

function knownType(name: string): Type {
  const type = TYPES.find((known) => known === name);
  if (type === undefined) throw new TypeError(`OpenAPI 3.0 has no type ${name} by itself.`);
  return type;
}

function alternatives(
  anyOf: readonly Draft4[],
  descriptions: Readonly<Record<string, string>>,
): Schema {
  const isNullable = anyOf.some(({ type }) => type === 'null');
  const [first, ...rest] = anyOf
    .filter(({ type }) => type !== 'null')
    .map((schema) => toOpenApiSchema(schema, descriptions));
  if (first === undefined) throw new TypeError('OpenAPI 3.0 has no type null by itself.');
  const nullable = isNullable ? withNull(first) : first;
  return rest.length === 0 ? nullable : { anyOf: [nullable, ...rest] };
}

function withNull(schema: Schema): Schema {
  const { enum: values } = schema;
  return { ...schema, ...(values && { enum: [...values, null] }), nullable: true };
}

function described(
  properties: Readonly<Record<string, Draft4>>,
  descriptions: Readonly<Record<string, string>>,
): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      {
        ...(descriptions[name] !== undefined && { description: descriptions[name] }),
        ...toOpenApiSchema(schema, descriptions),
      },
    ]),
  );
}
