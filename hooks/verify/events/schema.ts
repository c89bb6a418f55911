/** A JSON Schema, draft 4, as declarations have it. */
export type Schema = Readonly<Record<string, unknown>>;

type Members = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema itself, where one refers to it: `#/definitions/line`. */
export function resolved(schema: unknown, root: Schema): Schema {
  let found = schema;
  // Schemas may refer to each other in a circle, and then constrain nothing.
  for (let steps = 0; steps < 20 && isObject(found) && typeof found.$ref === 'string'; steps += 1) {
    const names = found.$ref.split('/').slice(1);
    found = names.reduce<unknown>(
      (at, name) =>
        isObject(at) ? at[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined,
      root,
    );
  }
  return isObject(found) ? found : {};
}

export const typesOf = ({ type }: Schema): readonly unknown[] =>
  type === undefined ? [] : [type].flat();

/** Keywords beside which a schema's other keywords do not say all that it allows. */
const FURTHER = ['allOf', 'anyOf', 'oneOf', 'not', 'dependencies'];

export const isPlain = (schema: Schema): boolean => FURTHER.every((name) => !(name in schema));

/** True if a schema certainly allows any string of this length. */
export function allowsText(schema: Schema, length: number): boolean {
  const types = typesOf(schema);
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  return (
    isPlain(schema) &&
    (types.length === 0 || types.includes('string')) &&
    ['enum', 'pattern', 'format'].every((name) => !(name in schema)) &&
    length >= Number(minLength) &&
    length <= Number(maxLength)
  );
}

/** True if a schema certainly allows one more member, of any kind. */
export const allowsMore = (schema: Schema): boolean =>
  isPlain(schema) &&
  ['maxProperties', 'patternProperties', 'enum'].every((name) => !(name in schema)) &&
  (schema.additionalProperties === undefined || schema.additionalProperties === true);

/** The schema of a member: `['customer', 'id']`. */
export const schemaAt = (root: Schema, path: readonly string[]): Schema =>
  path.reduce<Schema>(
    (schema, name) => {
      const { properties } = schema;
      return resolved(isObject(properties) ? properties[name] : undefined, root);
    },
    resolved(root, root),
  );
