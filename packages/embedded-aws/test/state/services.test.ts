import { folders, PersistedAws, stackStatus } from './support';

const folder = folders();

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
});
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'kinesis:*', Resource: '*' },
});

const api = (kept: PersistedAws, method: string, path: string, body = '') =>
  kept.send('apigateway', { method, path, body });

/** Makes something of everything. @returns the reads that tell of it */
async function furnish(kept: PersistedAws): Promise<(kept: PersistedAws) => Promise<string[]>> {
  await kept.query('iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: TRUST });
  await kept.query('iam', 'PutRolePolicy', {
    RoleName: 'r',
    PolicyName: 'inline',
    PolicyDocument: POLICY,
  });
  await kept.query('iam', 'CreatePolicy', { PolicyName: 'managed', PolicyDocument: POLICY });
  const PolicyArn = 'arn:aws:iam::000000000000:policy/managed';
  await kept.query('iam', 'AttachRolePolicy', { RoleName: 'r', PolicyArn });
  await kept.query('iam', 'CreateUser', { UserName: 'u' });
  await kept.query('iam', 'CreateAccessKey', { UserName: 'u' });

  const s3 = (method: string, path: string, body?: Buffer) =>
    kept.send('s3', { method, path, ...(body && { body }) });
  await s3('PUT', '/bucket');
  await s3('PUT', '/bucket/large%20%F0%9F%98%80', Buffer.alloc(100_000, 'ab'));
  await s3('PUT', '/bucket/__proto__', Buffer.from('small'));

  const logs = (action: string, input: object) =>
    kept.json('logs', `Logs_20140328.${action}`, input);
  await logs('CreateLogGroup', { logGroupName: 'g', tags: { team: 'blue' } });
  await logs('CreateLogStream', { logGroupName: 'g', logStreamName: 's' });
  await logs('PutMetricFilter', {
    logGroupName: 'g',
    filterName: 'f',
    filterPattern: '{ $.status = "207" }',
    metricTransformations: [
      {
        metricName: 'm',
        metricNamespace: 'n',
        metricValue: '1',
        dimensions: { Stage: '$.stage' },
      },
    ],
  });
  for (const message of ['one', 'two \ud800']) {
    const logEvents = [{ timestamp: Date.now(), message }];
    await logs('PutLogEvents', { logGroupName: 'g', logStreamName: 's', logEvents });
  }

  await kept.query('sns', 'CreateTopic', { Name: 't', 'Attributes.entry.1.key': 'DisplayName' });
  const stack = {
    Resources: {
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
      Alarm: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          ComparisonOperator: 'GreaterThanThreshold',
          EvaluationPeriods: 1,
          MetricName: 'm',
          Namespace: 'n',
          Period: 60,
          Statistic: 'Sum',
          Threshold: 1,
        },
      },
    },
    Outputs: { Name: { Value: { Ref: 'Stream' }, Export: { Name: 'stream-name' } } },
  };
  await kept.query('cloudformation', 'CreateStack', {
    StackName: 'st',
    TemplateBody: JSON.stringify(stack),
  });
  await stackStatus(kept, 'st', 'CREATE_COMPLETE');

  const { id, rootResourceId } = JSON.parse(await api(kept, 'POST', '/restapis', '{"name":"a"}'));
  const method = `/restapis/${id}/resources/${rootResourceId}/methods/GET`;
  const authorizers = `/restapis/${id}/authorizers`;
  const authorizer = {
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    providerARNs: ['arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_A'],
    identitySource: 'method.request.header.Authorization',
    authorizerResultTtlInSeconds: 0,
  };
  const { id: authorizerId } = JSON.parse(
    await api(kept, 'POST', authorizers, JSON.stringify(authorizer)),
  );
  const authorization = {
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId,
    authorizationScopes: ['events/write'],
    apiKeyRequired: true,
  };
  await api(kept, 'PUT', method, JSON.stringify(authorization));
  await api(kept, 'PUT', `${method}/integration`, '{"type":"MOCK"}');
  await api(kept, 'POST', `/restapis/${id}/deployments`, '{"stageName":"dev"}');
  const key = JSON.parse(await api(kept, 'POST', '/apikeys', '{"enabled":true}'));

  return async (later) =>
    [
      await later.query('iam', 'GetRole', { RoleName: 'r' }),
      await later.query('iam', 'GetRolePolicy', { RoleName: 'r', PolicyName: 'inline' }),
      await later.query('iam', 'ListAttachedRolePolicies', { RoleName: 'r' }),
      await later.query('iam', 'ListAccessKeys', { UserName: 'u' }),
      await later.send('s3', { method: 'GET', path: '/bucket' }),
      await later.send('s3', { method: 'GET', path: '/bucket/large%20%F0%9F%98%80' }),
      await later.send('s3', { method: 'GET', path: '/bucket/__proto__' }),
      JSON.stringify(
        await later.json('logs', 'Logs_20140328.GetLogEvents', {
          logGroupName: 'g',
          logStreamName: 's',
        }),
      ),
      JSON.stringify(await later.json('logs', 'Logs_20140328.DescribeLogGroups', {})),
      JSON.stringify(await later.json('logs', 'Logs_20140328.DescribeMetricFilters', {})),
      await later.query('sns', 'GetTopicAttributes', {
        TopicArn: 'arn:aws:sns:us-east-1:000000000000:t',
      }),
      await later.query('cloudformation', 'DescribeStacks', { StackName: 'st' }),
      await later.query('cloudformation', 'DescribeStackEvents', { StackName: 'st' }),
      await later.query('cloudformation', 'ListExports', {}),
      await later.query('cloudformation', 'GetTemplate', { StackName: 'st' }),
      await later.query('monitoring', 'DescribeAlarms', {}),
      JSON.stringify(await later.kinesis('ListStreams', {})),
      await api(later, 'GET', `/restapis/${id}`),
      await api(later, 'GET', method),
      await api(later, 'GET', authorizers),
      await api(later, 'GET', `/restapis/${id}/stages/dev`),
      await api(later, 'GET', `/restapis/${id}/deployments`),
      await api(later, 'GET', `/apikeys/${key.id}`),
    ].map((answer) => answer.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, uuid));
}

/** The ids of answers are new each time; those of events and stacks are not, and begin differently. */
const uuid = (id: string) => (id.startsWith('00000000') ? 'request' : id);

test('every service answers as before the process was killed', async () => {
  const directory = folder();
  const kept = await PersistedAws.start(directory);
  const reads = await furnish(kept);
  const before = await reads(kept);
  kept.kill();

  const again = await PersistedAws.start(directory);

  expect(await reads(again)).toEqual(before);
  again.kill();
});

test('a function has its code and a dashboard its tags', async () => {
  const directory = folder();
  const kept = await PersistedAws.start(directory);
  const assume = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  };
  await kept.query('cloudformation', 'CreateStack', {
    StackName: 'st',
    'Capabilities.member.1': 'CAPABILITY_IAM',
    TemplateBody: JSON.stringify({
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: assume } },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: 'f',
            Handler: 'index.handler',
            Runtime: 'nodejs22.x',
            Timeout: 30,
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Code: { ZipFile: "exports.handler = async ({ name }) => 'Grüß dich, ' + name;" },
          },
        },
        Dashboard: {
          Type: 'AWS::CloudWatch::Dashboard',
          Properties: {
            DashboardName: 'd',
            DashboardBody: '{}',
            Tags: [{ Key: 'team', Value: 'blue' }],
          },
        },
      },
    }),
  });
  await stackStatus(kept, 'st', 'CREATE_COMPLETE');
  kept.kill();

  const again = await PersistedAws.start(directory);

  const answer = await again.send('lambda', {
    method: 'POST',
    path: '/2015-03-31/functions/f/invocations',
    body: '{"name":"Maya"}',
  });
  expect(JSON.parse(answer)).toBe('Grüß dich, Maya');
  const ResourceARN = 'arn:aws:cloudwatch::000000000000:dashboard/d';
  const tags = await again.query('monitoring', 'ListTagsForResource', { ResourceARN });
  expect(tags).toContain('<Value>blue</Value>');
  again.kill();
});

test('a change set tells what it would do, also what is known once it is done, and does it', async () => {
  const directory = folder();
  const kept = await PersistedAws.start(directory);
  const name = { StackName: 'st', ChangeSetName: 'c' };
  await kept.query('cloudformation', 'CreateChangeSet', {
    ...name,
    ChangeSetType: 'CREATE',
    TemplateBody: JSON.stringify({
      Resources: {
        Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
        Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Stream' } } },
      },
    }),
  });
  const input = { ...name, IncludePropertyValues: 'true' };
  const describe = async (from: PersistedAws) =>
    (await from.query('cloudformation', 'DescribeChangeSet', input)).replace(/<RequestId>.*/, '');
  const before = await describe(kept);
  kept.kill();

  const again = await PersistedAws.start(directory);

  expect(before).toContain('{{changeSet:KNOWN_AFTER_APPLY}}');
  expect(await describe(again)).toBe(before);
  await again.query('cloudformation', 'ExecuteChangeSet', name);
  await stackStatus(again, 'st', 'CREATE_COMPLETE');
  again.kill();
});

test('credentials that STS gave still open what the role may do', async () => {
  const directory = folder();
  const kept = await PersistedAws.start(directory);
  await kept.query('iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: TRUST });
  const answer = await kept.query('sts', 'AssumeRole', {
    RoleArn: 'arn:aws:iam::000000000000:role/r',
    RoleSessionName: 'me',
  });
  const key = /<AccessKeyId>(\w+)/.exec(answer)?.[1] ?? '';
  kept.kill();
  const again = await PersistedAws.start(directory);

  const { body } = await again.aws.handle({
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/sts/aws4_request`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: Buffer.from('Action=GetCallerIdentity'),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });

  expect(body.toString()).toContain('assumed-role/r/me');
  again.kill();
});
