import type { CompiledTemplate, Serverless } from '../framework';
import { stageAddress } from '../stage/deployed-stage';
import { readStack } from '../stage/load-target';
import { rememberedBy, shadowStageOf } from '../stage/shadow';
import { restoreStage } from './restore-stage';

/** The remains in the stack of a deploy that was cut off before it had an outcome. */
export interface LeftShadow {
  /** The name of its stage; undefined if it did not get that far. */
  readonly stageName: string | undefined;
  readonly ageMs: number;
  /** True while CloudFormation works on the stack. */
  readonly isBusy: boolean;
  readonly before: CompiledTemplate;
  /** The shared API that its stage is a stage of. */
  readonly restApiId: string | undefined;
}

export async function findLeftShadow(serverless: Serverless): Promise<LeftShadow | undefined> {
  const stack = await readStack(await stageAddress(serverless));
  const before = stack && rememberedBy(stack.template);
  if (stack === undefined || before === undefined) return undefined;
  const id = shadowStageOf(stack.template) ?? '';
  const { RestApiId: api } = (stack.template.Resources[id]?.Properties ?? {}) as {
    readonly RestApiId?: unknown;
  };
  return {
    stageName: stack.physicalIds[id],
    ageMs: Math.max(0, Date.now() - stack.changedAt.getTime()),
    isBusy: stack.status.endsWith('_IN_PROGRESS'),
    before,
    restApiId: typeof api === 'string' ? api : undefined,
  };
}

/** Takes the stack back to where it was before the deploy. */
export async function deleteLeftShadow(
  serverless: Serverless,
  { before, restApiId }: LeftShadow,
): Promise<void> {
  const shared = restApiId
    ? { restApiId, stageName: '', served: undefined, made: undefined }
    : undefined;
  await restoreStage(serverless, { before, shared });
}
