import {
  CreateFunctionCommand,
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { Properties } from '../../src/core/resource-handler';
import { createIam } from '../../src/iam';
import { inProcess } from '../../src/in-process';
import { createLambda, lambdaResourceHandlers, policyAllowsInvoke } from '../../src/lambda';
import { createS3 } from '../../src/s3';
import { testCaller } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';
import { send } from '../support/send';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const ZIP = Buffer.from('PK\u0003\u0004 a zip');

async function setUp() {
  const iam = createIam();
  const s3 = createS3();
  const lambda = createLambda();
  const role = iam
    .account(testCaller)
    .createRole({ name: 'fn', trustPolicy: trust('lambda.amazonaws.com') });
  iam
    .account(testCaller)
    .createRole({ name: 'api', trustPolicy: trust('apigateway.amazonaws.com') });
  await send(s3, { method: 'PUT', path: '/code' });
  await send(s3, { method: 'PUT', path: '/code/fn.zip', body: ZIP });
  await send(s3, { method: 'PUT', path: '/code/fn.txt', body: 'text' });
  const handlers = lambdaResourceHandlers(lambda, { iam, s3 });
  const properties: Properties = {
    FunctionName: 'hello',
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: role.arn,
    Code: { S3Bucket: 'code', S3Key: 'fn.zip' },
    Environment: { Variables: { A: '1' } },
  };
  return {
    lambda,
    s3,
    properties,
    client: new LambdaClient(inProcess(lambda)),
    fn: handlerFor(handlers, 'AWS::Lambda::Function'),
    eventInvokeConfig: handlerFor(handlers, 'AWS::Lambda::EventInvokeConfig'),
    permission: handlerFor(handlers, 'AWS::Lambda::Permission'),
    version: handlerFor(handlers, 'AWS::Lambda::Version'),
  };
}

const context = resourceContext();

describe('AWS::Lambda::EventInvokeConfig', () => {
  const config = { FunctionName: 'hello', Qualifier: '$LATEST', DestinationConfig: {} };

  test('is kept with its function, read, changed and deleted', async () => {
    const { client, fn, eventInvokeConfig, properties } = await setUp();
    const read = () =>
      client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'hello' }));
    await fn.create(context, properties);

    const given = { ...config, MaximumRetryAttempts: 0 };
    const { physicalId } = await eventInvokeConfig.create(context, given);
    const first = await read();
    const changed = { ...config, MaximumEventAgeInSeconds: 60 };
    await eventInvokeConfig.update(context, physicalId, changed, given);
    const second = await read();
    await eventInvokeConfig.delete(context, physicalId, changed);

    expect(physicalId).toBe('hello|$LATEST');
    expect(first).toMatchObject({ MaximumRetryAttempts: 0 });
    expect(first.FunctionArn).toMatch(/:function:hello:\$LATEST$/);
    expect(first.LastModified).toBeInstanceOf(Date);
    expect(second.MaximumRetryAttempts).toBeUndefined();
    expect(second.MaximumEventAgeInSeconds).toBe(60);
    await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test.each<[Properties, string]>([
    [{}, 'at least one of error handling or destination setting'],
    [{ MaximumRetryAttempts: 3 }, 'Member must have value less than or equal to 2'],
    [{ MaximumEventAgeInSeconds: 59 }, 'Member must have value greater than or equal to 60'],
    [{ DestinationConfig: { OnFailure: { Destination: 'arn:x' } } }, 'DestinationConfig OnFailure'],
    [{ MaximumRetryAttempts: 0, FunctionName: 'nobody' }, 'Function not found'],
  ])('%j is refused', async (changes, message) => {
    const { fn, eventInvokeConfig, properties } = await setUp();
    await fn.create(context, properties);

    expect(() => eventInvokeConfig.create(context, { ...config, ...changes })).toThrow(message);
  });

  test('a second one of the same function is refused', async () => {
    const { fn, eventInvokeConfig, properties } = await setUp();
    await fn.create(context, properties);
    const given = { ...config, MaximumRetryAttempts: 0 };
    await eventInvokeConfig.create(context, given);

    expect(() => eventInvokeConfig.create(context, given)).toThrow('already has an');
  });
});

describe('AWS::Lambda::Function', () => {
  test('is kept, and read with its configuration', async () => {
    const { client, fn, properties } = await setUp();

    const state = await fn.create(context, properties);
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'hello' }));

    expect(state).toMatchObject({
      physicalId: 'hello',
      attributes: {
        Arn: 'arn:aws:lambda:us-east-1:000000000000:function:hello',
        'SnapStartResponse.ApplyOn': 'None',
      },
    });
    expect(Configuration).toMatchObject({
      FunctionName: 'hello',
      Handler: 'index.handler',
      MemorySize: 128,
      Timeout: 3,
      Environment: { Variables: { A: '1' } },
      CodeSize: ZIP.length,
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
    });
  });

  test.each([
    'hello',
    'arn:aws:lambda:us-east-1:000000000000:function:hello',
    '000000000000:function:hello',
  ])('is found as %s', async (FunctionName) => {
    const { client, fn, properties } = await setUp();
    await fn.create(context, properties);

    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));

    expect(Configuration?.FunctionName).toBe('hello');
  });

  test('is changed in place, and deleted', async () => {
    const { client, fn, properties } = await setUp();
    await fn.create(context, properties);

    await fn.update(context, 'hello', { ...properties, MemorySize: 512 }, properties);
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'hello' }));
    await fn.delete(context, 'hello', properties);

    expect(Configuration?.MemorySize).toBe(512);
    await expect(
      client.send(new GetFunctionCommand({ FunctionName: 'hello' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:hello',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test.each<[Properties, string]>([
    [{ VpcConfig: {} }, 'VpcConfig of AWS::Lambda::Function'],
    [{ Layers: [] }, 'Layers of AWS::Lambda::Function'],
    [{ PackageType: 'Image' }, 'PackageType Image'],
    [{ Code: { ImageUri: 'x' } }, 'ImageUri'],
    [{ Code: { S3Bucket: 'code', S3Key: 'no' } }, 'S3 Error Code: NoSuchKey'],
    [{ Code: { S3Bucket: 'no', S3Key: 'no' } }, 'The specified bucket does not exist'],
    [{ Code: { S3Bucket: 'code', S3Key: 'fn.txt' } }, 'Could not unzip uploaded file'],
    [{ Role: 'arn:aws:iam::000000000000:role/api' }, 'cannot be assumed by Lambda'],
    [{ Role: 'arn:aws:iam::000000000000:role/no' }, 'cannot be assumed by Lambda'],
    [{ Handler: undefined }, 'Runtime and Handler are mandatory'],
    [{ FunctionName: 'a b' }, "at 'functionName'"],
  ])('%j is refused', async (changes, message) => {
    const { lambda, fn, properties } = await setUp();

    expect(() => fn.create(context, { ...properties, ...changes })).toThrow(message);
    expect(lambda.store(testCaller).functions.size).toBe(0);
  });

  test('does not run without a runtime: invoking and making one are refused by name', async () => {
    const { client, fn, properties } = await setUp();
    await fn.create(context, properties);

    await expect(client.send(new InvokeCommand({ FunctionName: 'hello' }))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('/2015-03-31/functions/hello/invocations'),
    });
    await expect(
      client.send(new CreateFunctionCommand({ FunctionName: 'x', Role: 'x', Code: {} })),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

test('a version has permissions of its own, and anybody may be allowed', async () => {
  const { client, fn, permission, properties, lambda } = await setUp();
  await fn.create(context, properties);
  const given = { FunctionName: 'hello:1', Action: 'lambda:InvokeFunction', Principal: '*' };

  await permission.create(context, given);

  const input = { FunctionName: 'hello' };
  const read = new GetPolicyCommand({ ...input, Qualifier: '1' });
  const { Policy } = await client.send(read);
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:hello';
  expect(JSON.parse(Policy ?? '').Statement).toMatchObject([
    { Principal: '*', Resource: `${arn}:1` },
  ]);
  await expect(client.send(new GetPolicyCommand(input))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const allows = (functionArn: string) =>
    policyAllowsInvoke(lambda, {
      functionArn,
      requester: { kind: 'service', name: 'apigateway.amazonaws.com' },
      values: { 'aws:SourceAccount': '000000000000' },
    });
  expect([`${arn}:1`, `${arn}:2`, arn, `${arn}:$LATEST`, 'hello'].map(allows)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('AWS::Lambda::Permission is a statement of the function’s policy', async () => {
  const { client, fn, permission, properties } = await setUp();
  await fn.create(context, properties);
  const given = {
    FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:hello',
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: 'arn:aws:execute-api:us-east-1:000000000000:abc/*',
  };

  const { physicalId } = await permission.create(context, given);
  const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: 'hello' }));
  await permission.delete(context, physicalId, given);

  expect(JSON.parse(Policy ?? '').Statement).toEqual([
    {
      Sid: physicalId,
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:hello',
      Condition: { ArnLike: { 'AWS:SourceArn': given.SourceArn } },
    },
  ]);
  await expect(client.send(new GetPolicyCommand({ FunctionName: 'hello' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

describe('AWS::Lambda::Version', () => {
  test('keeps what the function was', async () => {
    const { client, fn, version, properties } = await setUp();
    await fn.create(context, properties);

    const first = await version.create(context, { FunctionName: 'hello', Description: 'one' });
    await fn.update(context, 'hello', { ...properties, MemorySize: 512 }, properties);
    const second = await version.create(context, { FunctionName: 'hello' });
    const { Versions } = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName: 'hello' }),
    );

    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:hello';
    expect(first.physicalId).toBe(`${arn}:1`);
    expect(second.attributes).toMatchObject({ Version: '2' });
    expect(Versions?.map((item) => [item.Version, item.MemorySize])).toEqual([
      ['$LATEST', 512],
      ['1', 128],
      ['2', 512],
    ]);
  });

  test('of a function that has not changed, or of other code, is refused', async () => {
    const { fn, version, properties } = await setUp();
    await fn.create(context, properties);
    await version.create(context, { FunctionName: 'hello' });

    expect(() => version.create(context, { FunctionName: 'hello' })).toThrow(
      'A version for this Lambda function exists ( 1 ).',
    );
    expect(() => version.create(context, { FunctionName: 'hello', CodeSha256: 'x' })).toThrow(
      'CodeSHA256 (x) is different from current CodeSHA256 in $LATEST',
    );
  });
});
