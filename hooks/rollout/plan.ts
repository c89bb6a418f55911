import type { CompiledTemplate } from '../framework';
import { listed } from '../framework/listed';
import { ownResources } from '../stage/own';
import { remembering } from '../stage/shadow';
import { retiring } from './api-of';
import { type Kept, keeping } from './keeping';
import { deploysTheSame } from './settled-ids';
import { type Shadow, withShadow } from './shadow';
import { takenAway } from './taken-away';

/** The updates of the stack that a deploy consists of, in this order. */
export type StepName = 'retire' | 'shadow' | 'live';

export interface Step {
  readonly name: StepName;
  readonly template: CompiledTemplate;
}

export interface Plan {
  readonly steps: readonly [Step, ...Step[]];
  readonly shadow: Shadow | undefined;
  /** The reason, for the user, to take more than one step. */
  readonly notice: string | undefined;
  /** False if the framework may find that there is nothing to deploy. */
  readonly hasChanges: boolean;
}

export interface Given {
  /** The template to be, under the ids that the stack has already. */
  readonly packaged: CompiledTemplate;
  /** The same with the stage of a shared API. */
  readonly whole: CompiledTemplate;
  /** The template that the stage was last deployed with; the framework's own before that. */
  readonly before: CompiledTemplate;
  /** The resources that the stack has, by logical id. */
  readonly physicalIds: Readonly<Record<string, string>>;
  readonly isWhole: boolean;
  /** True if the new deployment is to be verified before it is live. */
  readonly isToBeVerified: boolean;
  readonly sharesApi: boolean;
  readonly kept: Kept;
}

/** Plans the deploy of a template. Nothing is changed yet. */
export function planOf(given: Given): Plan {
  const { packaged, whole, before, physicalIds, sharesApi, isToBeVerified } = given;
  const deployed = { template: before, physicalIds };
  // The deployment of a shared API is made after the update, unless a shadow needs it before.
  const taken = sharesApi && !isToBeVerified ? [] : takenAway(deployed, packaged);
  const first = taken.length > 0 ? retiring(packaged, deployed, given.isWhole) : undefined;
  const shadow = isToBeVerified
    ? withShadow(whole, { template: first ?? before }, sharesApi)
    : undefined;
  const live = keeping(packaged, before, given.kept);
  return {
    steps: [
      ...(first ? [{ name: 'retire' as const, template: withMemory(first, given) }] : []),
      ...(shadow
        ? [{ name: 'shadow' as const, template: withMemory(shadow.template, given) }]
        : []),
      { name: 'live', template: live },
    ] as unknown as Plan['steps'],
    shadow,
    notice:
      first &&
      `The stack is updated ${shadow ? 'first' : 'twice'}, so that the stage stops serving what was removed: ${listed(taken)}`,
    hasChanges:
      first !== undefined ||
      shadow !== undefined ||
      !isSame(packaged, before) ||
      !deploysTheSame(packaged, deployed),
  };
}

/** The stack can then be taken back if this deploy is cut off. */
const withMemory = (template: CompiledTemplate, { before }: Given) => remembering(template, before);

/** The framework compares with its last upload, which may never have been deployed. */
function isSame(packaged: CompiledTemplate, before: CompiledTemplate): boolean {
  const textOf = (template: CompiledTemplate) =>
    JSON.stringify(
      ownResources(template)
        // Their code is in the bucket under a key with the time of the upload.
        .filter(([, { Type }]) => !Type.startsWith('AWS::Lambda::'))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return textOf(packaged) === textOf(before);
}
