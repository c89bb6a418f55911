import { operationFor } from '../../core/protocol/operation';
import { list, required, text } from '../../core/shapes/shape';
import { tagAnswer, tagList, tagMap } from '../../core/tags';
import type { WebAclStore } from '../store';

const operation = operationFor<WebAclStore>();

const onResource = { ResourceARN: required(text) } as const;

export const tagOperations = {
  ListTagsForResource: operation({
    input: onResource,
    resource: ({ ResourceARN }) => ResourceARN,
    run({ ResourceARN }, { store }) {
      const TagList = tagAnswer(store.get(ResourceARN).tags);
      return { TagInfoForResource: { ResourceARN, TagList } };
    },
  }),
  TagResource: operation({
    input: { ...onResource, Tags: required(tagList) },
    resource: ({ ResourceARN }) => ResourceARN,
    run({ ResourceARN, Tags }, { store }) {
      const { tags } = store.get(ResourceARN);
      for (const [key, value] of tagMap(Tags)) tags.set(key, value);
      return {};
    },
  }),
  UntagResource: operation({
    input: { ...onResource, TagKeys: required(list(text)) },
    resource: ({ ResourceARN }) => ResourceARN,
    run({ ResourceARN, TagKeys }, { store }) {
      const { tags } = store.get(ResourceARN);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
  }),
};
