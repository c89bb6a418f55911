import { partitionOf } from '../../core/caller';
import { generatedName } from '../../core/generated-name';
import { type About, changes, type HandlerNeeds, has, type Need } from '../../core/handler-needs';
import { textProperty } from '../../core/properties';

function on(property: 'Bucket' | 'BucketName', about: About): (action: string) => Need {
  const { context, properties, physicalId } = about;
  const generated = () => generatedName(context, 63).toLowerCase();
  const name = physicalId || textProperty(properties, property) || generated();
  const resource = `arn:${partitionOf(context.caller.region)}:s3:::${name}`;
  return (action) => ({ action: `s3:${action}`, resource });
}

/** The action for each property of a bucket. */
const SETTINGS = {
  BucketEncryption: 'PutEncryptionConfiguration',
  OwnershipControls: 'PutBucketOwnershipControls',
  PublicAccessBlockConfiguration: 'PutBucketPublicAccessBlock',
  Tags: 'PutBucketTagging',
  VersioningConfiguration: 'PutBucketVersioning',
} as const;

const settings = (about: About, isDone: (name: string) => boolean): readonly Need[] =>
  Object.entries(SETTINGS)
    .filter(([name]) => isDone(name))
    .map(([, action]) => on('BucketName', about)(action));

export const s3Needs: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::S3::Bucket': {
    create: (about) => [
      on('BucketName', about)('CreateBucket'),
      ...settings(about, (name) => has(about.properties, name)),
    ],
    // The many that the registry's handler reads are for drift detection; without them it goes on.
    read: () => [],
    update: (about) => settings(about, (name) => changes(about, name)),
    delete: (about) => [on('BucketName', about)('DeleteBucket')],
  },
  'AWS::S3::BucketPolicy': {
    create: (about) => [on('Bucket', about)('PutBucketPolicy')],
    read: (about) => [on('Bucket', about)('GetBucketPolicy')],
    update: (about) => [on('Bucket', about)('PutBucketPolicy')],
    delete: (about) => [
      on('Bucket', about)('GetBucketPolicy'),
      on('Bucket', about)('DeleteBucketPolicy'),
    ],
  },
};
