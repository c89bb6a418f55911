import type { MeasuredValues, MetricName } from '../core/metric';

/** Length of the shortest period that is kept, in milliseconds. */
const MINUTE_MS = 60_000;

/** CloudWatch keeps a metric's minutes for 15 days. */
const KEPT_MS = 15 * 24 * 60 * MINUTE_MS;

/** A period's values, and when it began, in milliseconds since 1970. */
export interface Datapoint extends MeasuredValues {
  readonly start: number;
  readonly unit: string;
}

type Minute = { -readonly [Member in keyof Datapoint]: Datapoint[Member] };

/** The values of one metric, by the minute. */
export class Series {
  readonly #minutes = new Map<number, Minute>();

  get isEmpty(): boolean {
    return this.#minutes.size === 0;
  }

  add(timestamp: number, unit: string, values: MeasuredValues): void {
    const start = timestamp - (timestamp % MINUTE_MS);
    const minute = this.#minutes.get(start);
    if (minute === undefined) {
      this.#minutes.set(start, { ...values, start, unit });
      this.#expire();
      return;
    }
    // In place: a busy stream adds thousands of values a second to the same minute.
    merge(minute, values, unit);
  }

  /**
   * Periods that have data, oldest first. They begin at multiples of their length.
   * @param period in milliseconds, a multiple of a minute
   * @param start the first period contains it; milliseconds since 1970
   * @param end exclusive
   */
  read(period: number, start: number, end: number): Datapoint[] {
    const periods = new Map<number, Minute>();
    for (const minute of this.#between(start - (start % period), end)) {
      const of = minute.start - (minute.start % period);
      const known = periods.get(of);
      if (known === undefined) periods.set(of, { ...minute, start: of });
      else merge(known, minute, minute.unit);
    }
    return [...periods.values()].sort((a, b) => a.start - b.start);
  }

  /**
   * The minutes with data from a minute on: alarms look at a few of very many.
   * @param end exclusive
   */
  #between(first: number, end: number): Minute[] {
    if ((end - first) / MINUTE_MS > this.#minutes.size) {
      const all = [...this.#minutes.values()];
      return all.filter(({ start }) => start >= first && start < end);
    }
    const found: Minute[] = [];
    for (let at = first; at < end; at += MINUTE_MS) {
      const minute = this.#minutes.get(at);
      if (minute !== undefined) found.push(minute);
    }
    return found;
  }

  #expire(): void {
    const oldest = Date.now() - KEPT_MS;
    for (const start of this.#minutes.keys()) if (start < oldest) this.#minutes.delete(start);
  }
}

function merge(
  minute: Minute,
  { count, sum, minimum, maximum }: MeasuredValues,
  unit: string,
): void {
  minute.unit = unit;
  minute.count += count;
  minute.sum += sum;
  minute.minimum = Math.min(minute.minimum, minimum);
  minute.maximum = Math.max(minute.maximum, maximum);
}

/** The metrics of one account in one region. They do not survive a restart. */
export class MetricStore {
  readonly #metrics = new Map<string, { readonly metric: MetricName; readonly series: Series }>();

  /**
   * The values of a metric, also of one that has none yet.
   * @param key the metric's, from {@link keyOf}
   */
  series({ namespace, name, dimensions }: MetricName, key: string): Series {
    const known = this.#metrics.get(key);
    if (known !== undefined) return known.series;
    const series = new Series();
    this.#metrics.set(key, { metric: { namespace, name, dimensions }, series });
    return series;
  }

  /** Every metric that has data. */
  list(): MetricName[] {
    const withData = [...this.#metrics.values()].filter(({ series }) => !series.isEmpty);
    return withData.map(({ metric }) => metric);
  }

  /** Reads a metric: see {@link Series.read}. */
  read(metric: MetricName, period: number, start: number, end: number): Datapoint[] {
    return this.#metrics.get(keyOf(metric))?.series.read(period, start, end) ?? [];
  }
}

/**
 * A metric as text, whatever the order of its dimensions. Lengths keep its parts apart, at less cost
 * than JSON: every line of an access log makes some metrics.
 */
export function keyOf({ namespace, name, dimensions }: MetricName): string {
  let key = `${namespace.length} ${namespace}${name.length} ${name}`;
  const pairs = [...dimensions];
  if (pairs.length > 1) pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [dimension, value] of pairs) {
    key += `${dimension.length} ${dimension}${value.length} ${value}`;
  }
  return key;
}

export const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export type Statistic = (typeof STATISTICS)[number];

export function statisticOf(values: MeasuredValues, statistic: Statistic): number {
  switch (statistic) {
    case 'SampleCount':
      return values.count;
    case 'Average':
      return values.sum / values.count;
    case 'Sum':
      return values.sum;
    case 'Minimum':
      return values.minimum;
    case 'Maximum':
      return values.maximum;
  }
}
