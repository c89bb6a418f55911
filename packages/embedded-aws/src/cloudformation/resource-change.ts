import { type JsonObject, sameJson } from './json';
import type { RequiresRecreation } from './replacement';
import type { StackResource } from './stack';
import type { ResourceDeclaration } from './template';

/** One reason for a change: DescribeChangeSet's ResourceChangeDetail. */
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
}

/** A property's value before and after; absent where it has none. */
export interface ChangedValue {
  readonly change: 'Add' | 'Modify' | 'Remove';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What will happen to one resource: DescribeChangeSet's ResourceChange. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly details: readonly ChangeDetail[];
  /** What becomes of the physical resource that goes: its policy. */
  readonly policyAction?: string;
  /** The properties that the resource has, and those that it will have. */
  readonly before?: JsonObject;
  readonly after?: JsonObject;
}

/** A resource that the new template does not have. */
export function removal({
  logicalId,
  physicalId,
  type,
  deletionPolicy,
  properties,
}: StackResource): ResourceChange {
  return {
    action: 'Remove',
    logicalId,
    ...(physicalId !== undefined && { physicalId }),
    type,
    details: [],
    policyAction: deletionPolicy === 'Delete' ? 'Delete' : 'Retain',
    before: properties,
  };
}

/** What becomes of a replaced resource. */
export function replacePolicyAction({ updateReplacePolicy }: ResourceDeclaration): string {
  return updateReplacePolicy === 'Delete' ? 'ReplaceAndDelete' : 'ReplaceAndRetain';
}

/** Changes of what a declaration says beside its properties. */
export function attributeDetails(
  current: StackResource,
  declaration: ResourceDeclaration,
): ChangeDetail[] {
  const compared = [
    ['Metadata', current.metadata, declaration.metadata],
    ['DeletionPolicy', current.deletionPolicy, declaration.deletionPolicy],
    ['UpdateReplacePolicy', current.updateReplacePolicy, declaration.updateReplacePolicy],
  ] as const;
  return compared
    .filter(([, before, after]) => !sameJson(before, after))
    .map(([attribute]) => ({
      attribute,
      requiresRecreation: 'Never',
      evaluation: 'Static',
      source: 'DirectModification',
    }));
}
