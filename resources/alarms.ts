import {
  clientErrorsBesideCanary,
  modelRefusalsBesideCanary,
  ofTheStage,
  PERIOD_S,
} from './client-errors';
import { either, NO_VALUE, type Resource, type Resources, resource } from './cloudformation';
import type { ConditionName } from './conditions';
import { logicalIds } from './logical-ids';
import { ownMetric } from './own-metrics';

type Properties = Resource<'AWS::CloudWatch::Alarm'>['Properties'];

/** One alarm, as `alarmResource` makes it. */
export interface Alarm {
  readonly description: string;
  /** The metric. Its dimensions must match exactly, or the alarm never goes off. */
  readonly metric: Pick<
    Properties,
    'Namespace' | 'MetricName' | 'Dimensions' | 'Statistic' | 'ExtendedStatistic' | 'Metrics'
  >;
  /** Replaces `metric` on stages with a canary. */
  readonly besideCanary?: Properties['Metrics'];
  /** The alarm goes off above this value, in the metric's unit. */
  readonly threshold: number;
  /** Length of a period in seconds; omitted if the metric query has its own. */
  readonly period?: number;
  /** The alarm goes off if `bad` of the last `of` periods are above the threshold. */
  readonly periods: readonly [bad: number, of: number];
  readonly condition?: ConditionName;
  /** The state without data; a stage without traffic is healthy. */
  readonly missing?: 'ignore';
}

// https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
const THROTTLED_WRITES = 'WriteProvisionedThroughputExceeded';
/** Records of batches that failed for another reason than throttling. */
const FAILED_RECORDS = 'PutRecords.FailedRecords';

const ofTheStream = (MetricName: string) => ({
  Namespace: 'AWS/Kinesis',
  MetricName,
  Dimensions: [{ Name: 'StreamName', Value: '${param:streams}' }],
  Statistic: 'Sum' as const,
});

/** Alarms cannot match stream names by pattern: this covers all streams of account and region. */
const ofAllStreams = (id: string, metric: string) => ({
  Metrics: [
    {
      Id: id,
      Expression: `SELECT SUM(${metric}) FROM SCHEMA("AWS/Kinesis", StreamName)`,
      Period: 60,
      ReturnData: true,
    },
  ],
});

/** Conditions worth waking somebody for, and their thresholds. */
const ALARMS: Readonly<Record<string, Alarm>> = {
  ServerErrors: {
    description: 'More than 1 % of the requests end in a 5XX',
    metric: { ...ofTheStage, MetricName: '5XXError', Statistic: 'Average' },
    threshold: 0.01,
    period: 60,
    periods: [3, 5],
    condition: 'OwnsApi',
  },
  ClientErrors: {
    description: 'More than 10 % of the requests end in a 4XX, throttled ones included',
    metric: { ...ofTheStage, MetricName: '4XXError', Statistic: 'Average' },
    besideCanary: clientErrorsBesideCanary,
    threshold: 0.1,
    period: PERIOD_S,
    periods: [3, 3],
    condition: 'OwnsApi',
  },
  Latency: {
    description: 'One request in a hundred takes longer than a second',
    metric: { ...ofTheStage, MetricName: 'Latency', ExtendedStatistic: 'p99' },
    threshold: 1000,
    period: 60,
    periods: [5, 5],
    condition: 'OwnsApi',
  },
  ThrottledWrites: {
    description: 'The stream takes no more: its shards refuse records',
    metric: ofTheStream(THROTTLED_WRITES),
    threshold: 0,
    period: 60,
    periods: [3, 5],
    condition: 'OneStream',
  },
  ThrottledWritesAnywhere: {
    description: 'A stream of this region takes no more: its shards refuse records',
    metric: ofAllStreams('throttled', THROTTLED_WRITES),
    threshold: 0,
    periods: [3, 5],
    condition: 'WatchesManyStreams',
  },
  PartialBatches: {
    description: 'Batches are answered with 207: Kinesis refused some of their records',
    metric: { ...ownMetric('PartialBatches'), Statistic: 'Sum' },
    threshold: 0,
    period: 60,
    periods: [3, 5],
    condition: 'LogsAccess',
  },
  ModelRefusals: {
    description:
      'More than 1 % of the requests are refused by a model: clients send what no stream takes',
    metric: { ...ownMetric('ModelRefusals'), Statistic: 'Average' },
    besideCanary: modelRefusalsBesideCanary,
    threshold: 0.01,
    period: PERIOD_S,
    periods: [3, 3],
    condition: 'LogsAccess',
  },
  FailedRecords: {
    description: 'The stream fails to store records of batches',
    metric: ofTheStream(FAILED_RECORDS),
    threshold: 0,
    period: 60,
    periods: [3, 5],
    condition: 'OneStreamUnlogged',
  },
  FailedRecordsAnywhere: {
    description: 'A stream of this region fails to store records of batches',
    metric: ofAllStreams('failed', `"${FAILED_RECORDS}"`),
    threshold: 0,
    periods: [3, 5],
    condition: 'ManyStreamsUnlogged',
  },
  FailedDeployment: {
    description: 'The last deployment failed its verification',
    metric: { ...ownMetric('FailedDeployments'), Statistic: 'Maximum' },
    threshold: 0,
    period: 60,
    periods: [1, 1],
    // Until a deployment passes.
    missing: 'ignore',
  },
};

/** The condition of each alarm, by name; undefined for one that every stage has. */
export const alarmConditions = Object.fromEntries(
  Object.entries(ALARMS).map(([name, { condition }]) => [name, condition]),
);

/** Notified when an alarm goes off and when it clears. */
export const actions = either('HasAlarmTopic', ['${param:alarmTopicArn}'] as const, NO_VALUE);

/** The properties that select the metric. */
function watched({ metric, period, besideCanary }: Alarm) {
  const single = { ...metric, ...(period && { Period: period }) };
  if (besideCanary === undefined) return single;
  const withoutCanary = Object.entries(single).map(([name, value]) => [
    name,
    either('RunsCanary', NO_VALUE, value),
  ]);
  return {
    ...(Object.fromEntries(withoutCanary) as typeof single),
    Metrics: either('RunsCanary', besideCanary, NO_VALUE),
  };
}

/** An alarm that notifies the stage's topic. */
export const alarmResource = (alarm: Alarm): Resource<'AWS::CloudWatch::Alarm'> =>
  resource(
    'AWS::CloudWatch::Alarm',
    {
      AlarmDescription: `\${self:service}-\${self:provider.stage}: ${alarm.description}`,
      ...watched(alarm),
      Threshold: alarm.threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      DatapointsToAlarm: alarm.periods[0],
      EvaluationPeriods: alarm.periods[1],
      TreatMissingData: alarm.missing ?? 'notBreaching',
      AlarmActions: actions,
      OKActions: actions,
    },
    alarm.condition && { Condition: alarm.condition },
  );

export const alarms: Resources = Object.fromEntries(
  Object.entries(ALARMS).map(([name, alarm]) => [logicalIds.alarm(name), alarmResource(alarm)]),
);
