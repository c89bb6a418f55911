import { toAwsError } from '../core/errors';
import { type Deployment, missingExport } from './deployment';
import type { OnFailure } from './on-failure';
import { evaluateOutputs } from './outputs';
import { failureReason, type OperationContext, updatePhysical } from './resource-operations';
import {
  beginOperation,
  type InterruptedOperation,
  type JournalEntry,
  type Stack,
  type StackDefinition,
  type StackResource,
  setResourceStatus,
  setStackStatus,
} from './stack';
import { deployResources } from './stack-deployment';
import { deleteStack, failedToDelete, removeInOrder } from './stack-removal';

/**
 * Starts an operation on a stack that continues after the response.
 * @param run must leave the stack in a status other than `_IN_PROGRESS`
 */
export function launch(stack: Stack, now: () => Date, run: () => Promise<void>): void {
  stack.cancelled = false;
  stack.operation = new Promise((resolve) => {
    // The response is sent first.
    setImmediate(() => {
      run()
        .catch((error) => {
          const failed = stack.status.replace(/(_CLEANUP)?_IN_PROGRESS$/, '_FAILED');
          setStackStatus(stack, failed, now(), `Internal Failure: ${toAwsError(error).message}`);
        })
        .finally(resolve);
    });
  });
}

/** Creates all resources of a new stack; the stack must be CREATE_IN_PROGRESS. */
export async function createStack(
  context: OperationContext,
  deployment: Deployment,
  onFailure: OnFailure,
): Promise<void> {
  const { stack, now } = context;
  const { journal, failure } = await deploy(context, deployment);
  if (failure === undefined) {
    setStackStatus(stack, 'CREATE_COMPLETE', now());
    return;
  }
  // A creation is only cancelled to delete the stack, which happens next.
  if (stack.cancelled) return;
  if (onFailure === 'DO_NOTHING') {
    stack.interrupted = { journal };
    setStackStatus(stack, 'CREATE_FAILED', now(), failure);
    return;
  }
  if (onFailure === 'DELETE') {
    await deleteStack(context, { reason: `${failure} Delete requested by user.`, rollback: true });
    return;
  }
  await rollBackCreate(context, journal, `${failure} Rollback requested by user.`);
}

async function rollBackCreate(
  context: OperationContext,
  journal: readonly JournalEntry[],
  reason: string | undefined,
): Promise<void> {
  const { stack, now } = context;
  if (stack.status !== 'ROLLBACK_IN_PROGRESS') {
    beginOperation(stack, 'ROLLBACK');
    setStackStatus(stack, 'ROLLBACK_IN_PROGRESS', now(), reason);
  }
  const resources = journal.map(({ resource }) => resource);
  const failed = await removeInOrder(context, resources, (resource) => newPolicy(stack, resource));
  stack.outputs = [];
  if (failed.length === 0) setStackStatus(stack, 'ROLLBACK_COMPLETE', now());
  else setStackStatus(stack, 'ROLLBACK_FAILED', now(), failedToDelete(failed));
}

/** The policy for a resource that is rolled back before its stack was ever complete with it. */
function newPolicy(
  { retainExceptOnCreate }: Stack,
  { deletionPolicy, isImported }: StackResource,
): 'Delete' | 'Retain' {
  if (isImported) return 'Retain';
  return deletionPolicy === 'Retain' && !retainExceptOnCreate ? 'Retain' : 'Delete';
}

/** Updates a stack to a new definition; the stack must be UPDATE_IN_PROGRESS. */
export async function updateStack(
  context: OperationContext,
  deployment: Deployment,
  previous: StackDefinition,
): Promise<void> {
  const { stack, now } = context;
  const before = new Map([...stack.resources].map(([id, resource]) => [id, { ...resource }]));
  const imports = stack.imports;
  const outputs = stack.outputs;
  // The journal of an earlier failed update that was not rolled back comes before this one.
  const earlier = stack.interrupted?.restore && stack.interrupted;
  stack.interrupted = undefined;
  const { journal: own, failure } = await deploy(context, deployment);
  const journal = [...(earlier?.journal ?? []), ...own];
  if (failure === undefined) {
    await cleanUpAfterUpdate(context, deployment, journal);
    return;
  }
  const restore =
    earlier?.restore ??
    (() => {
      stack.definition = previous;
      stack.imports = imports;
      stack.outputs = outputs;
      restoreDeclared(stack, before);
    });
  if (stack.disableRollback && !stack.cancelled) {
    stack.interrupted = { journal, restore };
    setStackStatus(stack, 'UPDATE_FAILED', now(), failure);
    return;
  }
  beginOperation(stack, 'ROLLBACK');
  setStackStatus(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', now(), failure);
  await rollBackUpdate(context, [...journal].reverse(), new Set(), restore);
}

/**
 * Rolls back a stack whose last operation failed and was not rolled back: to its previous
 * definition, or to no resources if it was never created.
 */
export async function rollBackInterrupted(
  context: OperationContext,
  { journal, restore }: InterruptedOperation,
): Promise<void> {
  const { stack } = context;
  stack.interrupted = undefined;
  if (restore === undefined) await rollBackCreate(context, journal, stack.statusReason);
  else await rollBackUpdate(context, [...journal].reverse(), new Set(), restore);
}

interface DeployOutcome {
  readonly journal: readonly JournalEntry[];
  readonly failure?: string;
}

/** Deploys the resources, then evaluates what requires them: outputs and exports. */
async function deploy(context: OperationContext, deployment: Deployment): Promise<DeployOutcome> {
  const { stack, store, caller } = context;
  const missing = missingExport(deployment, stack, caller, store);
  if (missing !== undefined) return { journal: [], failure: `No export named ${missing} found.` };
  const { journal, failure, imports, scope } = await deployResources(context, deployment);
  if (failure !== undefined) return { journal, failure };
  try {
    stack.outputs = evaluateOutputs(stack, deployment, scope, store);
  } catch (error) {
    return { journal, failure: toAwsError(error).message };
  }
  stack.imports = imports;
  return { journal };
}

async function cleanUpAfterUpdate(
  context: OperationContext,
  deployment: Deployment,
  journal: readonly JournalEntry[],
): Promise<void> {
  const { stack, now } = context;
  setStackStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', now());
  const removed = [...stack.resources.values()].filter(
    ({ logicalId }) => !deployment.resources.has(logicalId),
  );
  // If the handler returned the old resource's id for the new one, no old resource remains.
  const superseded = new Map(
    journal.flatMap(({ kind, resource, before }) =>
      kind === 'replaced' && before !== undefined && before.physicalId !== resource.physicalId
        ? [[before, resource] as const]
        : [],
    ),
  );
  const failed = await removeInOrder(context, [...removed, ...superseded.keys()], (resource) => {
    // The UpdateReplacePolicy is that of the new resource; a removed resource has only its own
    // policy.
    const policy = superseded.get(resource)?.updateReplacePolicy ?? resource.deletionPolicy;
    return policy === 'Delete' ? 'Delete' : 'Retain';
  });
  for (const { logicalId } of removed) stack.resources.delete(logicalId);
  setStackStatus(
    stack,
    'UPDATE_COMPLETE',
    now(),
    failed.length === 0
      ? undefined
      : 'Update successful. One or more resources could not be deleted.',
  );
}

/**
 * Rolls back an update, latest change first.
 * @param pending the changes still to undo
 * @param skip resources for which ContinueUpdateRollback skips the rollback
 */
async function rollBackUpdate(
  context: OperationContext,
  pending: readonly JournalEntry[],
  skip: ReadonlySet<string>,
  restore: () => void,
): Promise<void> {
  const { stack, now } = context;
  const obsolete: StackResource[] = [];
  const added = new Set(
    pending
      .filter(({ kind }) => kind === 'created' || kind === 'imported')
      .map(({ resource }) => resource),
  );
  for (const [index, entry] of pending.entries()) {
    if (skip.has(entry.resource.logicalId)) {
      setResourceStatus(stack, entry.resource, 'UPDATE_COMPLETE', now());
      continue;
    }
    const reason = await undo(context, entry);
    if (reason === undefined) {
      if (entry.kind !== 'updated' && entry.kind !== 'unchanged') obsolete.push(entry.resource);
      continue;
    }
    const { logicalId } = entry.resource;
    stack.unfinishedRollback = (skipNow) =>
      rollBackUpdate(
        context,
        [...pending.slice(index), ...obsolete.map(asCreated)],
        skipNow,
        restore,
      );
    setStackStatus(
      stack,
      'UPDATE_ROLLBACK_FAILED',
      now(),
      `The following resource(s) failed to update: [${logicalId}].`,
    );
    return;
  }
  stack.unfinishedRollback = undefined;
  restore();
  setStackStatus(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', now());
  await removeInOrder(context, obsolete, (resource) =>
    added.has(resource) ? newPolicy(stack, resource) : 'Delete',
  );
  for (const { logicalId, physicalId } of obsolete) {
    if (stack.resources.get(logicalId)?.physicalId === physicalId)
      stack.resources.delete(logicalId);
  }
  setStackStatus(stack, 'UPDATE_ROLLBACK_COMPLETE', now());
}

const asCreated = (resource: StackResource): JournalEntry => ({ kind: 'created', resource });

/**
 * Undoes one entry.
 * @returns the reason if it cannot be undone
 */
async function undo(
  context: OperationContext,
  { kind, resource, before }: JournalEntry,
): Promise<string | undefined> {
  const { stack, now } = context;
  if (kind === 'unchanged') setResourceStatus(stack, resource, 'UPDATE_COMPLETE', now());
  if (before === undefined) return undefined;
  if (kind === 'replaced') {
    stack.resources.set(before.logicalId, before);
    setResourceStatus(stack, before, 'UPDATE_COMPLETE', now());
    return undefined;
  }
  const { properties } = before;
  setResourceStatus(stack, resource, 'UPDATE_IN_PROGRESS', now(), undefined, { properties });
  try {
    await updatePhysical(context, resource, properties);
  } catch (error) {
    const reason = failureReason(error);
    setResourceStatus(stack, resource, 'UPDATE_FAILED', now(), reason);
    return reason;
  }
  setResourceStatus(stack, resource, 'UPDATE_COMPLETE', now());
  return undefined;
}

/** Restores the attributes that change without an update: policies, metadata, dependencies. */
function restoreDeclared(stack: Stack, before: ReadonlyMap<string, StackResource>): void {
  for (const [id, resource] of stack.resources) {
    const old = before.get(id);
    if (old === undefined) continue;
    const { deletionPolicy, updateReplacePolicy, metadata, dependencies } = old;
    Object.assign(resource, { deletionPolicy, updateReplacePolicy, metadata, dependencies });
  }
}
