import { createAws } from '../src/aws';
import { awsRequest } from './support/aws-request';

type Request = Parameters<typeof awsRequest>[0];

const ROLE = 'arn:aws:iam::000000000000:role/gateway';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:orders';
const FORM = "'application/x-www-form-urlencoded'";

/** An embedded AWS with a role that API Gateway may assume, and a way to put methods before services. */
async function embeddedAws(permissions: readonly string[]) {
  const aws = createAws({ kinesis: { createMs: 0 } });
  const send = async (service: string, request: Request): Promise<string> => {
    const authorization = `AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/${service}/aws4_request`;
    const headers = { authorization, ...request?.headers };
    const { status, body } = await aws.handle(awsRequest({ ...request, headers }));
    if (status >= 300) throw new Error(`${service}: ${status} ${body}`);
    return body.toString();
  };
  const form = (service: string, fields: Record<string, string>) =>
    send(service, { body: new URLSearchParams(fields).toString() });
  const json = async (service: string, target: string, input: object) => {
    const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
    return JSON.parse((await send(service, { headers, body: JSON.stringify(input) })) || '{}');
  };
  const gateway = async (method: string, path: string, body: object = {}) =>
    JSON.parse(await send('apigateway', { method, path, body: JSON.stringify(body) }));

  const policy = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  await form('iam', {
    Action: 'CreateRole',
    RoleName: 'gateway',
    AssumeRolePolicyDocument: policy({
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  });
  await form('iam', {
    Action: 'PutRolePolicy',
    RoleName: 'gateway',
    PolicyName: 'p',
    PolicyDocument: policy({ Action: permissions, Resource: '*' }),
  });

  /** Deploys a method at `/{key}`. @returns a function that calls it */
  const method = async (httpMethod: string, integration: object) => {
    const { id, rootResourceId } = await gateway('POST', '/restapis', {
      name: 'a',
      binaryMediaTypes: ['image/png'],
    });
    const resources = `/restapis/${id}/resources`;
    const { id: resource } = await gateway('POST', `${resources}/${rootResourceId}`, {
      pathPart: '{key}',
    });
    const path = `${resources}/${resource}/methods/${httpMethod}`;
    await gateway('PUT', path, {
      authorizationType: 'NONE',
      requestParameters: {
        'method.request.path.key': true,
        'method.request.querystring.text': false,
        'method.request.header.Content-Type': false,
      },
    });
    const passed = { 'method.response.header.Content-Type': true };
    const mapped = {
      'method.response.header.Content-Type': 'integration.response.header.Content-Type',
    };
    for (const statusCode of ['200', '403']) {
      await gateway('PUT', `${path}/responses/${statusCode}`, { responseParameters: passed });
    }
    await gateway('PUT', `${path}/integration`, {
      type: 'AWS',
      httpMethod: 'POST',
      credentials: ROLE,
      ...integration,
    });
    for (const [statusCode, selectionPattern] of [
      ['200', undefined],
      ['403', '403'],
    ]) {
      await gateway('PUT', `${path}/integration/responses/${statusCode}`, {
        selectionPattern,
        responseParameters: mapped,
      });
    }
    await gateway('POST', `/restapis/${id}/deployments`, { stageName: 'dev' });
    return async (key: string, request: Request = {}) => {
      const headers = { host: '127.0.0.1:4566', ...request.headers };
      const answer = await aws.handle(
        awsRequest({
          ...request,
          method: httpMethod,
          path: `/_aws/execute-api/${id}/dev/${key}`,
          headers,
        }),
      );
      const bytes = Buffer.from(answer.body);
      return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
    };
  };
  return { send, form, json, method };
}

describe('an integration with a service of the query protocol', () => {
  test('publishes to a topic by action, with a form', async () => {
    const { form, method } = await embeddedAws(['sns:Publish']);
    await form('sns', { Action: 'CreateTopic', Name: 'orders' });
    const publish = await method('POST', {
      uri: 'arn:aws:apigateway:us-east-1:sns:action/Publish',
      requestParameters: { 'integration.request.header.Content-Type': FORM },
      requestTemplates: {
        'application/json': `TopicArn=$util.urlEncode('${TOPIC}')&Message=$util.urlEncode($input.body)`,
      },
    });

    const { status, text } = await publish('x', { body: '{"a":1}' });

    expect({ status, text }).toMatchObject({ status: 200 });
    expect(JSON.parse(text)).toEqual({
      PublishResponse: {
        PublishResult: { MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        ResponseMetadata: { RequestId: expect.any(String) },
      },
    });
  });

  test('publishes with parameters in the query string, whatever the body is', async () => {
    const { form, method } = await embeddedAws(['sns:Publish']);
    await form('sns', { Action: 'CreateTopic', Name: 'orders' });
    const publish = await method('POST', {
      uri: 'arn:aws:apigateway:us-east-1:sns:action/Publish',
      requestParameters: {
        'integration.request.querystring.TopicArn': `'${TOPIC}'`,
        'integration.request.querystring.Message': 'method.request.querystring.text',
      },
    });

    const headers = { 'content-type': 'application/json' };
    const { status } = await publish('x', { query: 'text=hello', headers, body: '{"a":1}' });

    expect(status).toBe(200);
  });

  test('reads the identity of its role by GET', async () => {
    const { method } = await embeddedAws(['sts:GetCallerIdentity']);
    const identity = await method('GET', {
      httpMethod: 'GET',
      uri: 'arn:aws:apigateway:us-east-1:sts:action/GetCallerIdentity',
    });

    const { status, text } = await identity('x');

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: {
          Account: '000000000000',
          Arn: 'arn:aws:sts::000000000000:assumed-role/gateway/BackplaneAssumeRoleSession',
        },
      },
    });
  });

  test('may do only what its role may, and reads the refusal as JSON', async () => {
    const { form, method } = await embeddedAws(['sns:ListTopics']);
    await form('sns', { Action: 'CreateTopic', Name: 'orders' });
    const publish = await method('POST', {
      uri: `arn:aws:apigateway:us-east-1:sns:action/Publish&TopicArn=${TOPIC}&Message=x`,
    });

    const { status, text } = await publish('x');

    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      Error: { Type: 'Sender', Code: 'AuthorizationError', Message: expect.any(String) },
    });
  });
});

describe('an integration with a service of the JSON protocol', () => {
  test('writes log events by action', async () => {
    const { json, method } = await embeddedAws(['logs:PutLogEvents']);
    const stream = { logGroupName: 'orders', logStreamName: 'api' };
    await json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: 'orders' });
    await json('logs', 'Logs_20140328.CreateLogStream', stream);
    const log = await method('POST', {
      uri: 'arn:aws:apigateway:us-east-1:logs:action/PutLogEvents',
      requestTemplates: {
        'application/json':
          '{"logGroupName":"orders","logStreamName":"api","logEvents":[{"timestamp":$context.requestTimeEpoch,"message":"$input.params(\'key\')"}]}',
      },
    });

    expect((await log('hello', { body: '{}' })).status).toBe(200);

    expect(await json('logs', 'Logs_20140328.GetLogEvents', stream)).toMatchObject({
      events: [{ message: 'hello' }],
    });
  });

  test.each([
    ['an action', 'action/PutRecord', {}],
    [
      'a path',
      'path//',
      {
        'integration.request.header.X-Amz-Target': "'Kinesis_20131202.PutRecord'",
        'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
      },
    ],
  ])('puts a record by %s', async (_, target, requestParameters) => {
    const { json, method } = await embeddedAws(['kinesis:PutRecord']);
    await json('kinesis', 'Kinesis_20131202.CreateStream', { StreamName: 's', ShardCount: 1 });
    const put = await method('POST', {
      uri: `arn:aws:apigateway:us-east-1:kinesis:${target}`,
      requestParameters,
      requestTemplates: {
        'application/json':
          '{"StreamName":"s","PartitionKey":"k","Data":"$util.base64Encode($input.body)"}',
      },
    });

    const { status, text } = await put('x', { body: '{"a":1}' });

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ ShardId: 'shardId-000000000000' });
  });
});

describe('an integration with S3', () => {
  const PERMISSIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket'];
  const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]);

  test.each([
    ['path/files/{object}', 'path/files/{object}'],
    ['action/PutObject&Bucket=files&Key={object}', 'action/GetObject&Bucket=files&Key={object}'],
    ['action/PutObject?Bucket=files&Key={object}', 'action/GetObject?Bucket=files&Key={object}'],
  ])('puts an object by %s and gets it by %s', async (putTarget, getTarget) => {
    const { send, method } = await embeddedAws(PERMISSIONS);
    await send('s3', { method: 'PUT', path: '/files' });
    const requestParameters = {
      'integration.request.path.object': 'method.request.path.key',
      'integration.request.header.Content-Type': 'method.request.header.Content-Type',
      'integration.request.header.Accept': "'*/*'",
    };
    const uri = (target: string) => `arn:aws:apigateway:us-east-1:s3:${target}`;
    const put = await method('PUT', {
      httpMethod: 'PUT',
      uri: uri(putTarget),
      requestParameters,
    });
    const get = await method('GET', {
      httpMethod: 'GET',
      uri: uri(getTarget),
      requestParameters,
    });
    const headers = { 'content-type': 'image/png', accept: 'image/png' };

    expect(await put('a.png', { headers, body: BYTES })).toMatchObject({ status: 200 });

    const stored = await get('a.png', { headers });
    expect({ status: stored.status, bytes: stored.bytes }).toEqual({ status: 200, bytes: BYTES });
    expect(stored.headers['Content-Type']).toBe('image/png');
  });

  test('takes the bucket before the service’s name, and a query string', async () => {
    const { send, method } = await embeddedAws(PERMISSIONS);
    await send('s3', { method: 'PUT', path: '/files' });
    await send('s3', { method: 'PUT', path: '/files/a/1', body: 'x' });
    await send('s3', { method: 'PUT', path: '/files/b/1', body: 'x' });
    const list = await method('GET', {
      httpMethod: 'GET',
      uri: 'arn:aws:apigateway:us-east-1:files.s3:path/?list-type=2&prefix={prefix}',
      requestParameters: { 'integration.request.path.prefix': 'method.request.path.key' },
    });

    const { text } = await list('a');

    expect(text).toContain('<Key>a/1</Key>');
    expect(text).not.toContain('<Key>b/1</Key>');
  });
});

test.each([
  [
    'dynamodb',
    "does not support integrations with the service 'dynamodb'; it supports cloudformation",
  ],
  ['apigateway', 'AWS Service of type apigateway not supported'],
  ['execute-api', 'AWS Service of type execute-api not supported'],
  ['orders.sns', "does not support integrations with a subdomain of a service ('orders.sns')"],
])('an integration with %s is refused when it is made', async (service, message) => {
  const { method } = await embeddedAws(['sns:Publish']);

  await expect(
    method('GET', { uri: `arn:aws:apigateway:us-east-1:${service}:action/Query` }),
  ).rejects.toThrow(message);
});
