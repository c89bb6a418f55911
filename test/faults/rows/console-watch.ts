import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  type MetricAlarm,
  PutDashboardCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteRetentionPolicyCommand,
  DescribeMetricFiltersCommand,
  type MetricFilter,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { logicalIds } from '../../../resources/logical-ids';
import { physicalId } from '../by-hand';
import type { Fault } from '../fault';
import type { Stage } from '../stage';

const drift = { class: 'console', caughtBy: ['Drift'] } as const;
const whole = { ...drift, whole: true } as const;

const alarmName = (stage: Stage, name: string) => physicalId(stage, logicalIds.alarm(name));

const changeAlarm = (name: string, change: Partial<MetricAlarm>) => async (stage: Stage) => {
  const client = new CloudWatchClient(stage.config);
  const AlarmNames = [alarmName(stage, name)];
  const { MetricAlarms: [alarm] = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNames }),
  );
  const { AlarmName, ComparisonOperator, EvaluationPeriods, ...given } = { ...alarm, ...change };
  await client.send(
    new PutMetricAlarmCommand({ AlarmName, ComparisonOperator, EvaluationPeriods, ...given }),
  );
};

const EVERYWHERE = [
  'ServerErrors',
  'ClientErrors',
  'Latency',
  'ThrottledWritesAnywhere',
  'FailedRecordsAnywhere',
  'FailedDeployment',
];

const alarms: readonly Fault[] = [
  ...[
    ...EVERYWHERE.map((name) => [name, drift] as const),
    ...['PartialBatches', 'ModelRefusals'].map((name) => [name, whole] as const),
  ].map(
    ([name, where]): Fault => ({
      ...where,
      id: `console-alarm-deleted-${name}`,
      broken: `The alarm ${name} is deleted`,
      blames: { says: `Alarm ${logicalIds.alarm(name)}: it is missing` },
      async byHand(stage) {
        const AlarmNames = [alarmName(stage, name)];
        await new CloudWatchClient(stage.config).send(new DeleteAlarmsCommand({ AlarmNames }));
      },
    }),
  ),
  ...(
    [
      ['threshold', 'is raised', { Threshold: 0.9 }, 'Threshold'],
      ['actions', 'no longer tells anybody', { ActionsEnabled: false }, 'ActionsEnabled'],
      ['periods', 'takes longer to go off', { EvaluationPeriods: 50 }, 'EvaluationPeriods'],
      [
        'dimensions',
        'watches another stage',
        { Dimensions: [{ Name: 'ApiName', Value: 'another' }] },
        'Dimensions',
      ],
      ['missing', 'goes off without data', { TreatMissingData: 'breaching' }, 'TreatMissingData'],
    ] as const
  ).map(
    ([id, what, change, says]): Fault => ({
      ...drift,
      id: `console-alarm-${id}`,
      broken: `The alarm ServerErrors ${what}`,
      blames: { says: `Alarm ServerErrorsAlarm: ${says}` },
      byHand: changeAlarm('ServerErrors', change as Partial<MetricAlarm>),
    }),
  ),
];

const onLogs =
  (act: (client: CloudWatchLogsClient, stage: Stage) => Promise<unknown>) =>
  async (stage: Stage) => {
    await act(new CloudWatchLogsClient(stage.config), stage);
  };

const logs: readonly Fault[] = [
  ...[logicalIds.accessLog, logicalIds.canaryLog].map(
    (id): Fault => ({
      ...whole,
      id: `console-log-deleted-${id}`,
      broken: `The log group ${id} is deleted`,
      blames: { says: `Log group ${id}: it is missing` },
      byHand: onLogs((client, stage) =>
        client.send(new DeleteLogGroupCommand({ logGroupName: physicalId(stage, id) })),
      ),
    }),
  ),
  {
    ...whole,
    id: 'console-log-retention',
    broken: 'The access log is kept for a day',
    blames: { says: 'Log group AccessLog: retentionInDays' },
    byHand: onLogs((client, stage) =>
      client.send(
        new PutRetentionPolicyCommand({
          logGroupName: physicalId(stage, logicalIds.accessLog),
          retentionInDays: 1,
        }),
      ),
    ),
  },
  {
    ...whole,
    id: 'console-log-for-ever',
    broken: 'The access log is kept for ever',
    blames: { says: 'Log group AccessLog: retentionInDays is missing' },
    byHand: onLogs((client, stage) =>
      client.send(
        new DeleteRetentionPolicyCommand({ logGroupName: physicalId(stage, logicalIds.accessLog) }),
      ),
    ),
  },
];

const changeFilter = (name: string, change: Partial<MetricFilter>) =>
  onLogs(async (client, stage) => {
    const logGroupName = physicalId(stage, logicalIds.accessLog);
    const filterName = physicalId(stage, logicalIds.metricFilter(name));
    const { metricFilters: [filter] = [] } = await client.send(
      new DescribeMetricFiltersCommand({ logGroupName, filterNamePrefix: filterName }),
    );
    const { filterPattern, metricTransformations } = { ...filter, ...change };
    const settings = { logGroupName, filterName, filterPattern, metricTransformations };
    await client.send(new PutMetricFilterCommand(settings));
  });

const filters: readonly Fault[] = [
  ...['PartialBatches', 'ModelRefusals', 'OtherRequests', 'Throttled'].map(
    (name): Fault => ({
      ...whole,
      id: `console-filter-deleted-${name}`,
      broken: `The metric filter ${name} is deleted`,
      blames: { says: `Metric filter ${logicalIds.metricFilter(name)}: it is missing` },
      byHand: onLogs((client, stage) =>
        client.send(
          new DeleteMetricFilterCommand({
            logGroupName: physicalId(stage, logicalIds.accessLog),
            filterName: physicalId(stage, logicalIds.metricFilter(name)),
          }),
        ),
      ),
    }),
  ),
  {
    ...whole,
    id: 'console-filter-pattern',
    broken: 'The metric filter PartialBatches counts another status',
    blames: { says: 'Metric filter PartialBatchesMetricFilter: pattern' },
    byHand: changeFilter('PartialBatches', { filterPattern: '{ $.status = "299" }' }),
  },
  {
    ...whole,
    id: 'console-filter-metric',
    broken: 'The metric filter PartialBatches counts as another metric',
    blames: { says: 'Metric filter PartialBatchesMetricFilter: metric' },
    byHand: changeFilter('PartialBatches', {
      metricTransformations: [
        { metricNamespace: 'KinesisRestProxy', metricName: 'Other', metricValue: '1' },
      ],
    }),
  },
];

const onDashboard =
  (act: (client: CloudWatchClient, DashboardName: string) => Promise<unknown>) =>
  async (stage: Stage) => {
    await act(new CloudWatchClient(stage.config), physicalId(stage, logicalIds.dashboard));
  };

const dashboards: readonly Fault[] = [
  {
    ...drift,
    id: 'console-dashboard-deleted',
    broken: 'The dashboard is deleted',
    blames: { says: 'Dashboard Dashboard: it is missing' },
    byHand: onDashboard((client, name) =>
      client.send(new DeleteDashboardsCommand({ DashboardNames: [name] })),
    ),
  },
  {
    ...drift,
    id: 'console-dashboard-changed',
    broken: 'A graph is taken off the dashboard',
    blames: { says: 'Dashboard Dashboard: widgets' },
    byHand: onDashboard(async (client, DashboardName) => {
      const { DashboardBody = '' } = await client.send(new GetDashboardCommand({ DashboardName }));
      const { widgets } = JSON.parse(DashboardBody) as { widgets: unknown[] };
      const body = JSON.stringify({ widgets: widgets.slice(1) });
      await client.send(new PutDashboardCommand({ DashboardName, DashboardBody: body }));
    }),
  },
];

const onBucket =
  (act: (client: S3Client, Bucket: string) => Promise<unknown>) => async (stage: Stage) => {
    await act(new S3Client(stage.config), physicalId(stage, 'ServerlessDeploymentBucket'));
  };

const FOREIGN = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });

const buckets: readonly Fault[] = [
  {
    ...whole,
    id: 'console-bucket-deleted',
    broken: 'The bucket of deployments is gone',
    blames: { says: 'Bucket ServerlessDeploymentBucket: is missing' },
    byHand: onBucket((client, Bucket) => client.send(new DeleteBucketCommand({ Bucket }))),
  },
  {
    ...whole,
    id: 'console-bucket-policy-deleted',
    broken: 'The bucket of deployments takes requests without TLS',
    blames: { says: 'Bucket ServerlessDeploymentBucket: policy is missing' },
    byHand: onBucket((client, Bucket) => client.send(new DeleteBucketPolicyCommand({ Bucket }))),
  },
  {
    ...whole,
    id: 'console-bucket-foreign',
    broken: 'Another account may read the bucket of deployments',
    blames: { says: 'Bucket ServerlessDeploymentBucket: policy' },
    byHand: onBucket((client, Bucket) =>
      client.send(new PutBucketPolicyCommand({ Bucket, Policy: FOREIGN(Bucket) })),
    ),
  },
];

/** Faults of alarms, logs, what is counted in them, dashboards and the deployment bucket. */
export const consoleWatchFaults: readonly Fault[] = [
  ...alarms,
  ...logs,
  ...filters,
  ...dashboards,
  ...buckets,
];
