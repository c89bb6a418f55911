import { hasUnknown } from './intrinsics';
import { isObject, type JsonObject, member, sameJson } from './json';
import type { PropertiesData, PropertyTypeData, ResourceTypeData } from './resource-types';

/** CloudFormation's term for whether a property change replaces its resource. */
export type RequiresRecreation = 'Never' | 'Conditionally' | 'Always';

/** A changed top-level property. */
export interface PropertyChange {
  readonly name: string;
  readonly requiresRecreation: RequiresRecreation;
  readonly change: 'Add' | 'Modify' | 'Remove';
}

/** The changed top-level properties, and the effect of each on the resource. */
export function propertyChanges(
  type: ResourceTypeData,
  before: JsonObject,
  after: JsonObject,
): PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): PropertyChange[] => {
    const current = member(before, name);
    const desired = member(after, name);
    if (sameJson(current, desired) && !hasUnknown(desired)) return [];
    const change = current === undefined ? 'Add' : desired === undefined ? 'Remove' : 'Modify';
    return [
      {
        name,
        requiresRecreation: recreation(type, type.properties, name, current, desired),
        change,
      },
    ];
  });
}

/**
 * True if the changes replace the resource. A property that replaces only conditionally is updated
 * in place first.
 */
export function replaces(changes: readonly PropertyChange[]): boolean {
  return changes.some(({ requiresRecreation }) => requiresRecreation === 'Always');
}

/**
 * The primary identifier, if both the current and the new resource have it: then the new resource
 * cannot be created before the current one is deleted. Undefined if it can.
 */
export function occupiedName(
  type: ResourceTypeData,
  before: JsonObject,
  after: JsonObject,
): string | undefined {
  const identifiers = type.primaryIdentifier;
  const same = identifiers.every((name) => {
    const desired = member(after, name);
    return desired !== undefined && sameJson(member(before, name), desired);
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

/** A nested property may require replacement even if its parent does not. */
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
