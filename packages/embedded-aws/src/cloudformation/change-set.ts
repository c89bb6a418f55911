import type { Deployment } from './deployment';
import type { OnFailure } from './on-failure';
import type { PropertyProblem } from './property-validation';
import type { ResourceChange } from './resource-change';
import type { Stack, StackDefinition } from './stack';

/** A failed check of a change set, which DescribeEvents returns. */
export interface ChangeSetProblem {
  readonly logicalId: string;
  readonly problem: PropertyProblem;
  /** Default: a check of the properties. */
  readonly check?: 'NAME_CONFLICT_VALIDATION';
}

/** A set of changes to a stack that can be reviewed and then executed. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  /** The `ClientToken` of its request. */
  readonly token?: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description?: string;
  readonly stack: Stack;
  readonly definition: StackDefinition;
  readonly creationTime: Date;
  readonly roleArn?: string;
  /**
   * Returned as requested, although nested stacks are not implemented, because clients always ask
   * for them.
   */
  readonly includeNestedStacks: boolean;
  /** Resources that exist already are imported rather than created. */
  readonly importExistingResources?: boolean;
  readonly onFailure?: OnFailure;
  readonly disableRollback?: boolean;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  executionStatus:
    | 'AVAILABLE'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'EXECUTE_IN_PROGRESS'
    | 'OBSOLETE'
    | 'UNAVAILABLE';
  readonly changes: readonly ResourceChange[];
  readonly problems: readonly ChangeSetProblem[];
  /** The deployment to execute; undefined if planning it failed, and once it was executed. */
  deployment?: Deployment;
}

/** True once the execution began: the name is free again, and only the id finds the change set. */
export function isExecuted({ executionStatus }: ChangeSet): boolean {
  return executionStatus.startsWith('EXECUTE_');
}
