import { isRecord } from './members';

/** Keywords of JSON Schema draft 4; AWS rejects models with others. */
const KEYWORDS = new Set([
  '$ref',
  '$schema',
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'default',
  'definitions',
  'dependencies',
  'description',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'id',
  'items',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'not',
  'oneOf',
  'pattern',
  'patternProperties',
  'properties',
  'required',
  'title',
  'type',
  'uniqueItems',
]);

export function isJsonSchemaKeyword(keyword: string): boolean {
  return KEYWORDS.has(keyword);
}

/** Keywords whose value is a schema, a list of schemas, or a map of them. */
export const SCHEMAS = ['additionalItems', 'additionalProperties', 'items', 'not'];
export const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf'];
export const SCHEMA_MAPS = ['definitions', 'properties', 'patternProperties'];

/** A schema and all schemas within it, in their order. References are not followed. */
export function schemasIn(schema: unknown): Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = [];
  // The next is the last: schemas may be nested deeper than calls.
  const waiting: unknown[] = [schema];
  while (waiting.length > 0) {
    const next = waiting.pop();
    const parts = Array.isArray(next)
      ? next
      : isRecord(next)
        ? Object.entries(next).flatMap(partsOf)
        : [];
    if (isRecord(next)) found.push(next);
    for (const part of parts.toReversed()) waiting.push(part);
  }
  return found;
}

function partsOf([keyword, value]: readonly [string, unknown]): unknown[] {
  if (SCHEMAS.includes(keyword) || SCHEMA_LISTS.includes(keyword)) return [value];
  if (!SCHEMA_MAPS.includes(keyword) && keyword !== 'dependencies') return [];
  // A dependency is a schema or a list of names.
  return isRecord(value) ? Object.values(value).filter(isRecord) : [];
}
