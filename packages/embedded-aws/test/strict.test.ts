import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  ListRolesCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createAws } from '../src/aws';
import { inProcess } from '../src/in-process';
import type { Dispatcher } from '../src/server/dispatch';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const OWNER: Credentials = { accessKeyId: 'local', secretAccessKey: 'known-to-the-owner' };
const STRICT = { strict: true, secretAccessKey: OWNER.secretAccessKey };

/** Configuration for an SDK client that signs with these credentials. */
function sdk(aws: Dispatcher, credentials: Credentials = OWNER) {
  return {
    ...inProcess({ signingName: 'any', handle: (request) => aws.handle(request) }),
    credentials,
    forcePathStyle: true,
  };
}

type Config = ReturnType<typeof sdk>;

/** One call of each service, in the protocol that the SDK speaks to it. */
const calls: readonly [string, (config: Config) => Promise<unknown>][] = [
  ['kinesis', (config) => new KinesisClient(config).send(new ListStreamsCommand({}))],
  ['sts', (config) => new STSClient(config).send(new GetCallerIdentityCommand({}))],
  ['iam', (config) => new IAMClient(config).send(new ListRolesCommand({}))],
  [
    'cloudformation',
    (config) => new CloudFormationClient(config).send(new DescribeStacksCommand({})),
  ],
  ['monitoring', (config) => new CloudWatchClient(config).send(new DescribeAlarmsCommand({}))],
  ['apigateway', (config) => new APIGatewayClient(config).send(new GetRestApisCommand({}))],
  ['lambda', (config) => new LambdaClient(config).send(new ListFunctionsCommand({}))],
  ['s3', (config) => new S3Client(config).send(new ListBucketsCommand({}))],
];

const callOf = (service: string) => {
  const call = calls.find(([name]) => name === service)?.[1];
  if (call === undefined) throw new Error(`no call for ${service}`);
  return call;
};

describe('a strict AWS', () => {
  test.each(calls)('takes what %s is rightly asked', async (_, call) => {
    await expect(call(sdk(createAws(STRICT)))).resolves.toBeDefined();
  });

  // The client understands the error: it comes in the protocol that it speaks.
  test.each([
    ['kinesis', 'InvalidSignatureException', 400],
    ['sts', 'SignatureDoesNotMatch', 403],
    ['cloudformation', 'SignatureDoesNotMatch', 403],
    ['apigateway', 'InvalidSignatureException', 403],
    ['lambda', 'InvalidSignatureException', 403],
    ['s3', 'SignatureDoesNotMatch', 403],
  ])('refuses a wrong secret to %s with %s', async (service, name, status) => {
    const wrong = { accessKeyId: 'local', secretAccessKey: 'wrong' };
    await expect(callOf(service)(sdk(createAws(STRICT), wrong))).rejects.toMatchObject({
      name,
      message: expect.stringContaining('The request signature we calculated does not match'),
      $metadata: { httpStatusCode: status },
    });
  });

  test.each([
    ['kinesis', 'UnrecognizedClientException'],
    ['iam', 'InvalidClientTokenId'],
    ['apigateway', 'UnrecognizedClientException'],
    ['s3', 'InvalidAccessKeyId'],
  ])('refuses a key that nobody issued to %s with %s', async (service, name) => {
    const key = 'AKIAIOSFODNN7EXAMPLE';
    const config = sdk(createAws(STRICT), { accessKeyId: key, secretAccessKey: key });
    await expect(callOf(service)(config)).rejects.toMatchObject({ name });
  });

  test.each([
    [
      'x-amz-target',
      'Logs_20140328.DescribeLogGroups',
      400,
      '"MissingAuthenticationTokenException"',
    ],
    [
      'content-type',
      'application/x-www-form-urlencoded',
      403,
      '<Code>MissingAuthenticationToken</Code>',
    ],
    ['accept', 'application/json', 403, '"message":"Missing Authentication Token"'],
  ])('refuses a request without a signature (%s: %s)', async (name, value, status, text) => {
    const answer = await createAws(STRICT).handle({
      method: 'POST',
      path: '/restapis',
      query: '',
      headers: { [name]: value },
      body: Buffer.alloc(0),
      sourceIp: '127.0.0.1',
      protocol: 'HTTP/1.1',
    });
    expect(answer.status).toBe(status);
    expect(String(answer.body)).toContain(text);
  });

  test('refuses Signature Version 2 in a header', async () => {
    const answer = await createAws(STRICT).handle({
      method: 'GET',
      path: '/bucket/key',
      query: '',
      headers: { authorization: 'AWS local:c2lnbmF0dXJl' },
      body: Buffer.alloc(0),
      sourceIp: '127.0.0.1',
      protocol: 'HTTP/1.1',
    });
    expect(answer.status).toBe(400);
    expect(String(answer.body)).toContain('<Code>InvalidRequest</Code>');
  });

  // Without the secret nobody can sign, web pages included: it is not derived from the key.
  test.each([
    ['local', {}],
    ['123456789012', {}],
    ['local', { secretAccessKey: 'known-to-the-owner' }],
  ])('refuses the key %s with its own text as the secret (%j)', async (key, options) => {
    const aws = createAws({ strict: true, ...options });
    const config = sdk(aws, { accessKeyId: key, secretAccessKey: key });
    await expect(callOf('sts')(config)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  test('knows the owner of each account by the one secret', async () => {
    const config = sdk(createAws(STRICT), { ...OWNER, accessKeyId: '123456789012' });
    const { Account } = await new STSClient(config).send(new GetCallerIdentityCommand({}));
    expect(Account).toBe('123456789012');
  });

  test('takes uploads and downloads, whatever characters their key has', async () => {
    const aws = createAws(STRICT);
    const s3 = new S3Client(sdk(aws));
    await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
    const Key = 'a folder/ключ+&.txt';
    await s3.send(new PutObjectCommand({ Bucket: 'files', Key, Body: 'text' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key }));

    expect(await Body?.transformToString()).toBe('text');
  });

  test('takes the keys that IAM and STS issue, with their secret and token only', async () => {
    const aws = createAws(STRICT);
    const iam = new IAMClient(sdk(aws));
    await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    const ann = {
      accessKeyId: key?.AccessKeyId ?? '',
      secretAccessKey: key?.SecretAccessKey ?? '',
    };
    const whoami = (credentials: Credentials) =>
      new STSClient(sdk(aws, credentials)).send(new GetCallerIdentityCommand({}));

    expect((await whoami(ann)).Arn).toBe('arn:aws:iam::000000000000:user/ann');
    await expect(whoami({ ...ann, secretAccessKey: ann.accessKeyId })).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });

    const session = await assumeRole(aws, iam);
    expect((await whoami(session)).Arn).toMatch(/assumed-role\/reader\/now$/);
    const { sessionToken: _, ...tokenless } = session;
    await expect(whoami(tokenless)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });
});

describe.each([true, false])('keys that are of no use any more (strict: %s)', (strict) => {
  test('a key that is switched off is not the owner', async () => {
    const aws = createAws({ ...STRICT, strict });
    const iam = new IAMClient(sdk(aws));
    await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    const { AccessKeyId = '', SecretAccessKey = '' } = key ?? {};
    await iam.send(
      new UpdateAccessKeyCommand({ UserName: 'ann', AccessKeyId, Status: 'Inactive' }),
    );

    const config = sdk(aws, { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
    await expect(callOf('sts')(config)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(callOf('kinesis')(config)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('a session whose time is over is told so', async () => {
    const aws = createAws({ ...STRICT, strict });
    const session = await assumeRole(aws, new IAMClient(sdk(aws)));
    jest.useFakeTimers({
      now: Date.now() + 3601 * 1000,
      doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout', 'clearTimeout'],
    });
    try {
      await expect(callOf('sts')(sdk(aws, session))).rejects.toMatchObject({
        name: expect.stringMatching(/^ExpiredToken/),
        message: 'The security token included in the request is expired',
      });
    } finally {
      jest.useRealTimers();
    }
  });
});

test('otherwise any secret will do', async () => {
  const config = sdk(createAws(), { accessKeyId: '123456789012', secretAccessKey: 'whatever' });
  const { Account } = await new STSClient(config).send(new GetCallerIdentityCommand({}));
  expect(Account).toBe('123456789012');
});

async function assumeRole(aws: Dispatcher, iam: IAMClient): Promise<Credentials> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '000000000000' },
      Action: 'sts:AssumeRole',
    },
  });
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument }),
  );
  const { Credentials } = await new STSClient(sdk(aws)).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'now', DurationSeconds: 3600 }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}
