import { randomUUID } from 'node:crypto';
import type { Caller } from '../core/caller';
import type { JsonObject } from './json';
import type { ParameterValues } from './parameters';
import type { JournalEntry } from './stack-deployment';
import type { DeletionPolicy, Template } from './template';

const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** A resource of a stack: what exists, and what CloudFormation tells of it. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Undefined until the resource exists. */
  physicalId?: string;
  /** Whether it is there, but its creation has not come to its end. */
  isUnfinished?: boolean;
  attributes: Readonly<Record<string, unknown>>;
  /** The properties last given to the handler. */
  properties: JsonObject;
  /** Counts the replacements; part of the seed that physical ids derive from. */
  generation: number;
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: DeletionPolicy;
  metadata?: unknown;
  /** What must exist before it, by logical id. */
  dependencies: readonly string[];
  status: string;
  statusReason?: string;
  timestamp: Date;
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

/** What a stack was last told to be. */
export interface StackDefinition {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
}

/** An operation that stopped half-way and was not rolled back. */
export interface InterruptedOperation {
  readonly journal: readonly JournalEntry[];
  /** Takes back what is no resource; absent when there was no stack before. */
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
  roleArn?: string;
  disableRollback: boolean;
  terminationProtection: boolean;
  policy?: string;
  readonly resources: Map<string, StackResource>;
  outputs: readonly StackOutput[];
  /** Names of other stacks' exports that this stack uses. */
  imports: ReadonlySet<string>;
  readonly events: StackEvent[];
  /** The operation under way; resolves when it has ended, whichever way. */
  operation?: Promise<void>;
  /** Set to stop the operation under way. */
  cancelled: boolean;
  /** Whether a rollback also takes what is new and has the policy Retain. */
  retainExceptOnCreate: boolean;
  timeoutInMinutes?: number;
  /** What an operation that failed without a rollback has done, for RollbackStack. */
  interrupted?: InterruptedOperation;
  /** What a failed rollback has left to do, for ContinueUpdateRollback. */
  unfinishedRollback?: (skip: ReadonlySet<string>) => Promise<void>;
  /** The token of the request that started the operation under way. */
  token?: string;
}

/** A new stack that has nothing yet. */
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

/** Moves the stack to a status and says so in its events. */
export function setStackStatus(stack: Stack, status: string, now: Date, reason?: string): void {
  stack.status = status;
  stack.statusReason = reason;
  stack.events.push({
    id: randomUUID(),
    logicalId: stack.name,
    physicalId: stack.id,
    type: STACK_TYPE,
    status,
    timestamp: now,
    ...(reason !== undefined && { reason }),
    ...(stack.token !== undefined && { token: stack.token }),
  });
}

/** Moves a resource to a status and says so in the stack's events. */
export function setResourceStatus(
  stack: Stack,
  resource: StackResource,
  status: string,
  now: Date,
  reason?: string,
): void {
  resource.status = status;
  resource.statusReason = reason;
  resource.timestamp = now;
  stack.events.push({
    id: `${resource.logicalId}-${randomUUID()}`,
    logicalId: resource.logicalId,
    physicalId: resource.physicalId ?? '',
    type: resource.type,
    status,
    timestamp: now,
    properties: JSON.stringify(resource.properties),
    ...(reason !== undefined && { reason }),
    ...(stack.token !== undefined && { token: stack.token }),
  });
}

/** Whether an operation is under way. */
export function isBusy(stack: Stack): boolean {
  return stack.status.endsWith('_IN_PROGRESS') && stack.status !== 'REVIEW_IN_PROGRESS';
}

/** Whether a creation has taken longer than it was given. */
export function isOverdue({ timeoutInMinutes, status, creationTime }: Stack, now: Date): boolean {
  if (timeoutInMinutes === undefined || status !== 'CREATE_IN_PROGRESS') return false;
  return now.getTime() - creationTime.getTime() > timeoutInMinutes * 60_000;
}
