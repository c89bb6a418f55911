/** The choices for one factor; a choice may set several names that belong together. */
export type Factor<Choice> = readonly Choice[];

/** The index of each factor's choice. */
type Row = readonly number[];

/**
 * Rows in which every two choices that go together do so at least once.
 * @param goTogether whether two choices of different factors may be in one row
 */
export function allPairs<Choice>(
  factors: readonly Factor<Choice>[],
  goTogether: (one: Choice, other: Choice) => boolean,
): Choice[][] {
  // Asked for thousands of times for each pair, and expensive to answer.
  const known = new Map<string, boolean>();
  const together = (a: number, x: number, b: number, y: number): boolean => {
    const pair = key(a, x, b, y);
    const found =
      known.get(pair) ?? goTogether(factors[a]?.[x] as Choice, factors[b]?.[y] as Choice);
    known.set(pair, found);
    return found;
  };
  const fits = (row: (number | undefined)[], factor: number, choice: number): boolean =>
    row.every(
      (other, index) =>
        other === undefined || index === factor || together(factor, choice, index, other),
    );
  const waiting = pairsOf(factors, (a, x, b, y) => {
    const row: (number | undefined)[] = [];
    row[a] = x;
    return fits(row, b, y);
  });
  const rows: Row[] = [];
  for (let [first] = waiting; first !== undefined; [first] = waiting) {
    const row: (number | undefined)[] = factors.map(() => undefined);
    const [a = 0, x = 0, b = 0, y = 0] = first.split(' ').map(Number);
    row[a] = x;
    row[b] = y;
    for (const [factor, choices] of factors.entries()) {
      if (row[factor] !== undefined) continue;
      const best = choices
        .map((_, choice) => ({ choice, gain: gainOf(row, factor, choice, waiting) }))
        .filter(({ choice }) => fits(row, factor, choice))
        .sort((one, other) => other.gain - one.gain)[0];
      if (best === undefined)
        throw new TypeError(`Factor ${factor} has no choice that fits ${row}.`);
      row[factor] = best.choice;
    }
    for (const key of keysOf(row as Row)) waiting.delete(key);
    rows.push(row as Row);
  }
  return rows.map((row) => row.map((choice, factor) => factors[factor]?.[choice] as Choice));
}

const key = (a: number, x: number, b: number, y: number) =>
  a < b ? `${a} ${x} ${b} ${y}` : `${b} ${y} ${a} ${x}`;

function pairsOf<Choice>(
  factors: readonly Factor<Choice>[],
  holds: (a: number, x: number, b: number, y: number) => boolean,
): Set<string> {
  const found = new Set<string>();
  for (const [a, some] of factors.entries()) {
    for (const [b, others] of factors.entries()) {
      if (b <= a) continue;
      for (const x of some.keys()) {
        for (const y of others.keys()) if (holds(a, x, b, y)) found.add(key(a, x, b, y));
      }
    }
  }
  return found;
}

function gainOf(
  row: readonly (number | undefined)[],
  factor: number,
  choice: number,
  waiting: ReadonlySet<string>,
): number {
  return row.filter(
    (other, index) => other !== undefined && waiting.has(key(index, other, factor, choice)),
  ).length;
}

function keysOf(row: Row): string[] {
  return row.flatMap((x, a) => row.slice(a + 1).map((y, after) => key(a, x, a + 1 + after, y)));
}
