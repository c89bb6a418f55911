import type { MetricName } from '../core/metric';
import type { MetricStore } from './metrics';
import { statisticOf } from './metrics';
import type { AlarmSettings } from './store';

export const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type StateValue = (typeof STATES)[number];

/** The state of an alarm. */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** Since when. */
  readonly since: Date;
}

export const initialState = (): AlarmState => ({
  value: 'INSUFFICIENT_DATA',
  reason: 'Unchecked: Initial alarm creation',
  since: new Date(),
});

type Comparison = (value: number, threshold: number) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** The metric that an alarm watches; undefined for one that watches an expression. */
export function watchedMetric({
  Namespace: namespace,
  MetricName: name,
  Dimensions: dimensions = [],
}: AlarmSettings): MetricName | undefined {
  if (namespace === undefined || name === undefined) return undefined;
  const pairs = dimensions.map(({ Name, Value }) => [Name, Value] as const);
  return { namespace, name, dimensions: new Map(pairs) };
}

/** Of AWS's own services, those that publish metrics here; of Lambda one metric. */
const isPublished = ({ namespace, name }: MetricName): boolean =>
  !namespace.startsWith('AWS/') ||
  namespace === 'AWS/Kinesis' ||
  (namespace === 'AWS/Lambda' && name === 'IteratorAge');

/**
 * The state that an alarm is in at a time. Alarms on expressions, percentiles, anomalies and the
 * metrics of services that publish none here stay without data.
 *
 * The newest period counts as soon as it has data.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * @param now milliseconds since 1970
 * @returns the state before, if it stays
 */
export function evaluate(
  settings: AlarmSettings,
  before: AlarmState,
  metrics: MetricStore,
  now: number,
): AlarmState {
  const { Statistic: statistic, Period: seconds = 60, EvaluationPeriods: periods } = settings;
  const metric = watchedMetric(settings);
  const breaches = COMPARISONS[settings.ComparisonOperator];
  if (metric === undefined || !isPublished(metric)) return before;
  if (statistic === undefined || breaches === undefined) return before;

  const threshold = settings.Threshold ?? 0;
  const length = Math.max(60, seconds) * 1000;
  const current = now - (now % length);
  const found = metrics.read(metric, length, current - periods * length, current + length);
  const newest = found.at(-1)?.start === current ? current : current - length;
  const isBreaching = found
    .filter(({ start }) => start > newest - periods * length)
    .map((datapoint) => breaches(statisticOf(datapoint, statistic), threshold));

  const value = stateOf(settings, isBreaching);
  if (value === undefined || value === before.value) return before;
  return { value, reason: reasonOf(value, isBreaching, periods, threshold), since: new Date(now) };
}

/** @returns undefined for an alarm that keeps its state */
function stateOf(
  {
    TreatMissingData: treat = 'missing',
    EvaluationPeriods: periods,
    DatapointsToAlarm,
  }: AlarmSettings,
  isBreaching: readonly boolean[],
): StateValue | undefined {
  if (isBreaching.length === 0) {
    if (treat === 'missing') return 'INSUFFICIENT_DATA';
    if (treat === 'ignore') return undefined;
  }
  const missing = treat === 'breaching' ? periods - isBreaching.length : 0;
  const breaching = isBreaching.filter(Boolean).length + missing;
  // Where missing data says nothing, the periods that have data decide.
  const isDecidedByFewer = treat === 'missing' || treat === 'ignore';
  const required = DatapointsToAlarm ?? periods;
  const enough = isDecidedByFewer ? Math.min(required, isBreaching.length) : required;
  return breaching >= enough ? 'ALARM' : 'OK';
}

function reasonOf(
  value: StateValue,
  isBreaching: readonly boolean[],
  periods: number,
  threshold: number,
): string {
  const breaching = isBreaching.filter(Boolean).length;
  if (value === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${periods} datapoints were unknown.`;
  return isBreaching.length === 0
    ? `Threshold Crossed: no datapoints were received for ${periods} periods and the missing datapoints were treated as ${value === 'OK' ? 'NonBreaching' : 'Breaching'}.`
    : `Threshold Crossed: ${breaching} out of the last ${periods} datapoints crossed the threshold (${threshold}).`;
}
