/** Durations of one thing, in milliseconds. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

export function sampleOf(durations: readonly number[]): Sample {
  return {
    median: median(durations),
    min: durations.length === 0 ? Number.NaN : Math.min(...durations),
    max: durations.length === 0 ? Number.NaN : Math.max(...durations),
    runs: durations.length,
  };
}

/** The median; NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/**
 * The smallest value that at least this share of all values does not exceed; NaN for no values.
 * @param share 0 to 1: 0.99 for p99
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1] ?? Number.NaN;
}

/**
 * Runs things in turn, so that a slow moment of the machine hits them all; the first round warms up
 * and is not counted.
 * @returns what each thing gave, round by round
 */
export async function interleaved<Name extends string, Result>(
  rounds: number,
  things: Readonly<Record<Name, () => Result | Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(things) as Name[];
  const results = new Map<Name, Result[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const result = await things[name]();
      if (round > 0) results.get(name)?.push(result);
    }
  }
  return Object.fromEntries(results) as Record<Name, Result[]>;
}

/** How long each thing takes: see {@link interleaved}. */
export async function sideBySide<Name extends string>(
  rounds: number,
  things: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Record<Name, Sample>> {
  const timed = Object.entries(things).map(([name, run]) => [
    name,
    async () => {
      const started = performance.now();
      await (run as () => Promise<void>)();
      return performance.now() - started;
    },
  ]);
  const durations = await interleaved(
    rounds,
    Object.fromEntries(timed) as Record<Name, () => Promise<number>>,
  );
  const samples = Object.entries(durations).map(([name, all]) => [name, sampleOf(all as number[])]);
  return Object.fromEntries(samples) as Record<Name, Sample>;
}
