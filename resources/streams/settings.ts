import type { StreamDeclaration, StreamSettings } from './declaration';

/** The name in Kinesis of a stream that is given none, in the framework's variables. */
export const defaultName = (name: string): string =>
  `\${self:service}-\${self:provider.stage}-${name}`;

/**
 * What a stage has: its own members in place of those of all stages. A member that is `undefined` has
 * its default again.
 * @param stage undefined for stages that have no row
 */
export function ofStage(
  { stages = {}, ...settings }: StreamDeclaration,
  stage: string | undefined,
): StreamSettings {
  if (stage === undefined || !Object.hasOwn(stages, stage)) return settings;
  const row = stages[stage] ?? {};
  return {
    ...settings,
    // A key of one's own, and none at all, replace each other.
    ...(row.encryption === false && { kmsKeyArn: undefined }),
    ...(row.kmsKeyArn !== undefined && { encryption: true }),
    ...row,
  };
}
