import path from 'node:path';
import { actions } from './alarms';
import { CANARY_NAMESPACE, canaryEnvironment } from './canary-environment';
import { CANARY, CANARY_HANDLER, canaryFunctionName } from './canary-name';
import { alarmPeriod, type Canary } from './canary-rate';
import {
  either,
  getAtt,
  join,
  NO_VALUE,
  type Resources,
  resource,
  select,
  splitBy,
  sub,
} from './cloudformation';
import { logicalIds } from './logical-ids';
import { isPacked } from './packed';
import { tagged } from './tags';

const RUNTIME = 'nodejs24.x';

/** Lambda ends it here, in seconds: all checks and the deletion of their stream fit in. */
const TIMEOUT_S = 480;

/**
 * The streams that it makes for itself: what is before the first `*` of the stage's pattern, and the
 * beginning that all throw-away streams of the stage have (hooks/stage/throw-away-name.ts).
 */
const THROW_AWAY_STREAMS = join('', [
  sub('arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/'),
  select(0, splitBy('*', '${param:streams}')),
  'verify-${self:service}-${self:provider.stage}-*',
]);

const allow = (actions: unknown, resource: unknown) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
});

/** What the canary may do: call this API, look after its own streams, write its own log. */
const PERMISSIONS = {
  Version: '2012-10-17',
  Statement: [
    either(
      'IsProtected',
      // There it makes no stream; it looks whether one is there, as after every run.
      allow('kinesis:DescribeStreamSummary', THROW_AWAY_STREAMS),
      allow(
        [
          'kinesis:AddTagsToStream',
          either('ManagesStreams', NO_VALUE, 'kinesis:CreateStream'),
          'kinesis:DeleteStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
        ],
        THROW_AWAY_STREAMS,
      ),
    ),
    either(
      'RequiresSignature',
      allow(
        'execute-api:Invoke',
        sub(
          'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/${self:provider.stage}/*',
        ),
      ),
      NO_VALUE,
    ),
    either(
      'RequiresKey',
      allow(
        'apigateway:GET',
        sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/apikeys/${ApiKey}'),
      ),
      NO_VALUE,
    ),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], getAtt(logicalIds.canaryLog, 'Arn')),
  ],
};

/** What is in the stack of a stage that has a canary, beside the function and its alarm. */
export const canary: Resources = {
  [logicalIds.canaryLog]: resource(
    'AWS::Logs::LogGroup',
    {
      // Lambda's own name for it: the function would make it anew, to be kept for ever.
      LogGroupName: `/aws/lambda/${canaryFunctionName('${self:service}', '${self:provider.stage}')}`,
      RetentionInDays: '${param:logRetentionDays}',
    },
    { Condition: 'RunsCanary' },
  ),
  [logicalIds.canaryRole]: resource(
    'AWS::IAM::Role',
    {
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
      Policies: [{ PolicyName: CANARY, PolicyDocument: PERMISSIONS }],
    },
    { Condition: 'RunsCanary' },
  ),
};

/** Goes off when a check failed, and when no run said how it went. */
export function canaryAlarm(rate: string): Resources {
  return tagged({
    [logicalIds.alarm('Canary')]: resource('AWS::CloudWatch::Alarm', {
      AlarmDescription:
        '${self:service}-${self:provider.stage}: The canary found the API broken, or did not run',
      Namespace: CANARY_NAMESPACE,
      MetricName: 'Failed',
      Dimensions: [
        { Name: 'Service', Value: '${self:service}' },
        { Name: 'Stage', Value: '${self:provider.stage}' },
      ],
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

/** What serverless.ts has more where the stage has a canary. */
export const canaryFunction = ({ rate, stage }: Canary) => ({
  handler: CANARY_HANDLER,
  runtime: RUNTIME as typeof RUNTIME,
  description: 'Verifies the stage, again and again',
  architecture: 'arm64' as const,
  memorySize: 512,
  timeout: TIMEOUT_S,
  // Not as Fn::GetAtt: of that the framework makes a DependsOn which says the same once more.
  role: sub(`\${${logicalIds.canaryRole}.Arn}`) as unknown as string,
  environment: canaryEnvironment as unknown as Record<string, string>,
  tags: { service: '${self:service}', stage: '${self:provider.stage}' },
  // The log group above; the framework's own would not be told how long to keep it.
  disableLogs: true,
  dependsOn: [logicalIds.canaryLog],
  versionFunction: false,
  // A second try would count a failure twice, and hide one that passes.
  maximumRetryAttempts: 0,
  // No emulator keeps time: on the laptop it runs when it is invoked.
  events: [{ schedule: { rate: [rate], enabled: stage !== 'local' } }],
  // Elsewhere there is no source to bundle, and other functions are bundled as their service wants it.
  ...(isPacked && { package: { artifact: path.join(__dirname, '..', 'canary.zip') } }),
});

/**
 * All of it in one file, the AWS SDK too: what was tested is what runs. Not minified, so that Lambda
 * tells an error by its name.
 */
export const bundling = {
  bundle: true,
  exclude: [],
};
