import type { JsonObject } from './json';
import type { RequiresRecreation } from './replacement';
import type { ResourceDeclaration } from './resource-declaration';
import type { StackResource } from './stack';

/** One reason for a change: ResourceChangeDetail in DescribeChangeSet. */
export interface ChangeDetail {
  readonly attribute: string;
  readonly name?: string;
  readonly requiresRecreation: RequiresRecreation;
  readonly evaluation: 'Static' | 'Dynamic';
  readonly source:
    | 'DirectModification'
    | 'ParameterReference'
    | 'ResourceReference'
    | 'ResourceAttribute'
    | 'Automatic';
  readonly causingEntity?: string;
  readonly values?: ChangedValue;
  /** Set if AWS tells it only with `IncludePropertyValues`, or only without. */
  readonly only?: 'withValues' | 'withoutValues';
}

/** The value of a property before and after the change; undefined if it has none. */
export interface ChangedValue {
  readonly change: 'Add' | 'Modify' | 'Remove';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The change to one resource: ResourceChange in DescribeChangeSet. */
export interface ResourceChange {
  readonly action: 'Add' | 'Import' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly details: readonly ChangeDetail[];
  /** The policy that applies to a physical resource that is removed or replaced. */
  readonly policyAction?: string;
  /** The current properties of the resource, and the new ones. */
  readonly before?: JsonObject;
  readonly after?: JsonObject;
}

/** The effect of a modification's details on its physical resource. */
export function replacementOf(details: readonly ChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const always = details.filter(({ requiresRecreation }) => requiresRecreation === 'Always');
  if (always.some(({ evaluation }) => evaluation === 'Static')) return 'True';
  const isPossible =
    always.length > 0 || details.some((one) => one.requiresRecreation === 'Conditionally');
  return isPossible ? 'Conditional' : 'False';
}

/**
 * The changes as DescribeChangeSet tells them, with `IncludePropertyValues` or without: without, AWS
 * does not look at values, and lists what uses an attribute of a changed resource.
 */
export function describedChanges(
  changes: readonly ResourceChange[],
  withValues: boolean,
): ResourceChange[] {
  const hidden = withValues ? 'withoutValues' : 'withValues';
  return changes.flatMap((change): ResourceChange[] => {
    if (change.action !== 'Modify') return [change];
    const details = change.details.filter(({ only }) => only !== hidden);
    if (details.length === 0) return [];
    const replacement = replacementOf(details);
    const { policyAction, ...rest } = change;
    const isKept = replacement === 'False' || policyAction === undefined;
    return [{ ...rest, details, replacement, ...(!isKept && { policyAction }) }];
  });
}

/**
 * The change for a resource that is not in the new template.
 * @param before its properties, as far as they are told
 */
export function removal(
  { logicalId, physicalId, type, deletionPolicy }: StackResource,
  before: JsonObject,
): ResourceChange {
  return {
    action: 'Remove',
    logicalId,
    ...(physicalId !== undefined && { physicalId }),
    type,
    details: [],
    policyAction: deletionPolicy === 'Delete' ? 'Delete' : 'Retain',
    before,
  };
}

/** The policy action for a replaced resource. */
export function replacePolicyAction({ updateReplacePolicy }: ResourceDeclaration): string {
  return updateReplacePolicy === 'Delete' ? 'ReplaceAndDelete' : 'ReplaceAndRetain';
}
