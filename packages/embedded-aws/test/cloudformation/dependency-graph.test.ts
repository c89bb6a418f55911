import fc from 'fast-check';
import {
  type DependencyGraph,
  dependencyOrder,
  reversed,
  runInOrder,
} from '../../src/cloudformation/dependency-graph';

/** An arbitrary graph without cycles: each node may depend on earlier ones. */
const graphs: fc.Arbitrary<DependencyGraph> = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 25 })
  .map(
    (needs) =>
      new Map(
        needs.map((list, node) => [
          `N${node}`,
          new Set(node === 0 ? [] : list.map((need) => `N${need % node}`)),
        ]),
      ),
  );

function inOrder(graph: DependencyGraph, order: readonly string[]): boolean {
  return [...graph].every(([id, needs]) =>
    [...needs].every((need) => order.indexOf(need) < order.indexOf(id)),
  );
}

describe('dependency graphs', () => {
  it('are sorted so that each node comes after its dependencies', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const order = dependencyOrder(graph);
        return order.length === graph.size && inOrder(graph, order);
      }),
    );
  });

  it('are run so that each task ends before its dependents start, in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.boolean(), async (forward, backward) => {
        const graph = backward ? reversed(forward) : forward;
        const ended = new Set<string>();
        let early = 0;
        await runInOrder(graph, async (id) => {
          if (![...(graph.get(id) ?? [])].every((need) => ended.has(need))) early += 1;
          await Promise.resolve();
          ended.add(id);
          return true;
        });
        return early === 0 && ended.size === graph.size;
      }),
      { numRuns: 50 },
    );
  });

  it('run everything except the dependents of a failure', async () => {
    // Prepare
    const graph: DependencyGraph = new Map([
      ['Broken', new Set<string>()],
      ['Other', new Set<string>()],
      ['Needs', new Set(['Broken'])],
      ['Free', new Set(['Other'])],
    ]);
    const ran: string[] = [];

    // Act
    await runInOrder(graph, async (id) => {
      ran.push(id);
      return id !== 'Broken';
    });

    // Assess
    expect(ran).toEqual(['Broken', 'Other', 'Free']);
  });
});
