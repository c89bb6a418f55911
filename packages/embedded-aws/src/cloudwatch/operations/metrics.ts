import { oneValue } from '../../core/metric';
import { operationFor } from '../../core/protocol/operation';
import { list, required, structure, text } from '../../core/shapes/shape';
import { invalidCombination, invalidValue } from '../errors';
import { dimensions } from '../members';
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
  Unit: text,
  StorageResolution: { type: 'Integer', min: 1 },
});

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
      for (const {
        MetricName: name,
        Timestamp,
        Value,
        StatisticValues,
        Unit,
        ...rest
      } of MetricData) {
        if ((Value === undefined) === (StatisticValues === undefined)) {
          throw invalidCombination(
            'The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have to specify one of them.',
          );
        }
        store.measure({
          namespace: Namespace,
          name,
          dimensions: dimensionMap(rest.Dimensions),
          timestamp: Timestamp ?? Date.now(),
          unit: Unit ?? 'None',
          values:
            StatisticValues === undefined
              ? oneValue(Value ?? 0)
              : {
                  count: StatisticValues.SampleCount,
                  sum: StatisticValues.Sum,
                  minimum: StatisticValues.Minimum,
                  maximum: StatisticValues.Maximum,
                },
        });
      }
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

const dimensionMap = (given: readonly { Name: string; Value: string }[] = []) =>
  new Map(given.map(({ Name, Value }) => [Name, Value] as const));
