import { unsupported } from '../../core/errors';
import type { MetricName } from '../../core/metric';
import { operationFor } from '../../core/protocol/operation';
import { list, type MembersOf, required, structure, text } from '../../core/shapes/shape';
import { invalid, invalidValue } from '../errors';
import { metricDataQuery } from '../members';
import { type MetricStore, STATISTICS, statisticOf } from '../metrics';
import type { CloudWatchStores } from '../store';
import { dimensionMap } from './metrics';
import { page } from './page';

const operation = operationFor<CloudWatchStores>();

type Query = MembersOf<(typeof metricDataQuery)['members']>;

const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;
const LISTED = 500;

/** Lists metrics, and reads the values of several at a time. */
export const metricDataOperations = {
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
  GetMetricData: operation({
    input: {
      MetricDataQueries: required(list(metricDataQuery, { max: MOST_QUERIES })),
      StartTime: { type: 'Timestamp', required: true },
      EndTime: { type: 'Timestamp', required: true },
      ScanBy: { type: 'String', values: ['TimestampDescending', 'TimestampAscending'] },
      MaxDatapoints: { type: 'Integer', min: 1, max: MOST_DATAPOINTS },
    },
    unsupported: ['NextToken', 'LabelOptions'],
    run({ MetricDataQueries: queries, StartTime, EndTime, ScanBy, MaxDatapoints }, { store }) {
      if (StartTime >= EndTime) {
        throw invalid('The parameter StartTime must be less than the parameter EndTime.');
      }
      const read = queries.map((query) => seriesOf(query, store.metrics, StartTime, EndTime));
      const datapoints = read.reduce((sum, { Values }) => sum + Values.length, 0);
      if (datapoints > (MaxDatapoints ?? MOST_DATAPOINTS)) {
        throw unsupported(
          `GetMetricData with more than ${MaxDatapoints ?? MOST_DATAPOINTS} values`,
        );
      }
      const returned = read.filter((_, index) => queries[index]?.ReturnData ?? true);
      const results = returned.map(({ Timestamps, Values, ...series }) => ({
        ...series,
        Timestamps: ScanBy === 'TimestampAscending' ? Timestamps : Timestamps.toReversed(),
        Values: ScanBy === 'TimestampAscending' ? Values : Values.toReversed(),
        StatusCode: 'Complete',
      }));
      return { MetricDataResults: results, Messages: [] };
    },
  }),
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
  ListMetrics: operation({
    input: {
      Namespace: text,
      MetricName: text,
      Dimensions: list(structure({ Name: required(text), Value: text }), { max: 10 }),
      NextToken: text,
    },
    unsupported: ['RecentlyActive', 'IncludeLinkedAccounts', 'OwningAccount'],
    run({ Namespace, MetricName: name, Dimensions = [], NextToken }, { store }) {
      const found = store.metrics.list().filter(
        (metric) =>
          (Namespace === undefined || metric.namespace === Namespace) &&
          (name === undefined || metric.name === name) &&
          Dimensions.every(({ Name, Value }) => {
            const value = metric.dimensions.get(Name);
            return value !== undefined && (Value === undefined || Value === value);
          }),
      );
      const { items, nextToken } = page(found, LISTED, NextToken);
      return { Metrics: items.map(metricAnswer), NextToken: nextToken };
    },
  }),
};

/** A query's values, oldest first. @throws AwsError */
function seriesOf(query: Query, metrics: MetricStore, start: number, end: number) {
  const { Id, MetricStat, Expression, AccountId, Label } = query;
  if (Expression !== undefined) throw unsupported(`the expression ${Expression} in GetMetricData`);
  if (AccountId !== undefined) throw unsupported('the parameter AccountId in GetMetricData');
  if (MetricStat?.Metric === undefined) {
    throw invalid(`The query ${Id} must have either a MetricStat or an Expression.`);
  }
  const { Metric, Period: seconds, Stat, Unit } = MetricStat;
  const statistic = STATISTICS.find((known) => known === Stat);
  if (statistic === undefined) throw unsupported(`the statistic ${Stat} in GetMetricData`);
  if (Unit !== undefined) throw unsupported('the parameter Unit in GetMetricData');
  if (seconds <= 0 || seconds % 60 !== 0) {
    throw invalidValue(
      'The value for parameter Period is invalid. Period must be a multiple of 60.',
    );
  }
  const { Namespace: namespace = '', MetricName: name = '', Dimensions } = Metric;
  const metric = { namespace, name, dimensions: dimensionMap(Dimensions) };
  const datapoints = metrics.read(metric, seconds * 1000, start, end);
  return {
    Id,
    Label: Label ?? name,
    Timestamps: datapoints.map((datapoint) => new Date(datapoint.start)),
    Values: datapoints.map((datapoint) => statisticOf(datapoint, statistic)),
  };
}

const metricAnswer = ({ namespace, name, dimensions }: MetricName) => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: [...dimensions].map(([Name, Value]) => ({ Name, Value })),
});
