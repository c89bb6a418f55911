import type { Deployment } from './deployment';
import type { PropertyProblem } from './property-validation';
import type { ResourceChange } from './resource-change';
import type { Stack, StackDefinition } from './stack';
import type { OnFailure } from './stack-operations';

/** A set of changes to a stack that can be looked at and then executed. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description?: string;
  readonly stack: Stack;
  readonly definition: StackDefinition;
  readonly creationTime: Date;
  readonly roleArn?: string;
  /** There are none; clients ask for them all the same, and are told that they did. */
  readonly includeNestedStacks: boolean;
  readonly onFailure?: OnFailure;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE' | 'OBSOLETE';
  readonly changes: readonly ResourceChange[];
  readonly problems: readonly { readonly logicalId: string; readonly problem: PropertyProblem }[];
  /** What it would deploy; undefined when it failed before that was known. */
  readonly deployment?: Deployment;
}
