import { folders, KeptInProcess } from './support';

const folder = folders();

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
});
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'kinesis:*', Resource: '*' },
});

const api = (kept: KeptInProcess, method: string, path: string, body = '') =>
  kept.send('apigateway', { method, path, body });

/** Makes something of everything. @returns the reads that tell of it */
async function furnish(kept: KeptInProcess): Promise<(kept: KeptInProcess) => Promise<string[]>> {
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
  await api(kept, 'PUT', method, '{"authorizationType":"NONE","apiKeyRequired":true}');
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
      await api(later, 'GET', `/restapis/${id}/stages/dev`),
      await api(later, 'GET', `/restapis/${id}/deployments`),
      await api(later, 'GET', `/apikeys/${key.id}`),
    ].map((answer) => answer.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, uuid));
}

/** The ids of answers are new each time; those of events and stacks are not, and begin differently. */
const uuid = (id: string) => (id.startsWith('00000000') ? 'request' : id);

async function stackStatus(kept: KeptInProcess, name: string, status: string): Promise<string> {
  for (;;) {
    const answer = await kept.query('cloudformation', 'DescribeStacks', { StackName: name });
    if (answer.includes(`<StackStatus>${status}<`)) return answer;
    if (/_(FAILED|COMPLETE)</.test(answer)) throw new Error(answer);
    await new Promise(setImmediate);
  }
}

test('every service answers as before the process was killed', async () => {
  const directory = folder();
  const kept = new KeptInProcess(directory);
  const reads = await furnish(kept);
  const before = await reads(kept);
  kept.kill();

  const again = new KeptInProcess(directory);

  expect(await reads(again)).toEqual(before);
  again.kill();
});

test('a function has its code and a dashboard its tags', async () => {
  const directory = folder();
  const kept = new KeptInProcess(directory);
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

  const again = new KeptInProcess(directory);

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
  const kept = new KeptInProcess(directory);
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
  const describe = async (from: KeptInProcess) =>
    (await from.query('cloudformation', 'DescribeChangeSet', input)).replace(/<RequestId>.*/, '');
  const before = await describe(kept);
  kept.kill();

  const again = new KeptInProcess(directory);

  expect(before).toContain('{{changeSet:KNOWN_AFTER_APPLY}}');
  expect(await describe(again)).toBe(before);
  await again.query('cloudformation', 'ExecuteChangeSet', name);
  await stackStatus(again, 'st', 'CREATE_COMPLETE');
  again.kill();
});

test('credentials that STS gave still open what the role may do', async () => {
  const directory = folder();
  const kept = new KeptInProcess(directory);
  await kept.query('iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: TRUST });
  const answer = await kept.query('sts', 'AssumeRole', {
    RoleArn: 'arn:aws:iam::000000000000:role/r',
    RoleSessionName: 'me',
  });
  const key = /<AccessKeyId>(\w+)/.exec(answer)?.[1] ?? '';
  kept.kill();
  const again = new KeptInProcess(directory);

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

describe('a stack whose operation was interrupted', () => {
  const template = (ShardCount: number) => ({
    StackName: 'st',
    TemplateBody: JSON.stringify({
      Resources: {
        Topic: { Type: 'AWS::SNS::Topic' },
        Stream: { Type: 'AWS::Kinesis::Stream', DependsOn: 'Topic', Properties: { ShardCount } },
      },
    }),
  });
  let clock = Date.now();
  const now = () => clock;
  /** The operation does not end until the clock is moved. */
  const slow = { now, createMs: 60_000, updateMs: 60_000, deleteMs: 60_000 };

  // What goes on in the processes that were killed comes to its end.
  afterAll(() => {
    clock += 3_600_000;
  });

  async function streamIsUnderWay(kept: KeptInProcess): Promise<void> {
    const input = { StackName: 'st' };
    const underWay = /<member>(?:(?!<\/member>).)*>Stream<(?:(?!<\/member>).)*_IN_PROGRESS</s;
    for (let isUnderWay = false; !isUnderWay; await new Promise(setImmediate)) {
      const resources = await kept.query('cloudformation', 'DescribeStackResources', input);
      isUnderWay = underWay.test(resources);
    }
  }

  async function stackGone(kept: KeptInProcess): Promise<void> {
    for (let there = true; there; await new Promise(setImmediate)) {
      const all = await kept.query('cloudformation', 'ListStacks', {});
      if (all.includes('DELETE_FAILED')) throw new Error(all);
      there = !all.includes('DELETE_COMPLETE');
    }
  }

  async function interrupted(action: string, status: string): Promise<string> {
    const directory = folder();
    const kept = new KeptInProcess(directory, action === 'CreateStack' ? slow : { now });
    await kept.query('cloudformation', 'CreateStack', template(1));
    if (action === 'CreateStack') await streamIsUnderWay(kept);
    else await stackStatus(kept, 'st', 'CREATE_COMPLETE');
    kept.kill();
    const busy = new KeptInProcess(directory, slow);
    const input = action === 'DeleteStack' ? { StackName: 'st' } : template(2);
    if (action !== 'CreateStack') await busy.query('cloudformation', action, input);
    if (action !== 'CreateStack') await stackStatus(busy, 'st', status);
    if (action !== 'CreateStack') await streamIsUnderWay(busy);
    busy.kill();
    // What was under way ends in the memory of those processes, for nobody to see.
    clock += 120_000;
    return directory;
  }

  test.each([
    ['CreateStack', 'CREATE_IN_PROGRESS', 'CREATE_FAILED'],
    ['UpdateStack', 'UPDATE_IN_PROGRESS', 'UPDATE_FAILED'],
    ['DeleteStack', 'DELETE_IN_PROGRESS', 'DELETE_FAILED'],
  ])('%s comes to rest, says why, and can be deleted', async (action, during, after) => {
    const directory = await interrupted(action, during);

    const kept = new KeptInProcess(directory, { now });

    const answer = await stackStatus(kept, 'st', after);
    expect(answer).toContain(`The embedded AWS ended during ${during}.`);
    await kept.query('cloudformation', 'DeleteStack', { StackName: 'st' });
    await stackGone(kept);
    expect(await kept.kinesis('ListStreams', {})).toMatchObject({ StreamNames: [] });
    kept.kill();
  });

  test('a consumer that was being made goes with its stack, too', async () => {
    const directory = folder();
    const kept = new KeptInProcess(directory, slow);
    await kept.kinesis('CreateStream', { StreamName: 's', ShardCount: 1 });
    clock += 120_000;
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
    const Properties = { StreamARN, ConsumerName: 'c' };
    await kept.query('cloudformation', 'CreateStack', {
      StackName: 'st',
      TemplateBody: JSON.stringify({
        Resources: { Stream: { Type: 'AWS::Kinesis::StreamConsumer', Properties } },
      }),
    });
    await streamIsUnderWay(kept);
    kept.kill();
    const again = new KeptInProcess(directory, { now });
    const consumers = () => again.kinesis('ListStreamConsumers', { StreamARN });
    expect(await consumers()).toMatchObject({ Consumers: [{ ConsumerName: 'c' }] });

    await again.query('cloudformation', 'DeleteStack', { StackName: 'st' });
    await stackGone(again);

    expect(await consumers()).toMatchObject({ Consumers: [] });
    again.kill();
  });

  test('an interrupted creation is rolled back when that is asked for', async () => {
    const directory = await interrupted('CreateStack', 'CREATE_IN_PROGRESS');
    const kept = new KeptInProcess(directory, { now });

    await kept.query('cloudformation', 'RollbackStack', { StackName: 'st' });

    await stackStatus(kept, 'st', 'ROLLBACK_COMPLETE');
    expect(await kept.kinesis('ListStreams', {})).toMatchObject({ StreamNames: [] });
    kept.kill();
  });

  test('an interrupted creation is done by an update', async () => {
    const directory = await interrupted('CreateStack', 'CREATE_IN_PROGRESS');
    const kept = new KeptInProcess(directory, { now });

    await kept.query('cloudformation', 'UpdateStack', template(3));

    await stackStatus(kept, 'st', 'UPDATE_COMPLETE');
    const { StreamNames } = await kept.kinesis('ListStreams', {});
    expect(StreamNames).toHaveLength(1);
    const { StreamDescriptionSummary } = await kept.kinesis('DescribeStreamSummary', {
      StreamName: StreamNames[0],
    });
    expect(StreamDescriptionSummary).toMatchObject({ StreamStatus: 'ACTIVE', OpenShardCount: 3 });
    kept.kill();
  });

  test('what an update that was interrupted has left is not rolled back by guessing', async () => {
    const directory = await interrupted('UpdateStack', 'UPDATE_IN_PROGRESS');
    const kept = new KeptInProcess(directory, { now });

    const rollback = kept.query('cloudformation', 'RollbackStack', { StackName: 'st' });

    await expect(rollback).rejects.toThrow('Update the stack again, or delete it.');
    kept.kill();
  });

  test('an interrupted update is done by the next one', async () => {
    const directory = await interrupted('UpdateStack', 'UPDATE_IN_PROGRESS');
    const kept = new KeptInProcess(directory, { now, updateMs: 0 });

    await kept.query('cloudformation', 'UpdateStack', template(2));

    await stackStatus(kept, 'st', 'UPDATE_COMPLETE');
    kept.kill();
  });
});
