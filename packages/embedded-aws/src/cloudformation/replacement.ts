import { hasUnknown } from './intrinsics';
import { isObject, type JsonObject, member, sameJson } from './json';
import type { PropertiesData, PropertyTypeData, ResourceTypeData } from './resource-types';

/** Whether changing a property replaces its resource. */
export type RequiresRecreation = 'Never' | 'Conditionally' | 'Always';

/** One top-level property that differs. */
export interface PropertyChange {
  readonly name: string;
  readonly requiresRecreation: RequiresRecreation;
  readonly change: 'Add' | 'Modify' | 'Remove';
}

/** The top-level properties that differ, and what each does to the resource. */
export function propertyChanges(
  type: ResourceTypeData,
  before: JsonObject,
  after: JsonObject,
): PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): PropertyChange[] => {
    const old = member(before, name);
    const now = member(after, name);
    if (sameJson(old, now) && !hasUnknown(now)) return [];
    const change = old === undefined ? 'Add' : now === undefined ? 'Remove' : 'Modify';
    return [
      { name, requiresRecreation: recreation(type, type.properties, name, old, now), change },
    ];
  });
}

/** Whether the changes replace the resource. What only may replace is tried in place first. */
export function replaces(changes: readonly PropertyChange[]): boolean {
  return changes.some(({ requiresRecreation }) => requiresRecreation === 'Always');
}

/**
 * The names that keep a replacement from being made beside the resource it replaces, because they
 * stay the same; undefined when a new one can be had.
 */
export function occupiedName(
  type: ResourceTypeData,
  before: JsonObject,
  after: JsonObject,
): string | undefined {
  const identifiers = type.primaryIdentifier;
  const same = identifiers.every((name) => {
    const now = member(after, name);
    return now !== undefined && sameJson(member(before, name), now);
  });
  if (!same || identifiers.length === 0) return undefined;
  return identifiers.map((name) => String(member(after, name))).join('|');
}

function recreation(
  type: ResourceTypeData,
  declared: PropertiesData,
  name: string,
  before: unknown,
  after: unknown,
): RequiresRecreation {
  const property = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (property === undefined) return 'Never';
  if (property.replacement === 'yes' || type.replacementPaths?.includes(name)) return 'Always';
  if (property.replacement === 'maybe') return 'Conditionally';
  return nestedRecreation(type, property.type, before, after);
}

/** A nested member can replace although its parent alone would not. */
function nestedRecreation(
  type: ResourceTypeData,
  declared: PropertyTypeData,
  before: unknown,
  after: unknown,
): RequiresRecreation {
  if (typeof declared === 'string' || !('ref' in declared)) return 'Never';
  const definition = type.definitions[declared.ref];
  if (definition === undefined || !isObject(before) || !isObject(after)) return 'Never';
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const nested = [...names]
    .filter((name) => !sameJson(member(before, name), member(after, name)))
    .map((name) => recreation(type, definition, name, member(before, name), member(after, name)));
  if (nested.includes('Always')) return 'Always';
  return nested.includes('Conditionally') ? 'Conditionally' : 'Never';
}
