import { validationError } from './json';

/** The dependencies of each node, by logical id, in the order of the template. */
export type DependencyGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Sorts the nodes so that each comes after its dependencies; otherwise keeps the order of the
 * graph.
 * @throws AwsError ValidationError `Circular dependency between resources: [A, B]`
 */
export function dependencyOrder(graph: DependencyGraph): string[] {
  const order: string[] = [];
  const pending = new Map([...graph].map(([id, dependencies]) => [id, new Set(dependencies)]));
  while (pending.size > 0) {
    const ready = [...pending]
      .filter(([, dependencies]) => dependencies.size === 0)
      .map(([id]) => id);
    if (ready.length === 0) {
      throw validationError(
        `Circular dependency between resources: [${cycle(pending).join(', ')}]`,
      );
    }
    for (const id of ready) pending.delete(id);
    for (const dependencies of pending.values()) for (const id of ready) dependencies.delete(id);
    order.push(...ready);
  }
  return order;
}

/** Removes the nodes that only depend on a cycle: nodes that no remaining node depends on. */
function cycle(pending: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const remaining = new Map(pending);
  for (let before = -1; before !== remaining.size; ) {
    before = remaining.size;
    const required = new Set([...remaining.values()].flatMap((dependencies) => [...dependencies]));
    for (const id of [...remaining.keys()]) if (!required.has(id)) remaining.delete(id);
  }
  return [...remaining.keys()];
}

/** The same nodes with all edges reversed: the order in which to delete resources. */
export function reversed(graph: DependencyGraph): DependencyGraph {
  const result = new Map<string, Set<string>>(
    [...graph.keys()].reverse().map((id) => [id, new Set()]),
  );
  for (const [id, dependencies] of graph)
    for (const dependency of dependencies) result.get(dependency)?.add(id);
  return result;
}

/**
 * Runs a task for each node once the tasks of all its dependencies have succeeded; independent
 * tasks run concurrently. If a task returns false, its dependents do not run; the others continue
 * unless `halted` returns true.
 * @param task must not throw
 */
export async function runInOrder(
  graph: DependencyGraph,
  task: (id: string) => Promise<boolean>,
  halted: () => boolean = () => false,
): Promise<void> {
  const pending = new Map([...graph].map(([id, dependencies]) => [id, new Set(dependencies)]));
  const running = new Map<string, Promise<void>>();
  const startReady = () => {
    for (const [id, dependencies] of [...pending]) {
      if (dependencies.size > 0 || halted()) continue;
      pending.delete(id);
      running.set(
        id,
        task(id).then((done) => {
          running.delete(id);
          if (done) for (const others of pending.values()) others.delete(id);
        }),
      );
    }
  };
  for (startReady(); running.size > 0; startReady()) await Promise.race(running.values());
}
