import { type MeasuredValues, oneValue } from '../../core/metric';
import { operationFor } from '../../core/protocol/operation';
import { list, type MembersOf, required, structure } from '../../core/shapes/shape';
import { invalidCombination, invalidValue } from '../errors';
import { dimensions, unit } from '../members';
import { STATISTICS, statisticOf } from '../metrics';
import type { CloudWatchStores } from '../store';

const operation = operationFor<CloudWatchStores>();

const double = { type: 'Double' } as const;
const namespace = { type: 'String', min: 1, max: 255, pattern: '[^:].*' } as const;
const metricName = { type: 'String', min: 1, max: 255 } as const;

const datum = structure({
  MetricName: required(metricName),
  Dimensions: dimensions,
  Timestamp: { type: 'Timestamp' },
  Value: double,
  StatisticValues: structure({
    SampleCount: required(double),
    Sum: required(double),
    Minimum: required(double),
    Maximum: required(double),
  }),
  Values: list(double, { max: 150 }),
  Counts: list(double),
  Unit: unit,
  StorageResolution: { type: 'Integer', min: 1 },
});
type Datum = MembersOf<(typeof datum)['members']>;

const MOST_DATUMS = 1000;
const MOST_DATAPOINTS = 1440;

export const metricOperations = {
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
  PutMetricData: operation({
    input: { Namespace: required(namespace), MetricData: list(datum, { max: MOST_DATUMS }) },
    unsupported: ['EntityMetricData', 'StrictEntityValidation'],
    // The action takes no resource: policies confine it by this key.
    conditionValues: ({ Namespace }) => ({ 'cloudwatch:namespace': Namespace }),
    run({ Namespace, MetricData = [] }, { store }) {
      if (Namespace.startsWith('AWS/')) {
        throw invalidValue('The value AWS/ for parameter Namespace is invalid.');
      }
      // All are read before one is kept: a batch with a mistake leaves nothing.
      const measured = MetricData.map((item, index) => ({
        namespace: Namespace,
        name: item.MetricName,
        dimensions: dimensionMap(item.Dimensions),
        timestamp: item.Timestamp ?? Date.now(),
        unit: item.Unit ?? 'None',
        values: valuesOf(item, `MetricData.member.${index + 1}`),
      }));
      for (const measurement of measured) store.measure(measurement);
      return undefined;
    },
  }),
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
  GetMetricStatistics: operation({
    input: {
      Namespace: required(namespace),
      MetricName: required(metricName),
      Dimensions: dimensions,
      StartTime: { type: 'Timestamp', required: true },
      EndTime: { type: 'Timestamp', required: true },
      Period: { type: 'Integer', min: 1, required: true },
      Statistics: required(list({ type: 'String', values: STATISTICS }, { min: 1, max: 5 })),
    },
    unsupported: ['ExtendedStatistics', 'Unit'],
    run(input, { store: { metrics } }) {
      const { StartTime: start, EndTime: end, Period: seconds } = input;
      if (start >= end) {
        throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
      }
      if (seconds % 60 !== 0)
        throw invalidValue(
          'The value for parameter Period is invalid. Period must be a multiple of 60.',
        );
      if ((end - start) / 1000 / seconds > MOST_DATAPOINTS) {
        throw invalidCombination(
          `You have requested up to ${Math.ceil((end - start) / 1000 / seconds)} datapoints, which exceeds the limit of ${MOST_DATAPOINTS}.`,
        );
      }
      const metric = {
        namespace: input.Namespace,
        name: input.MetricName,
        dimensions: dimensionMap(input.Dimensions),
      };
      return {
        Label: input.MetricName,
        Datapoints: metrics.read(metric, seconds * 1000, start, end).map((datapoint) => ({
          Timestamp: new Date(datapoint.start),
          ...Object.fromEntries(
            input.Statistics.map((statistic) => [statistic, statisticOf(datapoint, statistic)]),
          ),
          Unit: datapoint.unit,
        })),
      };
    },
  }),
};

/** @throws AwsError unless a datum has exactly one of its three forms */
function valuesOf({ Value, StatisticValues, Values, Counts }: Datum, path: string): MeasuredValues {
  const forms = [Value, StatisticValues, Values].filter((form) => form !== undefined);
  if (forms.length !== 1) {
    throw invalidCombination(
      `The parameters ${path}.Value and ${path}.StatisticValues are mutually exclusive and you have to specify one of them.`,
    );
  }
  if (Value !== undefined) return oneValue(Value);
  if (StatisticValues !== undefined) {
    const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = StatisticValues;
    return { count, sum, minimum, maximum };
  }
  return summed(Values ?? [], Counts, path);
}

/** @throws AwsError unless there is a count for each value, or no counts, and at least one value */
function summed(
  values: readonly number[],
  counts: readonly number[] = values.map(() => 1),
  path: string,
): MeasuredValues {
  if (values.length === 0 || values.length !== counts.length) {
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must have the same size.`);
  }
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    sum: values.reduce((sum, value, index) => sum + value * (counts[index] ?? 1), 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  };
}

export const dimensionMap = (given: readonly { Name: string; Value: string }[] = []) =>
  new Map(given.map(({ Name, Value }) => [Name, Value] as const));
