import { flag, list, required, structure, text } from '../core/shapes/shape';
import { STATISTICS } from './metrics';

/** The members that requests share (botocore, cloudwatch/2010-08-01/service-2.json). */
export const alarmName = { type: 'String', min: 1, max: 255 } as const;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const unit = {
  type: 'String',
  values: [
    'Seconds',
    'Microseconds',
    'Milliseconds',
    ...['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'],
    ...['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'],
    'Percent',
    'Count',
    ...['Bytes/Second', 'Kilobytes/Second', 'Megabytes/Second'],
    ...['Gigabytes/Second', 'Terabytes/Second'],
    ...['Bits/Second', 'Kilobits/Second', 'Megabits/Second', 'Gigabits/Second', 'Terabits/Second'],
    'Count/Second',
    'None',
  ],
} as const;

const integer = { type: 'Integer' } as const;
const arns = list(text, { max: 5 });
/** A metric has at most 30: botocore, cloudwatch/2010-08-01/service-2.json. */
export const dimensions = list(structure({ Name: required(text), Value: required(text) }), {
  max: 30,
});

export const metricDataQuery = structure({
  Id: required(text),
  MetricStat: structure({
    Metric: structure({ Namespace: text, MetricName: text, Dimensions: dimensions }),
    Period: required(integer),
    Stat: required(text),
    Unit: unit,
  }),
  Expression: text,
  Label: text,
  ReturnData: flag,
  Period: integer,
  AccountId: text,
});

/** An alarm's settings, as PutMetricAlarm and `AWS::CloudWatch::Alarm` have them. */
export const alarmSettings = structure({
  ActionsEnabled: flag,
  AlarmActions: arns,
  AlarmDescription: { type: 'String', max: 1024 },
  ComparisonOperator: {
    type: 'String',
    values: [
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
      'LessThanLowerOrGreaterThanUpperThreshold',
      'LessThanLowerThreshold',
      'GreaterThanUpperThreshold',
    ],
    required: true,
  },
  DatapointsToAlarm: { type: 'Integer', min: 1 },
  Dimensions: dimensions,
  EvaluateLowSampleCountPercentile: text,
  EvaluationPeriods: { type: 'Integer', min: 1, required: true },
  ExtendedStatistic: text,
  InsufficientDataActions: arns,
  MetricName: text,
  Metrics: list(metricDataQuery),
  Namespace: text,
  OKActions: arns,
  Period: integer,
  Statistic: { type: 'String', values: STATISTICS },
  Threshold: { type: 'Double' },
  ThresholdMetricId: text,
  TreatMissingData: text,
  Unit: unit,
});
