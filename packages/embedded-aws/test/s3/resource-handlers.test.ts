import type { Properties } from '../../src/core/resource-handler';
import { createS3, s3ResourceHandlers } from '../../src/s3';
import { testCaller } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';
import { send } from '../support/send';

const TLS_ONLY = (name: string) => ({
  Statement: [
    {
      Action: 's3:*',
      Effect: 'Deny',
      Principal: '*',
      Resource: [`arn:aws:s3:::${name}/*`, `arn:aws:s3:::${name}`],
      Condition: { Bool: { 'aws:SecureTransport': false } },
    },
  ],
});

function setUp() {
  const s3 = createS3();
  const all = s3ResourceHandlers(s3);
  return {
    s3,
    bucket: handlerFor(all, 'AWS::S3::Bucket'),
    policy: handlerFor(all, 'AWS::S3::BucketPolicy'),
    find: (name: string) => s3.store.find(name, 'aws'),
  };
}

const context = resourceContext({ logicalId: 'ServerlessDeploymentBucket' });

describe('AWS::S3::Bucket', () => {
  test('is named in lower case after its stack', async () => {
    const { bucket } = setUp();

    const { physicalId, attributes } = await bucket.create(context, {});

    expect(physicalId).toMatch(/^shop-serverlessdeploymentbucket-[0-9a-z]{12}$/);
    expect(attributes).toMatchObject({
      Arn: `arn:aws:s3:::${physicalId}`,
      DomainName: `${physicalId}.s3.amazonaws.com`,
      RegionalDomainName: `${physicalId}.s3.us-east-1.amazonaws.com`,
    });
  });

  test('has a name that fits, however long its stack is called', async () => {
    const { bucket } = setUp();

    const { physicalId } = await bucket.create(
      resourceContext({ ...context, stackName: 'S'.repeat(128) }),
      {},
    );

    expect(physicalId).toHaveLength(63);
  });

  test('takes what the Serverless CLI asks of its deployment bucket', async () => {
    const { bucket, find } = setUp();

    const { physicalId } = await bucket.create(context, {
      AccelerateConfiguration: { AccelerationStatus: 'Suspended' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
      Tags: [{ Key: 'team', Value: 'blue' }],
      VersioningConfiguration: { Status: 'Enabled' },
    });

    expect(find(physicalId)).toMatchObject({
      encryption: 'AES256',
      versioning: 'Enabled',
      publicAccessBlock: { BlockPublicAcls: false, BlockPublicPolicy: true },
      tags: new Map([['team', 'blue']]),
    });
  });

  test('stops versioning when the template no longer asks for it', async () => {
    const { bucket, find } = setUp();
    const given = { VersioningConfiguration: { Status: 'Enabled' } };
    const { physicalId } = await bucket.create(context, given);

    await bucket.update(context, physicalId, {}, given);

    expect(find(physicalId)?.versioning).toBe('Suspended');
  });

  test('with objects in it is not deleted, and empty it is', async () => {
    const { s3, bucket, find } = setUp();
    const { physicalId } = await bucket.create(context, {});
    const path = `/${physicalId}/k`;
    await send(s3, { method: 'PUT', path, body: 'x' });

    expect(() => bucket.delete(context, physicalId, {})).toThrow(
      'The bucket you tried to delete is not empty',
    );
    await send(s3, { method: 'DELETE', path });
    await bucket.delete(context, physicalId, {});
    await bucket.delete(context, physicalId, {});

    expect(find(physicalId)).toBeUndefined();
  });

  test('that exists already is not taken over', async () => {
    const { bucket } = setUp();
    await bucket.create(context, { BucketName: 'taken' });

    expect(() => bucket.create(context, { BucketName: 'taken' })).toThrow('taken already exists');
  });

  test.each<[Properties, string]>([
    [{ LifecycleConfiguration: { Rules: [] } }, 'LifecycleConfiguration of AWS::S3::Bucket'],
    [{ NotificationConfiguration: {} }, 'NotificationConfiguration of AWS::S3::Bucket'],
    [{ AccelerateConfiguration: { AccelerationStatus: 'Enabled' } }, 'AccelerateConfiguration'],
    [{ AccessControl: 'PublicRead' }, 'BucketOwnerEnforced'],
    [{ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }, 'ObjectWriter'],
    [
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' } },
          ],
        },
      },
      'KMSMasterKeyID',
    ],
  ])('%j is refused by name, and leaves nothing', (properties, message) => {
    const { s3, bucket } = setUp();

    expect(() => bucket.create(context, properties)).toThrow(message);
    expect(s3.store.ownedBy(testCaller)).toEqual([]);
  });
});

describe('AWS::S3::BucketPolicy', () => {
  test('is put into force, changed, and taken away', async () => {
    const { bucket, policy, find } = setUp();
    await bucket.create(context, { BucketName: 'mine' });
    const given = { Bucket: 'mine', PolicyDocument: TLS_ONLY('mine') };

    const { physicalId } = await policy.create(context, given);
    expect(physicalId).toBe('mine');
    expect(find('mine')?.policy?.statements).toHaveLength(1);

    await policy.delete(context, physicalId, given);
    expect(find('mine')?.policy).toBeUndefined();
  });

  test('of a bucket that is gone is not missed', async () => {
    const { policy } = setUp();

    expect(() => policy.delete(context, 'gone', {})).not.toThrow();
  });

  test('that cannot be read is refused', async () => {
    const { bucket, policy } = setUp();
    await bucket.create(context, { BucketName: 'mine' });

    expect(() => policy.create(context, { Bucket: 'mine', PolicyDocument: {} })).toThrow(
      'Syntax errors in policy.',
    );
  });
});
