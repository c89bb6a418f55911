/** Test files of a change: those that answer in time, and the others, nearest first. */
export interface Choice {
  readonly run: readonly string[];
  readonly left: readonly string[];
}

/** A unit test file that has never run here takes about this. */
const UNKNOWN_SECONDS = 0.7;
/** End-to-end tests that are as quick as unit tests. */
const QUICK_SECONDS = 3;

/**
 * The nearest tests of each changed file in turn, so that none of the files takes the time of all.
 * @param concerned for each changed file, the steps to its tests, of TestsByFile
 * @param seconds that each test file took when it last ran
 * @param budget seconds for all of them, summed over workers
 */
export function choose(
  concerned: readonly ReadonlyMap<string, number>[],
  seconds: Readonly<Record<string, number>>,
  budget: number,
): Choice {
  const costOf = (file: string): number =>
    seconds[file] ?? (isEndToEnd(file) ? Number.POSITIVE_INFINITY : UNKNOWN_SECONDS);
  const own = new Set(
    concerned.flatMap((tests) =>
      [...tests].filter(([file, steps]) => steps === 0 && !isEndToEnd(file)).map(([file]) => file),
    ),
  );
  const run: string[] = [];
  const left: string[] = [];
  let spent = 0;
  for (const file of new Set(inTurn(concerned.map((tests) => nearestFirst(tests, costOf))))) {
    const cost = costOf(file);
    const fits = spent + cost <= budget && (!isEndToEnd(file) || cost <= QUICK_SECONDS);
    // The test of a file that changed is what the command is for.
    if (fits || own.has(file)) {
      run.push(file);
      spent += cost;
    } else left.push(file);
  }
  return { run, left };
}

const isEndToEnd = (file: string): boolean => file.includes('test/end-to-end/');

const nearestFirst = (tests: ReadonlyMap<string, number>, costOf: (file: string) => number) =>
  [...tests]
    .sort(([one, near], [other, far]) => near - far || costOf(one) - costOf(other))
    .map(([file]) => file);

/** The first of each, then the second of each, and so on. */
function inTurn(lists: readonly (readonly string[])[]): string[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat();
}
