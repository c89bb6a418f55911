import { type JsonObject, sameJson } from './json';
import type { RequiresRecreation } from './replacement';
import type { StackResource } from './stack';
import type { ResourceDeclaration } from './template';

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

/** The change for a resource that is not in the new template. */
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

/** The policy action for a replaced resource. */
export function replacePolicyAction({ updateReplacePolicy }: ResourceDeclaration): string {
  return updateReplacePolicy === 'Delete' ? 'ReplaceAndDelete' : 'ReplaceAndRetain';
}

/** Changes to attributes of a declaration other than its properties. */
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
