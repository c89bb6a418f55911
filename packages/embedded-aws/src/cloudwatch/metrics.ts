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

/** A minute's values, which grow as measurements come in: every call of a stream or an API makes some. */
interface Minute {
  readonly start: number;
  unit: string;
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
}

/** A metric with its minutes by their start. */
interface Series {
  readonly metric: MetricName;
  readonly minutes: Map<number, Minute>;
}

/** The metrics of one account in one region, by the minute. They do not survive a restart. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  put(measurement: Measurement): void {
    const { timestamp, unit, values } = measurement;
    const { minutes } = this.#seriesOf(measurement);
    const start = timestamp - (timestamp % MINUTE_MS);
    const minute = minutes.get(start);
    if (minute === undefined) {
      const { count, sum, minimum, maximum } = values;
      minutes.set(start, { start, unit, count, sum, minimum, maximum });
      expire(minutes);
      return;
    }
    minute.unit = unit;
    minute.count += values.count;
    minute.sum += values.sum;
    minute.minimum = Math.min(minute.minimum, values.minimum);
    minute.maximum = Math.max(minute.maximum, values.maximum);
  }

  #seriesOf(measured: MetricName): Series {
    const key = keyOf(measured);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const { namespace, name, dimensions } = measured;
    const series = { metric: { namespace, name, dimensions }, minutes: new Map() };
    this.#series.set(key, series);
    return series;
  }

  /** Every metric that has data. */
  list(): MetricName[] {
    return Array.from(this.#series.values(), ({ metric }) => metric);
  }

  /**
   * Periods that have data, oldest first. They begin at multiples of their length.
   * @param period in milliseconds, a multiple of a minute
   * @param start the first period contains it; milliseconds since 1970
   * @param end exclusive
   */
  read(metric: MetricName, period: number, start: number, end: number): Datapoint[] {
    const periods = new Map<number, Datapoint>();
    for (const minute of this.#series.get(keyOf(metric))?.minutes.values() ?? []) {
      const of = minute.start - (minute.start % period);
      if (of < start - (start % period) || minute.start >= end) continue;
      periods.set(of, { unit: minute.unit, ...added(periods.get(of), minute), start: of });
    }
    return [...periods.values()].sort((a, b) => a.start - b.start);
  }
}

/**
 * A metric as text, whatever the order of its dimensions. Lengths keep its parts apart at less cost
 * than JSON.
 */
export function keyOf({ namespace, name, dimensions }: MetricName): string {
  let key = `${namespace.length} ${namespace}${name.length} ${name}`;
  const pairs =
    dimensions.size > 1 ? [...dimensions].sort(([a], [b]) => (a < b ? -1 : 1)) : dimensions;
  for (const [dimension, value] of pairs) {
    key += `${dimension.length} ${dimension}${value.length} ${value}`;
  }
  return key;
}

function added(known: MeasuredValues | undefined, values: MeasuredValues): MeasuredValues {
  return {
    count: (known?.count ?? 0) + values.count,
    sum: (known?.sum ?? 0) + values.sum,
    minimum: Math.min(known?.minimum ?? values.minimum, values.minimum),
    maximum: Math.max(known?.maximum ?? values.maximum, values.maximum),
  };
}

function expire(minutes: Map<number, Minute>): void {
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
