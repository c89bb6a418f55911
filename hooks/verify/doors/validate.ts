import type { Schema } from './schema';

/**
 * Compares a value with a schema.
 * @param where the value is, as the problems call it: `routes[0].method`
 * @returns each thing that is wrong, in words; empty where nothing is
 */
export function validate(value: unknown, schema: Schema, where = ''): string[] {
  const at = where === '' ? 'the file' : where;
  if (schema.enum !== undefined && !schema.enum.includes(value as string)) {
    return [`${at} is ${shown(value)}; it takes ${schema.enum.join(', ')}`];
  }
  switch (schema.type) {
    case 'object':
      return isObject(value) ? inObject(value, schema, where) : [`${at} must be an object`];
    case 'array':
      return Array.isArray(value) ? inList(value, schema, where) : [`${at} must be a list`];
    case 'string':
      if (typeof value !== 'string') return [`${at} must be text`];
      if (schema.pattern === undefined || new RegExp(schema.pattern).test(value)) return [];
      return [
        `${at} is ${shown(value)}. ${schema.description ?? `It has the form ${schema.pattern}`}`,
      ];
    case 'integer': {
      const { minimum = -Infinity, maximum = Infinity } = schema;
      if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum)
        return [];
      return [`${at} must be a whole number from ${minimum} to ${maximum}`];
    }
    default:
      return [];
  }
}

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown) => JSON.stringify(value) ?? 'missing';

function inObject(value: Members, schema: Schema, where: string): string[] {
  const { required = [], properties = {}, additionalProperties } = schema;
  const prefix = where === '' ? '' : `${where}.`;
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${prefix}${name} is missing`);
  const problems = Object.entries(value).flatMap(([name, member]) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (own === false) {
      const known = Object.keys(properties).join(', ');
      return [`${prefix}${name} is unknown; it takes ${known}`];
    }
    return own === undefined ? [] : validate(member, own, prefix + name);
  });
  return [...missing, ...problems];
}

function inList(value: readonly unknown[], { minItems = 0, items }: Schema, where: string) {
  if (value.length < minItems) return [`${where} must not be empty`];
  if (items === undefined) return [];
  return value.flatMap((each, index) => validate(each, items, `${where}[${index}]`));
}
