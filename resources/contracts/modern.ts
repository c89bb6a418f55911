import { type Draft4, mapParts } from './parts';
import type { Names } from './types';

/** A bound of draft 4, which says beside it whether it is one of the values. */
const BOUNDS = [
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
] as const;

/**
 * A schema of draft 4 as OpenAPI 3.1 has them: JSON Schema 2020-12, with definitions among the
 * document's components.
 * @param names of the definitions there
 */
export function modern(schema: Draft4, names: Names): Draft4 {
  const {
    $schema: _,
    id: __,
    definitions: ___,
    $ref: reference,
    ...own
  } = mapParts(schema, (part) => modern(part, names));
  return {
    ...(typeof reference === 'string' && {
      $ref: `#/components/schemas/${names.get(reference.replace('#/definitions/', ''))}`,
    }),
    ...listed(depending(bounded(own))),
  };
}

function bounded(schema: Draft4): Draft4 {
  const changed: Record<string, unknown> = { ...schema };
  for (const [bound, exclusive] of BOUNDS) {
    if (changed[exclusive] === true && bound in changed) {
      changed[exclusive] = changed[bound];
      delete changed[bound];
    } else {
      delete changed[exclusive];
    }
  }
  return changed;
}

function depending({ dependencies, ...schema }: Draft4): Draft4 {
  if (dependencies === undefined) return schema;
  const all = Object.entries(dependencies as object);
  const some = (isNames: boolean) =>
    Object.fromEntries(all.filter(([, needed]) => Array.isArray(needed) === isNames));
  return { ...schema, dependentRequired: some(true), dependentSchemas: some(false) };
}

function listed({ items, additionalItems, ...schema }: Draft4): Draft4 {
  if (items === undefined) return schema;
  if (!Array.isArray(items)) return { ...schema, items };
  const more = additionalItems === undefined ? {} : { items: additionalItems };
  return { ...schema, prefixItems: items, ...more };
}
