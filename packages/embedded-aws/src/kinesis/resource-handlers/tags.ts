import { tagsProperty } from '../../core/properties';
import type { Properties } from '../../core/resource-handler';

/** The tags of a resource that a template's update adds, changes or removes. */
export interface TagChanges {
  readonly removed: readonly string[];
  /** Undefined if none has a new value. */
  readonly changed: Readonly<Record<string, string>> | undefined;
}

/** Tags that were set outside of the template remain. */
export function tagChanges(properties: Properties, previous: Properties): TagChanges {
  const desired = tagsProperty(properties);
  const current = tagsProperty(previous);
  const changed = [...desired].filter(([key, value]) => current.get(key) !== value);
  return {
    removed: [...current.keys()].filter((key) => !desired.has(key)),
    changed: changed.length > 0 ? Object.fromEntries(changed) : undefined,
  };
}
