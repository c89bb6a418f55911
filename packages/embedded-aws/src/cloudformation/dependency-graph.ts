import { validationError } from './json';

/** What each node needs done before it, by logical id, in the template's order. */
export type DependencyGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The nodes so that each comes after what it depends on; among equals the graph's order is kept.
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

/** What is left may also hang behind a circle: who nobody left needs is not part of one. */
function circle(waiting: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const left = new Map(waiting);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    const needed = new Set([...left.values()].flatMap((needs) => [...needs]));
    for (const id of [...left.keys()]) if (!needed.has(id)) left.delete(id);
  }
  return [...left.keys()];
}

/** The same nodes, each needing what needed it: the order to take things down in. */
export function reversed(graph: DependencyGraph): DependencyGraph {
  const turned = new Map<string, Set<string>>(
    [...graph.keys()].reverse().map((id) => [id, new Set()]),
  );
  for (const [id, needs] of graph) for (const need of needs) turned.get(need)?.add(id);
  return turned;
}

/**
 * Runs a task for each node once all it depends on are done, side by side where nothing stands
 * between. A task that answers false keeps those that depend on it from running; the rest goes on
 * unless `halted` says otherwise.
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
