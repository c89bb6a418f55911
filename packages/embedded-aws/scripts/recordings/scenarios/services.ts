import type { Account, Answer } from '../ours';
import { arn, type Scenario } from './scenario';

// The services around CloudFormation, API Gateway and Kinesis.

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});

const ALLOW = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['kinesis:*', 'logs:*', 'sns:*', 's3:*'],
      Resource: '*',
    },
  ],
});

export const iamScenario: Scenario = async (aws) => {
  const call = (operation: string, input: object = {}) => aws.call('iam', operation, input);
  await call('GetRole', { RoleName: 'missing' });
  await call('ListRoles');
  await call('CreateRole', { RoleName: 'plain', AssumeRolePolicyDocument: TRUST });
  await call('CreateRole', {
    RoleName: 'full',
    Path: '/a/',
    Description: 'all of it',
    MaxSessionDuration: 7200,
    AssumeRolePolicyDocument: TRUST,
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  await call('CreateRole', { RoleName: 'full', AssumeRolePolicyDocument: TRUST });
  const policy = (await call('CreatePolicy', { PolicyName: 'all', PolicyDocument: ALLOW })).Policy;
  const { Arn: PolicyArn } = policy as Answer;
  await call('CreatePolicy', {
    PolicyName: 'described',
    Path: '/a/',
    Description: 'all of it',
    PolicyDocument: ALLOW,
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  await call('GetPolicy', { PolicyArn });
  await call('ListPolicies', { Scope: 'Local' });
  await call('GetPolicyVersion', { PolicyArn, VersionId: 'v1' });
  await call('ListPolicyVersions', { PolicyArn });
  await call('AttachRolePolicy', { RoleName: 'plain', PolicyArn });
  await call('PutRolePermissionsBoundary', { RoleName: 'full', PermissionsBoundary: PolicyArn });
  await call('ListAttachedRolePolicies', { RoleName: 'plain' });
  await call('ListEntitiesForPolicy', { PolicyArn });
  await call('PutRolePolicy', { RoleName: 'plain', PolicyName: 'own', PolicyDocument: ALLOW });
  await call('GetRolePolicy', { RoleName: 'plain', PolicyName: 'own' });
  await call('ListRolePolicies', { RoleName: 'plain' });
  for (const RoleName of ['plain', 'full']) {
    await call('GetRole', { RoleName });
    await call('ListRoleTags', { RoleName });
  }
  await call('ListRoles');
  await call('CreateUser', { UserName: 'plain' });
  await call('CreateUser', {
    UserName: 'full',
    Path: '/a/',
    PermissionsBoundary: PolicyArn,
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  await call('AttachUserPolicy', { UserName: 'plain', PolicyArn });
  await call('ListAttachedUserPolicies', { UserName: 'plain' });
  for (const UserName of ['plain', 'full', 'missing']) await call('GetUser', { UserName });
  await call('ListUsers');
  await call('CreateAccessKey', { UserName: 'plain' });
  await call('ListAccessKeys', { UserName: 'plain' });
  await call('SimulatePrincipalPolicy', {
    PolicySourceArn: arn('iam', 'role/plain').replace('us-east-1', ''),
    ActionNames: ['kinesis:PutRecord', 'iam:GetUser'],
  });
};

export const stsScenario: Scenario = async (aws) => {
  await aws.call('sts', 'GetCallerIdentity');
  await aws.call('iam', 'CreateRole', {
    RoleName: 'assumed',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::000000000000:root' },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
  await aws.call('sts', 'AssumeRole', {
    RoleArn: 'arn:aws:iam::000000000000:role/assumed',
    RoleSessionName: 'session',
  });
};

export const logsScenario: Scenario = async (aws) => {
  const call = (operation: string, input: object = {}) => aws.call('logs', operation, input);
  await call('DescribeLogGroups');
  await call('CreateLogGroup', { logGroupName: 'plain' });
  await call('CreateLogGroup', { logGroupName: 'plain' });
  await call('CreateLogGroup', { logGroupName: 'full', tags: { team: 'a' } });
  await call('PutRetentionPolicy', { logGroupName: 'full', retentionInDays: 7 });
  const { logGroups } = await call('DescribeLogGroups');
  const [{ logGroupArn: resourceArn } = {}] = logGroups as readonly Answer[];
  for (const logGroupName of ['plain', 'full']) {
    await call('ListTagsLogGroup', { logGroupName });
    await call('DescribeLogStreams', { logGroupName });
    await call('CreateLogStream', { logGroupName, logStreamName: 'a' });
    await call('DescribeLogStreams', { logGroupName });
  }
  await call('ListTagsForResource', { resourceArn });
  const logEvents = [
    { timestamp: Date.now(), message: 'first' },
    { timestamp: Date.now(), message: 'second' },
  ];
  const plain = { logGroupName: 'plain', logStreamName: 'a' };
  await call('PutLogEvents', { ...plain, logEvents });
  await call('PutLogEvents', { ...plain, logEvents: [{ timestamp: 0, message: 'old' }] });
  await call('GetLogEvents', plain);
  await call('GetLogEvents', { logGroupName: 'full', logStreamName: 'a' });
  await call('FilterLogEvents', { logGroupName: 'plain' });
  await call('FilterLogEvents', { logGroupName: 'full' });
  await call('DescribeLogStreams', { logGroupName: 'plain', orderBy: 'LastEventTime' });
  await call('PutMetricFilter', {
    logGroupName: 'plain',
    filterName: 'errors',
    filterPattern: '',
    metricTransformations: [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }],
  });
  await call('DescribeMetricFilters', { logGroupName: 'plain' });
  await call('DescribeLogGroups');
};

export const cloudWatchScenario: Scenario = async (aws) => {
  const call = (operation: string, input: object = {}) => aws.call('cloudwatch', operation, input);
  await call('DescribeAlarms');
  await call('PutMetricAlarm', {
    AlarmName: 'plain',
    Namespace: 'n',
    MetricName: 'm',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  await call('PutMetricAlarm', {
    AlarmName: 'metrics',
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    Metrics: [
      {
        Id: 'm1',
        MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 60, Stat: 'Sum' },
        ReturnData: true,
      },
    ],
  });
  const { MetricAlarms } = await call('DescribeAlarms');
  for (const { AlarmArn: ResourceARN } of MetricAlarms as readonly Answer[]) {
    await call('ListTagsForResource', { ResourceARN });
  }
  await call('PutMetricData', {
    Namespace: 'n',
    MetricData: [
      { MetricName: 'm', Value: 1 },
      { MetricName: 'm', Value: 1, Dimensions: [{ Name: 'd', Value: 'v' }], Unit: 'Count' },
    ],
  });
  await call('ListMetrics');
  const time = {
    StartTime: new Date(Date.now() - 600_000),
    EndTime: new Date(Date.now() + 60_000),
  };
  await call('GetMetricStatistics', {
    ...time,
    Namespace: 'n',
    MetricName: 'm',
    Period: 60,
    Statistics: ['Sum'],
  });
  await call('GetMetricData', {
    ...time,
    MetricDataQueries: [
      {
        Id: 'm1',
        MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 60, Stat: 'Sum' },
      },
    ],
  });
  await call('ListDashboards');
  await call('PutDashboard', { DashboardName: 'a', DashboardBody: '{"widgets":[]}' });
  await call('GetDashboard', { DashboardName: 'a' });
  await call('ListDashboards');
};

export const s3Scenario: Scenario = async (aws) => {
  const Bucket = 'shapes-bucket';
  const call = (operation: string, input: object = {}) =>
    aws.call('s3', operation, { Bucket, ...input });
  await call('ListBuckets');
  await call('GetObject', { Key: 'missing' });
  await call('CreateBucket');
  for (const operation of [
    'GetBucketLocation',
    'GetBucketTagging',
    'GetBucketPolicy',
    'GetBucketVersioning',
    'GetBucketEncryption',
    'GetPublicAccessBlock',
    'ListObjects',
    'ListObjectsV2',
    'ListObjectVersions',
    'ListMultipartUploads',
  ]) {
    await call(operation);
  }
  await call('PutBucketTagging', { Tagging: { TagSet: [{ Key: 'team', Value: 'a' }] } });
  await call('GetBucketTagging');
  await call('PutObject', { Key: 'a', Body: 'text' });
  await call('PutObject', {
    Key: 'b/c',
    Body: 'text',
    ContentType: 'text/plain',
    ChecksumAlgorithm: 'SHA256',
    Metadata: { a: 'b' },
  });
  for (const Key of ['a', 'b/c', 'missing']) {
    await call('HeadObject', { Key });
    await call('GetObject', { Key });
  }
  await call('CopyObject', { Key: 'd', CopySource: `${Bucket}/a` });
  await call('ListObjects', { Delimiter: '/', MaxKeys: 1 });
  await call('ListObjectsV2', { Delimiter: '/', MaxKeys: 1 });
  await call('ListObjectsV2');
  await call('ListObjectVersions');
  const { UploadId } = await call('CreateMultipartUpload', { Key: 'm' });
  const { ETag } = await call('UploadPart', { Key: 'm', UploadId, PartNumber: 1, Body: 'part' });
  await call('ListMultipartUploads');
  await call('ListParts', { Key: 'm', UploadId });
  await call('CompleteMultipartUpload', {
    Key: 'm',
    UploadId,
    MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
  });
  await call('DeleteObject', { Key: 'a' });
  await call('DeleteObjects', { Delete: { Objects: [{ Key: 'b/c' }, { Key: 'missing' }] } });
  await call('HeadBucket');
  await call('ListBuckets');
};

const RESOURCES = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'function',
      AssumeRolePolicyDocument: JSON.parse(TRUST),
      Policies: [{ PolicyName: 'all', PolicyDocument: JSON.parse(ALLOW) }],
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'plain',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: 'exports.handler = async () => 1;' },
    },
  },
  Full: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'full',
      Description: 'all of it',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: 'exports.handler = async () => 1;' },
      Environment: { Variables: { A: 'b' } },
      Tags: [{ Key: 'team', Value: 'a' }],
    },
  },
  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Full' } } },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: { Ref: 'Full' },
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    },
  },
  Config: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: { Ref: 'Full' }, Qualifier: '$LATEST', MaximumRetryAttempts: 1 },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'plain',
      EventPattern: { source: ['a'] },
      Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['Function', 'Arn'] } }],
    },
  },
  Schedule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'full',
      Description: 'all of it',
      ScheduleExpression: 'rate(1 hour)',
      State: 'DISABLED',
    },
  },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'events', ShardCount: 1 } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'failed' } },
};

export const stackScenario: Scenario = async (aws) => {
  await aws.call('cloudformation', 'CreateStack', {
    StackName: 'functions',
    TemplateBody: JSON.stringify({ Resources: RESOURCES }),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  for (;;) {
    const { Stacks } = await aws.call('cloudformation', 'DescribeStacks', {
      StackName: 'functions',
    });
    const [{ StackStatus } = {}] = Stacks as readonly Answer[];
    if (StackStatus === 'CREATE_COMPLETE') break;
    if (StackStatus !== 'CREATE_IN_PROGRESS') {
      throw new Error(`The functions' stack is ${String(StackStatus)}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await functions(aws);
  await mappings(aws);
  await rules(aws);
};

async function functions(aws: Account): Promise<void> {
  const call = (operation: string, input: object = {}) => aws.call('lambda', operation, input);
  await call('ListFunctions');
  for (const FunctionName of ['plain', 'full', 'missing']) {
    await call('GetFunction', { FunctionName });
    await call('GetFunctionConfiguration', { FunctionName });
    await call('ListVersionsByFunction', { FunctionName });
    await call('GetPolicy', { FunctionName });
    await call('GetFunctionEventInvokeConfig', { FunctionName });
  }
  await call('Invoke', { FunctionName: 'plain' });
}

async function mappings(aws: Account): Promise<void> {
  const call = (operation: string, input: object = {}) => aws.call('lambda', operation, input);
  const EventSourceArn = arn('kinesis', 'stream/events');
  const plain = { FunctionName: 'plain', EventSourceArn, StartingPosition: 'LATEST' };
  await call('ListEventSourceMappings');
  const { UUID } = await call('CreateEventSourceMapping', plain);
  await call('CreateEventSourceMapping', plain);
  await call('CreateEventSourceMapping', { ...plain, FunctionName: 'missing' });
  await call('CreateEventSourceMapping', {
    FunctionName: 'full',
    EventSourceArn,
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: new Date(1_700_000_000_000),
    Enabled: false,
    BatchSize: 1,
    MaximumBatchingWindowInSeconds: 1,
    ParallelizationFactor: 2,
    MaximumRetryAttempts: 1,
    MaximumRecordAgeInSeconds: 60,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: arn('sns', 'failed') } },
    FilterCriteria: { Filters: [{ Pattern: '{"data":{"a":[1]}}' }] },
  });
  await call('GetEventSourceMapping', { UUID });
  await call('UpdateEventSourceMapping', { UUID, BatchSize: 2, Enabled: false });
  await call('ListEventSourceMappings');
  await call('DeleteEventSourceMapping', { UUID });
}

async function rules(aws: Account): Promise<void> {
  const call = (operation: string, input: object = {}) => aws.call('events', operation, input);
  await call('ListEventBuses');
  await call('ListRules');
  for (const Name of ['plain', 'full', 'missing']) {
    await call('DescribeRule', { Name });
    await call('ListTargetsByRule', { Rule: Name });
    await call('ListTagsForResource', { ResourceARN: arn('events', `rule/${Name}`) });
  }
}
