import type { StreamDeclaration, StreamSettings } from './declaration';
import { rowOf } from './stage-rows';

/** The name in Kinesis of a stream that is given none, in the framework's variables. */
export const defaultName = (name: string): string =>
  `\${self:service}-\${self:provider.stage}-${name}`;

/**
 * The members that a stage has: its own in place of those of all stages. A member that is
 * `undefined` has its default again.
 * @param stage undefined for stages that have no row
 */
export function ofStage(declaration: StreamDeclaration, stage: string | undefined): StreamSettings {
  const { stages: _, ...settings } = declaration;
  const row: StreamSettings = rowOf(declaration, stage) ?? {};
  return {
    ...settings,
    // A key of one's own, and none at all, replace each other.
    ...(row.encryption === false && { kmsKeyArn: undefined }),
    ...(row.kmsKeyArn !== undefined && { encryption: true }),
    ...row,
  };
}
