import type { StreamRecord } from '../format/record';

/** How much came. */
export interface Amount {
  records: number;
  bytes: number;
}

export type Measure = keyof Amount;

/** The records of one interval, by shard. */
export type Bin = ReadonlyMap<string, Amount>;

export interface Bins {
  /** Start of the first bin, in seconds since 1970. */
  readonly start: number;
  /** Length of a bin, in seconds. */
  readonly width: number;
  readonly bins: readonly Bin[];
}

/** Lengths of time that people count in, in seconds. */
export const WIDTHS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
  172_800, 604_800,
];
const MOST_BINS = 90;
/** Fewer would make bars as broad as the chart. */
const LEAST_BINS = 24;
const EMPTY: Bin = new Map();

/** Counts that are kept: hours of a hundred shards, so that following for days does not fill the memory. */
const MOST_COUNTS = 500_000;

/** Counts records by shard and by the second they arrived in. */
export class Traffic {
  readonly #most: number;
  readonly #seconds = new Map<number, Map<string, Amount>>();
  #counts = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(most: number = MOST_COUNTS) {
    this.#most = most;
  }

  /** When the first record arrived, in seconds since 1970. */
  get first(): number | undefined {
    return Number.isFinite(this.#first) ? this.#first : undefined;
  }

  clear(): void {
    this.#seconds.clear();
    this.#counts = 0;
    this.#first = Number.POSITIVE_INFINITY;
    this.#last = Number.NEGATIVE_INFINITY;
  }

  add({ arrivedAt, shardId, data }: StreamRecord): void {
    const second = Math.floor(arrivedAt / 1000);
    const shards = this.#seconds.get(second) ?? new Map<string, Amount>();
    this.#seconds.set(second, shards);
    if (!shards.has(shardId)) this.#counts += 1;
    addTo(shards, shardId, 1, data.length);
    this.#first = Math.min(this.#first, second);
    this.#last = Math.max(this.#last, second);
    if (this.#counts > this.#most) this.#drop();
  }

  /** Forgets the oldest tenth: one by one would look for the oldest each time. */
  #drop(): void {
    for (const second of [...this.#seconds.keys()].sort((a, b) => a - b)) {
      this.#first = second;
      if (this.#counts <= this.#most * 0.9 || second === this.#last) return;
      this.#counts -= this.#seconds.get(second)?.size ?? 0;
      this.#seconds.delete(second);
    }
  }

  /** The traffic of each shard. @param since in seconds since 1970 */
  totals(since: number = Number.NEGATIVE_INFINITY): Bin {
    const totals = new Map<string, Amount>();
    for (const [second, shards] of this.#seconds) {
      if (second < since) continue;
      for (const [id, amount] of shards) addTo(totals, id, amount.records, amount.bytes);
    }
    return totals;
  }

  /**
   * The traffic over time, in bins of a length that shows all of it at once.
   * @param range in seconds since 1970; from the first record to the last when left out
   */
  bins(range?: { readonly from: number; readonly to: number }): Bins | undefined {
    const { from, to } = range ?? { from: this.#first, to: this.#last };
    if (!(from <= to)) return undefined;
    const width = WIDTHS.find((seconds) => (to - from) / seconds < MOST_BINS) ?? 604_800;
    const first = Math.floor(from / width) * width;
    const needed = Math.floor((to - first) / width) + 1;
    const spare = Math.max(0, LEAST_BINS - needed);
    const start = first - Math.floor(spare / 2) * width;
    const bins = new Array<Map<string, Amount> | undefined>(needed + spare);
    for (const [second, shards] of this.#seconds) {
      if (second < from || second > to) continue;
      const index = Math.floor((second - start) / width);
      const bin = bins[index] ?? new Map<string, Amount>();
      bins[index] = bin;
      for (const [id, amount] of shards) addTo(bin, id, amount.records, amount.bytes);
    }
    return { start, width, bins: Array.from(bins, (bin) => bin ?? EMPTY) };
  }
}

function addTo(amounts: Map<string, Amount>, id: string, records: number, bytes: number): void {
  const amount = amounts.get(id);
  if (amount === undefined) amounts.set(id, { records, bytes });
  else {
    amount.records += records;
    amount.bytes += bytes;
  }
}

export function sumOf(bin: Bin, measure: Measure): number {
  let sum = 0;
  for (const amount of bin.values()) sum += amount[measure];
  return sum;
}
