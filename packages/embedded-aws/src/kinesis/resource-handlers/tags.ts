import type { Caller } from '../../core/caller';
import { tagsProperty } from '../../core/properties';
import type { Properties } from '../../core/resource-handler';
import type { Kinesis } from '..';

/**
 * Updates a resource's tags to those of its properties; tags set outside of the template remain.
 */
export function updateTags(
  kinesis: Kinesis,
  caller: Caller,
  arn: string,
  properties: Properties,
  previous: Properties,
): void {
  const desired = tagsProperty(properties);
  const current = tagsProperty(previous);
  const removed = [...current.keys()].filter((key) => !desired.has(key));
  if (removed.length > 0) {
    kinesis.invoke(caller, 'UntagResource', { ResourceARN: arn, TagKeys: removed });
  }
  const changed = [...desired].filter(([key, value]) => current.get(key) !== value);
  if (changed.length > 0) {
    const tags = Object.fromEntries(changed);
    kinesis.invoke(caller, 'TagResource', { ResourceARN: arn, Tags: tags });
  }
}
