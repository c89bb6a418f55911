import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { rootCaller } from '../../src/core/caller';
import { inProcess } from '../../src/in-process';
import { createS3 } from '../../src/s3';
import { send } from '../support/send';

const Bucket = 'deployments';
const here = rootCaller({ accountId: '000000000000', region: 'us-east-1' });
const elsewhere = rootCaller({ accountId: '000000000000', region: 'eu-west-1' });
const stranger = rootCaller({ accountId: '111111111111', region: 'us-east-1' });

function clients() {
  const s3 = createS3();
  const client = (caller = here) =>
    new S3Client({ ...inProcess(s3, caller), forcePathStyle: true });
  return { s3, client };
}

describe('buckets', () => {
  test('are made, found, listed and deleted', async () => {
    const { client } = clients();
    const own = client();

    await own.send(new CreateBucketCommand({ Bucket }));
    const head = await own.send(new HeadBucketCommand({ Bucket }));
    const { Buckets } = await own.send(new ListBucketsCommand({}));
    await own.send(new DeleteBucketCommand({ Bucket }));

    expect(head.BucketRegion).toBe('us-east-1');
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
    await expect(own.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('belong to one account, and their names to all', async () => {
    const { client } = clients();
    await client().send(new CreateBucketCommand({ Bucket }));

    const other = client(stranger);

    await expect(other.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
    await expect(other.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    expect((await other.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  });

  test('say where they are to who asks elsewhere', async () => {
    const { client } = clients();
    await client(elsewhere).send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );

    const location = await client().send(new GetBucketLocationCommand({ Bucket }));

    expect(location.LocationConstraint).toBe('eu-west-1');
    await expect(client().send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    });
  });

  test.each(['ab', 'Upper', 'under_score', '1.2.3.4', 'dots..twice', 'end-', 'x'.repeat(64)])(
    'cannot be called %s',
    async (name) => {
      const { s3 } = clients();

      const { text } = await send(s3, { method: 'PUT', path: `/${name}` });

      expect(text).toContain('<Code>InvalidBucketName</Code>');
    },
  );

  test('with objects are not deleted', async () => {
    const { client } = clients();
    await client().send(new CreateBucketCommand({ Bucket }));
    await client().send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));

    const deletion = client().send(new DeleteBucketCommand({ Bucket }));

    await expect(deletion).rejects.toMatchObject({
      name: 'BucketNotEmpty',
      message: 'The bucket you tried to delete is not empty',
    });
  });

  // L, test_bucket_versioning_crud, 15-01-2024
  test.each([
    [{}, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified'],
    [{ Status: 'enabled' }, 'MalformedXML', expect.stringContaining('published schema')],
  ])('do not take %o as their versioning', async (VersioningConfiguration, name, message) => {
    const { client } = clients();
    await client().send(new CreateBucketCommand({ Bucket }));

    const put = client().send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration } as never),
    );

    await expect(put).rejects.toMatchObject({ name, message });
  });

  test('are encrypted and unversioned when they are new', async () => {
    const { client } = clients();
    await client().send(new CreateBucketCommand({ Bucket }));

    const versioning = await client().send(new GetBucketVersioningCommand({ Bucket }));
    const encryption = await client().send(new GetBucketEncryptionCommand({ Bucket }));

    expect(versioning.Status).toBeUndefined();
    expect(
      encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault,
    ).toEqual({ SSEAlgorithm: 'AES256' });
  });

  test('a subresource that is not there is refused by its name, and touches nothing', async () => {
    const { s3, client } = clients();
    await client().send(new CreateBucketCommand({ Bucket }));

    const cors = client().send(
      new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [] } }),
    );
    const deletion = await send(s3, { method: 'DELETE', path: `/${Bucket}`, query: 'lifecycle' });

    await expect(cors).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('PUT of a bucket with ?cors'),
    });
    expect(deletion.text).toContain('DELETE of a bucket with ?lifecycle');
    await client().send(new HeadBucketCommand({ Bucket }));
  });
});

describe('bucket policies', () => {
  const policy = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

  async function withPolicy(statement: object) {
    const made = clients();
    await made.client().send(new CreateBucketCommand({ Bucket }));
    await made.client().send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await made.client().send(new PutBucketPolicyCommand({ Bucket, Policy: policy(statement) }));
    return made;
  }

  test('deny even the owner, who can take them away again', async () => {
    const { client } = await withPolicy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    });

    await expect(client().send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
    await client().send(new DeleteBucketPolicyCommand({ Bucket }));
    await client().send(new GetObjectCommand({ Bucket, Key: 'k' }));
  });

  test('let another account in', async () => {
    const { client } = await withPolicy({
      Effect: 'Allow',
      Principal: { AWS: stranger.accountId },
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    });

    const read = await client(stranger).send(new GetObjectCommand({ Bucket, Key: 'k' }));

    expect(await read.Body?.transformToString()).toBe('x');
  });

  test('that ask for TLS do not stop who comes over the loopback address', async () => {
    const { client } = await withPolicy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': false } },
    });

    const read = await client().send(new GetObjectCommand({ Bucket, Key: 'k' }));

    expect(read.ContentLength).toBe(1);
  });

  test('for anybody are blocked, as in every new bucket', async () => {
    const made = withPolicy({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    });

    await expect(made).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('BlockPublicPolicy'),
    });
  });

  test('with an unknown condition operator are malformed', async () => {
    const made = withPolicy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: `arn:aws:s3:::${Bucket}`,
      Condition: { StringAlmost: { 'aws:userid': 'x' } },
    });

    await expect(made).rejects.toMatchObject({
      name: 'MalformedPolicy',
      message: expect.stringContaining('StringAlmost'),
    });
  });
});

describe('DeleteObjects', () => {
  test('deletes many, and says which', async () => {
    const { client } = clients();
    await client().send(new CreateBucketCommand({ Bucket }));
    const keys = ['a&b', '<c>', 'ü'];
    for (const Key of keys) await client().send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

    const { Deleted } = await client().send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [...keys, 'never was'].map((Key) => ({ Key })) },
      }),
    );
    await client().send(new DeleteBucketCommand({ Bucket }));

    expect(Deleted?.map(({ Key }) => Key)).toEqual([...keys, 'never was']);
  });

  test.each([
    ['no XML', 'hello'],
    ['another document', '<Other/>'],
    ['no objects', '<Delete></Delete>'],
    ['an object without a key', '<Delete><Object/></Delete>'],
    ['tags that do not match', '<Delete><Object><Key>a</Object></Key></Delete>'],
    [
      'a document type',
      '<!DOCTYPE x [<!ENTITY a "b">]><Delete><Object><Key>&a;</Key></Object></Delete>',
    ],
    ['an entity of its own', '<Delete><Object><Key>&a;</Key></Object></Delete>'],
    ['too many objects', `<Delete>${'<Object><Key>a</Key></Object>'.repeat(1001)}</Delete>`],
    ['too deep a document', `<Delete>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</Delete>`],
  ])('refuses %s', async (_, body) => {
    const { s3, client } = clients();
    await client().send(new CreateBucketCommand({ Bucket }));
    const { createHash } = await import('node:crypto');
    const md5 = createHash('md5').update(body).digest('base64');

    const { text } = await send(s3, {
      method: 'POST',
      path: `/${Bucket}`,
      query: 'delete',
      headers: { 'content-md5': md5 },
      body,
    });

    expect(text).toContain('<Code>MalformedXML</Code>');
  });
});
