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
 * @param concerned steps to each test file, of TestsByFile
 * @param seconds that each file took when it last ran
 * @param budget seconds for all of them, summed over workers
 */
export function choose(
  concerned: ReadonlyMap<string, number>,
  seconds: Readonly<Record<string, number>>,
  budget: number,
): Choice {
  const costOf = (file: string): number =>
    seconds[file] ?? (isEndToEnd(file) ? Number.POSITIVE_INFINITY : UNKNOWN_SECONDS);
  const nearestFirst = [...concerned].sort(
    ([one, near], [other, far]) => near - far || costOf(one) - costOf(other),
  );
  const run: string[] = [];
  const left: string[] = [];
  let spent = 0;
  for (const [file, steps] of nearestFirst) {
    const cost = costOf(file);
    const fits = spent + cost <= budget && (!isEndToEnd(file) || cost <= QUICK_SECONDS);
    // The test of a file that changed is what the command is for.
    if (fits || (steps === 0 && !isEndToEnd(file))) {
      run.push(file);
      spent += cost;
    } else left.push(file);
  }
  return { run, left };
}

const isEndToEnd = (file: string): boolean => file.includes('test/end-to-end/');
