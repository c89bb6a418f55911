import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
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

const alarms: readonly Fault[] = [
  ...['ServerErrors', 'ClientErrors', 'Latency', 'ThrottledWritesAnywhere'].map(
    (name): Fault => ({
      ...drift,
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

/** Faults of alarms, logs and the deployment bucket. */
export const consoleWatchFaults: readonly Fault[] = [...alarms, ...logs, ...buckets];
