import type { DependencyGraph } from './dependency-graph';
import { reversed, runInOrder } from './dependency-graph';
import { deletionBlocker } from './outputs';
import { type OperationContext, removePhysical } from './resource-operations';
import { type StackResource, setStackStatus } from './stack';

/** Options for the deletion of a stack. */
export interface DeleteOptions {
  readonly reason?: string;
  /** The stack was never created completely: RetainExceptOnCreate resources are deleted as well. */
  readonly rollback?: boolean;
  /** Logical ids of resources to retain. */
  readonly retain?: ReadonlySet<string>;
  /** DeletionMode FORCE_DELETE_STACK: resources that cannot be deleted are retained. */
  readonly force?: boolean;
}

/** Deletes a stack and its resources. */
export async function deleteStack(
  context: OperationContext,
  { reason, rollback = false, retain = new Set(), force = false }: DeleteOptions,
): Promise<void> {
  const { stack, now, store } = context;
  const blocker = deletionBlocker(stack, store);
  if (blocker !== undefined) {
    const settled = stack.events.findLast(
      ({ logicalId, status }) => logicalId === stack.name && status.endsWith('_COMPLETE'),
    );
    setStackStatus(stack, settled?.status ?? 'CREATE_COMPLETE', now(), blocker);
    stack.deletionTime = undefined;
    return;
  }
  if (stack.status !== 'DELETE_IN_PROGRESS') {
    setStackStatus(stack, 'DELETE_IN_PROGRESS', now(), reason);
  }
  const existing = [...stack.resources.values()].filter(
    ({ status }) => status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED',
  );
  const failed = await removeInOrder(
    context,
    existing,
    ({ logicalId, deletionPolicy, isImported }) => {
      if (retain.has(logicalId) || deletionPolicy === 'Retain') return 'Retain';
      return deletionPolicy === 'Delete' || (rollback && !isImported) ? 'Delete' : 'Retain';
    },
    !force,
  );
  if (failed.length > 0 && !force) {
    setStackStatus(stack, 'DELETE_FAILED', now(), failedToDelete(failed));
    return;
  }
  stack.outputs = [];
  stack.imports = new Set();
  stack.deletionTime = now();
  setStackStatus(stack, 'DELETE_COMPLETE', now());
  store.removeChangeSets(stack);
}

/** The reason for a stack with resources that could not be deleted. */
export function failedToDelete(ids: readonly string[]): string {
  return `The following resource(s) failed to delete: [${ids.join(', ')}]. `;
}

/**
 * Removes resources, each before its dependencies.
 * @param strict keep the dependencies of a resource that could not be removed
 * @returns the logical ids of the resources that could not be deleted
 */
export async function removeInOrder(
  context: OperationContext,
  resources: readonly StackResource[],
  policy: (resource: StackResource) => 'Delete' | 'Retain',
  strict = false,
): Promise<string[]> {
  const byId = new Map<string, StackResource>();
  // A logical id occurs twice if the resource was replaced twice before a clean-up.
  const others = resources.filter((resource) => {
    const known = byId.get(resource.logicalId);
    if (known === undefined) byId.set(resource.logicalId, resource);
    return known !== undefined;
  });
  const graph: DependencyGraph = new Map(
    [...byId].map(([id, { dependencies }]) => [
      id,
      new Set(dependencies.filter((dependency) => byId.has(dependency))),
    ]),
  );
  const failed: string[] = [];
  const remove = async (id: string) => {
    const resource = byId.get(id);
    byId.delete(id);
    const removed =
      resource === undefined || (await removePhysical(context, resource, policy(resource)));
    if (!removed) failed.push(id);
    return removed || !strict;
  };
  await runInOrder(reversed(graph), remove);
  // A partial update can leave resources that depend on each other in a cycle.
  if (failed.length === 0) for (const id of [...byId.keys()]) await remove(id);
  if (others.length === 0) return failed;
  return [...failed, ...(await removeInOrder(context, others, policy, strict))];
}
