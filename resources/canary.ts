import path from 'node:path';
import { actions } from './alarms';
import { canaryEnvironment } from './canary-environment';
import { CANARY, CANARY_HANDLER, canaryFunctionName } from './canary-name';
import { alarmPeriod, type Canary } from './canary-rate';
import { either, getAtt, NO_VALUE, type Resources, ref, resource, sub } from './cloudformation';
import { stageKeysStatement, withOwnKeys } from './encryption-keys';
import { logicalIds } from './logical-ids';
import { ownMetric } from './own-metrics';
import { isPacked } from './packed';
import { roleSettings } from './role';
import type { DeclaredStream } from './streams/declared';
import { tagged } from './tags';
import { streamArns, throwAwayStreams } from './throw-away-streams';

const RUNTIME = 'nodejs24.x';

/** Timeout of the function in seconds: enough for all checks and for deleting their stream. */
const TIMEOUT_S = 480;

const allow = (actions: unknown, resource: unknown) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
});

/**
 * The actions that the canary needs on the keys of its stream: to encrypt the stream and to read it.
 * https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
 */
const ON_KEYS = ['kms:Decrypt', 'kms:DescribeKey'];

/**
 * What the canary needs for declared streams: the stack's template, which says how they are declared,
 * and to read back the records that it may put there.
 */
function forStreams(declared: readonly DeclaredStream[]) {
  if (declared.length === 0) return [];
  const read = declared.filter(({ testRecords }) => testRecords);
  return [
    allow('cloudformation:GetTemplate', ref('AWS::StackId')),
    ...(read.length === 0
      ? []
      : [
          allow(
            ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
            read.map(({ streamName }) => streamArns(streamName)),
          ),
        ]),
  ];
}

/** The canary may call this API, manage its own streams and write its own log. */
const permissions = (declared: readonly DeclaredStream[]) => ({
  Version: '2012-10-17',
  Statement: [
    either(
      'IsProtected',
      // The canary creates no stream on a protected stage, but still checks for leftovers.
      allow('kinesis:DescribeStreamSummary', throwAwayStreams),
      allow(
        [
          'kinesis:AddTagsToStream',
          either('ManagesStreams', NO_VALUE, 'kinesis:CreateStream'),
          'kinesis:DeleteStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          withOwnKeys(declared, 'kinesis:StartStreamEncryption'),
        ],
        throwAwayStreams,
      ),
    ),
    either('IsProtected', NO_VALUE, stageKeysStatement(ON_KEYS, declared)),
    either(
      'TakesSignatures',
      allow(
        'execute-api:Invoke',
        sub(
          'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/${self:provider.stage}/*',
        ),
      ),
      NO_VALUE,
    ),
    either(
      'TakesKeys',
      allow(
        'apigateway:GET',
        sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/apikeys/${ApiKey}'),
      ),
      NO_VALUE,
    ),
    ...forStreams(declared),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], getAtt(logicalIds.canaryLog, 'Arn')),
  ],
});

/** The canary's resources besides the function and its alarm. */
export const canaryResources = (declared: readonly DeclaredStream[]): Resources => ({
  [logicalIds.canaryLog]: resource(
    'AWS::Logs::LogGroup',
    {
      // Must be Lambda's default name: else Lambda creates that group, which never expires.
      LogGroupName: `/aws/lambda/${canaryFunctionName('${self:service}', '${self:provider.stage}')}`,
      RetentionInDays: '${param:logRetentionDays}',
    },
    { Condition: 'RunsCanary' },
  ),
  [logicalIds.canaryRole]: resource(
    'AWS::IAM::Role',
    {
      ...roleSettings,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      Policies: [{ PolicyName: CANARY, PolicyDocument: permissions(declared) }],
    },
    { Condition: 'RunsCanary' },
  ),
});

/** Goes off when a check fails or no run reports a result. */
export function canaryAlarm(rate: string): Resources {
  return tagged({
    [logicalIds.alarm('Canary')]: resource('AWS::CloudWatch::Alarm', {
      AlarmDescription:
        '${self:service}-${self:provider.stage}: The canary found the API broken, or did not run',
      ...ownMetric('Failed'),
      Statistic: 'Maximum',
      Period: alarmPeriod(rate),
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: actions,
      OKActions: actions,
    }),
  });
}

/** The canary's entry among the functions of serverless.ts. */
export const canaryFunction = (
  { rate, stage }: Canary,
  declared: readonly DeclaredStream[] = [],
) => ({
  handler: CANARY_HANDLER,
  runtime: RUNTIME as typeof RUNTIME,
  description: 'Verifies the stage, again and again',
  architecture: 'arm64' as const,
  memorySize: 512,
  timeout: TIMEOUT_S,
  // Not Fn::GetAtt, for which the framework would add a redundant DependsOn.
  role: sub(`\${${logicalIds.canaryRole}.Arn}`) as unknown as string,
  environment: canaryEnvironment(declared) as unknown as Record<string, string>,
  tags: { service: '${self:service}', stage: '${self:provider.stage}' },
  // Replaced by the log group above: the framework's would have no retention period.
  disableLogs: true,
  dependsOn: [logicalIds.canaryLog],
  versionFunction: false,
  // A retry would count a lasting failure twice and hide a passing one.
  maximumRetryAttempts: 0,
  // Emulators run no schedules: on the laptop the canary runs only when invoked.
  events: [{ schedule: { rate: [rate], enabled: stage !== 'local' } }],
  // An installed package has no source to bundle, and must not decide how others are bundled.
  ...(isPacked && { package: { artifact: path.join(__dirname, '..', 'canary.zip') } }),
});

/**
 * Bundles everything including the AWS SDK, so that the tested code is what runs. Not minified:
 * error names stay readable in Lambda's logs.
 */
export const bundling = {
  bundle: true,
  exclude: [],
};
