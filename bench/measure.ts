/** Durations of one thing, in milliseconds. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

export function sampleOf(durations: readonly number[]): Sample {
  const sorted = durations.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
    runs: sorted.length,
  };
}

/** Runs things in turn, so that a slow moment of the machine hits them all; the first round warms up. */
export async function sideBySide<Name extends string>(
  rounds: number,
  things: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Record<Name, Sample>> {
  const names = Object.keys(things) as Name[];
  const durations = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const started = performance.now();
      await things[name]();
      if (round > 0) durations.get(name)?.push(performance.now() - started);
    }
  }
  const samples = names.map((name) => [name, sampleOf(durations.get(name) ?? [])]);
  return Object.fromEntries(samples) as Record<Name, Sample>;
}

/** A table for the terminal and for Markdown alike. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

export const ms = (value: number) => `${Math.round(value)} ms`;
