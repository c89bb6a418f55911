import { rowOf } from '../streams/stage-rows';
import type { ProducerDeclaration, ProducerSettings } from './declaration';

/**
 * The members that a stage has: its own in place of those of all stages. A member that is
 * `undefined` has its default again.
 * @param stage undefined for stages that have no row
 */
export function ofStage(
  declaration: ProducerDeclaration,
  stage: string | undefined,
): ProducerSettings {
  const { stages: _, ...settings } = declaration;
  return { ...settings, ...rowOf(declaration, stage) };
}
