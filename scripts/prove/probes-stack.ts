import type { Run } from './run';

type Named = Pick<Run, 'stackName'>;

/** The name of the stack that the probes make for themselves. */
export const probesStackOf = ({ stackName }: Named): string => `${stackName}-probes`;

/** Never made, unless AWS takes what it is expected to refuse. */
export const refused = (run: Named): string => `${probesStackOf(run)}-refused`;

/** Has a change set and nothing else, and only for a moment. */
export const underReview = (run: Named): string => `${probesStackOf(run)}-review`;

/** Every stack that the probes may leave behind. */
export const probesStacks = (run: Named): string[] => [
  probesStackOf(run),
  refused(run),
  underReview(run),
];
