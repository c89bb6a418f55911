/** The steps between deployment and removal, in the order in which they run. */
export const STEP_NAMES = [
  'verify',
  'contract',
  'parameters',
  'shadow',
  'rollback',
  'probes',
] as const;

export type StepName = (typeof STEP_NAMES)[number];
