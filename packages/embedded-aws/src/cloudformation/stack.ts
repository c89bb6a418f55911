import { randomUUID } from 'node:crypto';
import type { Caller } from '../core/caller';
import type { JsonObject } from './json';
import type { ParameterValues } from './parameters';
import type { DeletionPolicy } from './resource-declaration';
import type { Template } from './template';

const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** A resource of a stack: the physical resource and its status in CloudFormation. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Undefined until the physical resource exists. */
  physicalId?: string;
  /** True if the physical resource exists, but its creation has not finished. */
  isUnfinished?: boolean;
  /** True if the stack did not create the physical resource: no rollback deletes it. */
  isImported?: boolean;
  attributes: Readonly<Record<string, unknown>>;
  /** The properties last passed to the handler. */
  properties: JsonObject;
  /** Number of replacements; part of the seed that physical ids derive from. */
  generation: number;
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: DeletionPolicy;
  metadata?: unknown;
  /** The logical ids of its dependencies. */
  dependencies: readonly string[];
  status: string;
  statusReason?: string;
  timestamp: Date;
}

/** One change to a resource, recorded so that it can be rolled back. */
export interface JournalEntry {
  /** `unchanged`: its update failed before anything was done. */
  readonly kind: 'created' | 'imported' | 'updated' | 'replaced' | 'unchanged';
  readonly resource: StackResource;
  /** The resource before the change; for a replacement, the old resource, which still exists. */
  readonly before?: StackResource;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly properties?: string;
  readonly timestamp: Date;
  readonly token?: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/**
 * Alarms that would roll an operation back. They are kept and told, not watched.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html
 */
export interface RollbackConfiguration {
  readonly triggers?: readonly { readonly arn: string; readonly type: string }[];
  readonly monitoringMinutes?: number;
}

/** The definition of a stack: its template and the inputs of the last create or update. */
export interface StackDefinition {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  readonly rollbackConfiguration?: RollbackConfiguration;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_OperationEntry.html */
export type OperationType =
  | 'CONTINUE_ROLLBACK'
  | 'CREATE_CHANGESET'
  | 'CREATE_STACK'
  | 'DELETE_STACK'
  | 'ROLLBACK'
  | 'UPDATE_STACK';

export interface OperationEntry {
  readonly type: OperationType;
  readonly id: string;
}

/** An operation that failed and was not rolled back. */
export interface InterruptedOperation {
  readonly journal: readonly JournalEntry[];
  /** Restores everything other than resources; undefined if the stack was being created. */
  readonly restore?: () => void;
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly creationTime: Date;
  lastUpdatedTime?: Date;
  deletionTime?: Date;
  status: string;
  statusReason?: string;
  definition: StackDefinition;
  /** The change set that was executed last; undefined after an update without one. */
  changeSetId?: string;
  /** The last operation, and after a rollback the one that was rolled back. */
  lastOperations?: readonly OperationEntry[];
  roleArn?: string;
  disableRollback: boolean;
  terminationProtection: boolean;
  policy?: string;
  /** The policy that holds instead for the update in progress. */
  policyDuringUpdate?: string;
  readonly resources: Map<string, StackResource>;
  outputs: readonly StackOutput[];
  /** Names of the imported exports of other stacks. */
  imports: ReadonlySet<string>;
  readonly events: StackEvent[];
  /** The operation in progress; resolves when it ends, successfully or not. */
  operation?: Promise<void>;
  /** Set to cancel the operation in progress. */
  cancelled: boolean;
  /** RetainExceptOnCreate: a rollback also deletes new resources with the policy Retain. */
  retainExceptOnCreate: boolean;
  timeoutInMinutes?: number;
  /** The changes of an operation that failed without a rollback, for RollbackStack. */
  interrupted?: InterruptedOperation;
  /** Continues a failed rollback, for ContinueUpdateRollback. */
  unfinishedRollback?: (skip: ReadonlySet<string>) => Promise<void>;
  /** The token of the request that started the operation in progress. */
  token?: string;
}

/** A new stack without resources. */
export function newStack(
  caller: Caller,
  partition: string,
  name: string,
  definition: StackDefinition,
  now: Date,
): Stack {
  const { region, accountId } = caller;
  return {
    id: `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`,
    name,
    creationTime: now,
    status: 'REVIEW_IN_PROGRESS',
    definition,
    disableRollback: false,
    terminationProtection: false,
    retainExceptOnCreate: false,
    resources: new Map(),
    outputs: [],
    imports: new Set(),
    events: [],
    cancelled: false,
  };
}

/** Sets the status of the stack and adds an event. */
export function setStackStatus(stack: Stack, status: string, now: Date, reason?: string): void {
  stack.status = status;
  stack.statusReason = reason;
  // Recorded of deletions and of rollbacks of creations, while they last and when they fail
  // (LocalStack's test_blocked_stack_deletion, 06-09-2023).
  if (/^(DELETE|ROLLBACK)_IN_PROGRESS$/.test(status)) stack.deletionTime = now;
  stack.events.push({
    id: randomUUID(),
    logicalId: stack.name,
    physicalId: stack.id,
    type: STACK_TYPE,
    status,
    timestamp: eventTime(stack, now),
    ...(reason !== undefined && { reason }),
    ...(stack.token !== undefined && { token: stack.token }),
  });
}

/**
 * Sets the status of a resource and adds an event.
 * @param told what the event says instead of what the resource has: the physical resource that is
 *   replaced, the properties that it is to have
 */
export function setResourceStatus(
  stack: Stack,
  resource: StackResource,
  status: string,
  now: Date,
  reason?: string,
  told: { readonly physicalId?: string; readonly properties?: JsonObject } = {},
): void {
  const timestamp = eventTime(stack, now);
  resource.status = status;
  resource.statusReason = reason;
  resource.timestamp = timestamp;
  const { logicalId, type } = resource;
  const { physicalId = resource.physicalId ?? '', properties = resource.properties } = told;
  // Recorded: deletions in a clean-up have another id and no properties
  // (LocalStack's test_change_set_ref, 08-04-2025); those of a deleted stack have both.
  const about = isCleaningUp(stack)
    ? { id: `${logicalId}-${randomUUID()}` }
    : {
        id: `${logicalId}-${status}-${timestamp.toISOString()}`,
        properties: JSON.stringify(properties),
      };
  stack.events.push({
    ...about,
    logicalId,
    physicalId,
    type,
    status,
    timestamp,
    ...(reason !== undefined && { reason }),
    ...(stack.token !== undefined && { token: stack.token }),
  });
}

/** The times of a stack's events increase strictly: clients sort by them, and ids contain them. */
function eventTime({ events }: Stack, now: Date): Date {
  const last = events.at(-1)?.timestamp.getTime() ?? 0;
  return new Date(Math.max(now.getTime(), last + 1));
}

function isCleaningUp({ status }: Stack): boolean {
  return status.endsWith('_CLEANUP_IN_PROGRESS');
}

/** Notes that an operation begins. A rollback is told beside what it rolls back. */
export function beginOperation(stack: Stack, type: OperationType): void {
  const rolledBack = type === 'ROLLBACK' ? (stack.lastOperations ?? []) : [];
  stack.lastOperations = [{ type, id: randomUUID() }, ...rolledBack];
}

/** The order in which AWS lists a stack's resources and changes. */
export function byLogicalId(
  { logicalId: a }: { readonly logicalId: string },
  { logicalId: b }: { readonly logicalId: string },
): number {
  return a < b ? -1 : Number(a > b);
}

/** True if an operation is in progress. */
export function isBusy(stack: Stack): boolean {
  return stack.status.endsWith('_IN_PROGRESS') && stack.status !== 'REVIEW_IN_PROGRESS';
}

/** True if a creation has exceeded its timeout. */
export function isOverdue({ timeoutInMinutes, status, creationTime }: Stack, now: Date): boolean {
  if (timeoutInMinutes === undefined || status !== 'CREATE_IN_PROGRESS') return false;
  return now.getTime() - creationTime.getTime() > timeoutInMinutes * 60_000;
}
