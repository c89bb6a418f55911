import type { MeasuredValues, Measurement } from '../core/metric';

/** Length of the shortest period that is kept, in milliseconds. */
const MINUTE_MS = 60_000;

/** CloudWatch keeps a metric's minutes for 15 days. */
const KEPT_MS = 15 * 24 * 60 * MINUTE_MS;

/** The identity of a metric: those that differ in a dimension are different metrics. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
}

/** A period's values, and when it began, in milliseconds since 1970. */
export interface Datapoint extends MeasuredValues {
  readonly start: number;
  readonly unit: string;
}

type Minutes = Map<number, Datapoint>;

/** The metrics of one account in one region, by the minute. They do not survive a restart. */
export class MetricStore {
  readonly #metrics = new Map<string, Minutes>();

  put({ timestamp, unit, values, ...metric }: Measurement): void {
    const key = keyOf(metric);
    const minutes = this.#metrics.get(key) ?? new Map();
    this.#metrics.set(key, minutes);
    const start = timestamp - (timestamp % MINUTE_MS);
    const known = minutes.get(start);
    minutes.set(start, { unit, ...added(known, values), start });
    if (known === undefined) expire(minutes);
  }

  /** Every metric that has data. */
  list(): MetricName[] {
    return [...this.#metrics.keys()].map(metricOf);
  }

  /**
   * Periods that have data, oldest first. They begin at multiples of their length.
   * @param period in milliseconds, a multiple of a minute
   * @param start the first period contains it; milliseconds since 1970
   * @param end exclusive
   */
  read(metric: MetricName, period: number, start: number, end: number): Datapoint[] {
    const periods = new Map<number, Datapoint>();
    for (const minute of this.#metrics.get(keyOf(metric))?.values() ?? []) {
      const of = minute.start - (minute.start % period);
      if (of < start - (start % period) || minute.start >= end) continue;
      periods.set(of, { unit: minute.unit, ...added(periods.get(of), minute), start: of });
    }
    return [...periods.values()].sort((a, b) => a.start - b.start);
  }
}

/** A metric as text, whatever the order of its dimensions. */
export function keyOf({ namespace, name, dimensions }: MetricName): string {
  return JSON.stringify([namespace, name, [...dimensions].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function metricOf(key: string): MetricName {
  const [namespace, name, dimensions] = JSON.parse(key);
  return { namespace, name, dimensions: new Map(dimensions) };
}

function added(known: MeasuredValues | undefined, values: MeasuredValues): MeasuredValues {
  return {
    count: (known?.count ?? 0) + values.count,
    sum: (known?.sum ?? 0) + values.sum,
    minimum: Math.min(known?.minimum ?? values.minimum, values.minimum),
    maximum: Math.max(known?.maximum ?? values.maximum, values.maximum),
  };
}

function expire(minutes: Minutes): void {
  const oldest = Date.now() - KEPT_MS;
  for (const start of minutes.keys()) if (start < oldest) minutes.delete(start);
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
