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
  const waiting = new Map([...graph].map(([id, needs]) => [id, new Set(needs)]));
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needs]) => needs.size === 0).map(([id]) => id);
    if (ready.length === 0) {
      throw validationError(
        `Circular dependency between resources: [${circle(waiting).join(', ')}]`,
      );
    }
    for (const id of ready) waiting.delete(id);
    for (const needs of waiting.values()) for (const id of ready) needs.delete(id);
    order.push(...ready);
  }
  return order;
}

/** Removes the nodes that only depend on a cycle: nodes that no remaining node depends on. */
function circle(waiting: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const left = new Map(waiting);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    const needed = new Set([...left.values()].flatMap((needs) => [...needs]));
    for (const id of [...left.keys()]) if (!needed.has(id)) left.delete(id);
  }
  return [...left.keys()];
}

/** The same nodes with all edges reversed: the order in which to delete resources. */
export function reversed(graph: DependencyGraph): DependencyGraph {
  const turned = new Map<string, Set<string>>(
    [...graph.keys()].reverse().map((id) => [id, new Set()]),
  );
  for (const [id, needs] of graph) for (const need of needs) turned.get(need)?.add(id);
  return turned;
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
  const waiting = new Map([...graph].map(([id, needs]) => [id, new Set(needs)]));
  const running = new Map<string, Promise<void>>();
  const startReady = () => {
    for (const [id, needs] of [...waiting]) {
      if (needs.size > 0 || halted()) continue;
      waiting.delete(id);
      running.set(
        id,
        task(id).then((done) => {
          running.delete(id);
          if (done) for (const others of waiting.values()) others.delete(id);
        }),
      );
    }
  };
  for (startReady(); running.size > 0; startReady()) await Promise.race(running.values());
}
