import type { ProducerDeclaration, ProducerSettings } from './declaration';

/**
 * The members that a stage has: its own in place of those of all stages. A member that is `undefined` has
 * its default again.
 * @param stage undefined for stages that have no row
 */
export function ofStage(
  { stages = {}, ...settings }: ProducerDeclaration,
  stage: string | undefined,
): ProducerSettings {
  const row = stage !== undefined && Object.hasOwn(stages, stage) ? stages[stage] : {};
  return { ...settings, ...row };
}
