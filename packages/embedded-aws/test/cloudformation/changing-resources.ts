import { api, role, stream, type World } from './support';

/** A role whose path, when it changes, replaces it. */
export const at = (path: string, attributes: object = {}) => ({
  ...role({ Path: path }),
  ...attributes,
});
/** An API that changes in place. */
export const named = (description: string, attributes: object = {}) => ({
  ...api({ Description: description }),
  ...attributes,
});
/** Comes last, so that its failure finds all else done. */
export const last = (shards: number) => ({
  ...stream({ ShardCount: shards }),
  DependsOn: ['A'],
});

/** The logical ids of what exists, sorted; twice where an old one stays beside the new. */
export const idsOf = ({ resources }: World) =>
  [...resources.existing.keys()].map((id) => id.split('-')[0]).sort();
