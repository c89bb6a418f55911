import type { Caller } from '../../core/caller';
import { tagsProperty } from '../../core/properties';
import type { Properties } from '../../core/resource-handler';
import type { Kinesis } from '..';

/** Makes a resource's tags those of its properties; tags that no template set stay. */
export function updateTags(
  kinesis: Kinesis,
  caller: Caller,
  arn: string,
  properties: Properties,
  previous: Properties,
): void {
  const wanted = tagsProperty(properties);
  const before = tagsProperty(previous);
  const dropped = [...before.keys()].filter((key) => !wanted.has(key));
  if (dropped.length > 0) {
    kinesis.invoke(caller, 'UntagResource', { ResourceARN: arn, TagKeys: dropped });
  }
  const changed = [...wanted].filter(([key, value]) => before.get(key) !== value);
  if (changed.length > 0) {
    const tags = Object.fromEntries(changed);
    kinesis.invoke(caller, 'TagResource', { ResourceARN: arn, Tags: tags });
  }
}
