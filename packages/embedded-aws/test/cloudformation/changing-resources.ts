import { api, role, stream, type World } from './support';

/** A role that is replaced when its path changes. */
export const at = (path: string, attributes: object = {}) => ({
  ...role({ Path: path }),
  ...attributes,
});
/** An API that is updated in place when its description changes. */
export const named = (description: string, attributes: object = {}) => ({
  ...api({ Description: description }),
  ...attributes,
});
/** A stream that depends on everything else, so that its failure comes last. */
export const last = (shards: number) => ({
  ...stream({ ShardCount: shards }),
  DependsOn: ['A'],
});

/**
 * The sorted logical ids of the existing resources; twice if an old one exists beside a new one.
 */
export const idsOf = ({ resources }: World) =>
  [...resources.existing.keys()].map((id) => id.split('-')[0]).sort();
