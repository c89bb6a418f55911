import type { Run } from './run';

type Named = Pick<Run, 'stackName'>;

/** The name of the stack that the probes make for themselves. */
export const probesStackOf = ({ stackName }: Named): string => `${stackName}-probes`;

/** Never made, unless AWS takes what it is expected to refuse. */
export const refused = (run: Named): string => `${probesStackOf(run)}-refused`;

/** Has a change set and nothing else, and only for a moment. */
export const underReview = (run: Named): string => `${probesStackOf(run)}-review`;

/** Stacks that a probe makes and deletes, an ending of the name each. */
export const THROWAWAY = [
  'imports',
  'exports',
  'outcomes',
  'streams',
  'roles',
  'body',
  'calls',
  'traced',
  'existing',
  'quotas',
  'canary',
] as const;
export type Throwaway = (typeof THROWAWAY)[number];

export const throwawayStackOf = (run: Named, ending: Throwaway): string =>
  `${probesStackOf(run)}-${ending}`;

/** Every stack that the probes may leave behind, those first that others' outputs are imported by. */
export const probesStacks = (run: Named): string[] => [
  probesStackOf(run),
  refused(run),
  underReview(run),
  ...THROWAWAY.map((ending) => throwawayStackOf(run, ending)),
];
