import { OUT_OF_REACH, quotaTable, quotaValues } from '../core/quota';

export const LOGS_QUOTAS = quotaTable({
  service: 'CloudWatch Logs',
  page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html',
  rows: {
    batchBytes: { name: 'Batch size of PutLogEvents', value: 1_048_576, unit: 'bytes' },
    batchEvents: {
      name: 'Log events in a batch',
      value: 10_000,
      source:
        'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html',
    },
    metricFilters: { name: 'Metric filters per log group', value: 100 },
    dimensions: {
      name: 'Dimensions of a metric filter',
      value: 3,
      source:
        'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html',
    },
    logGroups: { name: 'Log groups per account', value: 1_000_000, unchecked: OUT_OF_REACH },
  },
});

/** The values of the quotas above. */
export const QUOTAS = quotaValues(LOGS_QUOTAS);

/** The length of a group's or a stream's name (botocore, logs/2014-03-28/service-2.json). */
export const LONGEST_NAME = 512;
