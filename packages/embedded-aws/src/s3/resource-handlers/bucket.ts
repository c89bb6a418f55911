import { partitionOf } from '../../core/caller';
import { AwsError } from '../../core/errors';
import { generatedName } from '../../core/generated-name';
import {
  listProperty,
  objectOf,
  refuseOthers,
  tagsProperty,
  textProperty,
  unsupportedProperty,
} from '../../core/properties';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import {
  ALL_BLOCKED,
  type Bucket,
  PUBLIC_ACCESS_SETTINGS,
  type PublicAccessBlock,
} from '../bucket';
import { s3Error } from '../errors';
import type { Buckets } from '../store';

const TYPE = 'AWS::S3::Bucket';
const SUPPORTED = [
  'AccelerateConfiguration',
  'AccessControl',
  'BucketEncryption',
  'BucketName',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'Tags',
  'VersioningConfiguration',
] as const;

/** Attributes of S3 Metadata, which is not implemented. */
const METADATA_ATTRIBUTES = [
  'MetadataConfiguration.Destination',
  ...['AnnotationTable', 'InventoryTable', 'JournalTable'].flatMap((table) =>
    ['TableArn', 'TableName'].map((name) => `MetadataConfiguration.${table}Configuration.${name}`),
  ),
  'MetadataTableConfiguration.S3TablesDestination.TableArn',
  'MetadataTableConfiguration.S3TablesDestination.TableNamespace',
];

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
export function bucketHandler(s3: Buckets): ResourceHandler {
  return {
    type: TYPE,
    missingAttributes: METADATA_ATTRIBUTES,
    read({ caller }, name) {
      const bucket = s3.store.find(name, partitionOf(caller.region));
      return bucket && stateOf(bucket);
    },
    create(context, properties) {
      const configure = configuration(properties);
      const name =
        textProperty(properties, 'BucketName') ?? generatedName(context, 63).toLowerCase();
      const bucket = createBucket(s3, name, context.caller);
      configure(bucket);
      return stateOf(bucket);
    },
    update(context, physicalId, properties) {
      const configure = configuration(properties);
      const bucket = s3.store.get(physicalId, context.caller);
      configure(bucket);
      return stateOf(bucket);
    },
    delete({ caller }, physicalId) {
      const bucket = s3.store.find(physicalId, partitionOf(caller.region));
      if (bucket !== undefined) s3.store.delete(bucket);
    },
  };
}

/** Unlike S3's own API in us-east-1, CloudFormation never takes over an existing bucket. */
function createBucket(
  s3: Buckets,
  name: string,
  caller: Parameters<Buckets['store']['create']>[1],
): Bucket {
  try {
    return s3.store.create(name, caller);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'BucketAlreadyOwnedByYou') throw error;
    throw Object.assign(new AwsError('AlreadyExists', `${name} already exists`, { status: 409 }), {
      cause: error,
    });
  }
}

/** Checks the properties and converts them to a bucket's settings. */
function configuration(properties: Properties): (bucket: Bucket) => void {
  refuseOthers(TYPE, properties, SUPPORTED);
  refuseValues(properties);
  const encryption = encryptionOf(properties);
  const versioning = textProperty(objectOf(properties.VersioningConfiguration), 'Status');
  if (versioning !== undefined && versioning !== 'Enabled' && versioning !== 'Suspended') {
    throw s3Error('MalformedXML');
  }
  const publicAccessBlock = publicAccessBlockOf(properties);
  const tags = tagsProperty(properties);
  return (bucket) => {
    // Versioning cannot be turned off again: without the property it is suspended.
    bucket.versioning = versioning ?? (bucket.versioning && 'Suspended');
    bucket.encryption = encryption;
    bucket.publicAccessBlock = publicAccessBlock;
    bucket.tags = tags;
  };
}

/** Rejects values that would have a visible effect that is not implemented. */
function refuseValues(properties: Properties): void {
  const acceleration = textProperty(
    objectOf(properties.AccelerateConfiguration),
    'AccelerationStatus',
  );
  if (acceleration === 'Enabled') {
    throw unsupportedProperty(TYPE, 'AccelerateConfiguration', 'There is no accelerated endpoint.');
  }
  const acl = textProperty(properties, 'AccessControl') ?? 'Private';
  if (acl !== 'Private')
    throw s3Error(
      'InvalidRequest',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  for (const rule of listProperty(objectOf(properties.OwnershipControls), 'Rules')) {
    const ownership = textProperty(objectOf(rule), 'ObjectOwnership');
    if (ownership !== 'BucketOwnerEnforced') {
      throw unsupportedProperty(
        TYPE,
        `OwnershipControls ${ownership}`,
        "Objects belong to the bucket's owner.",
      );
    }
  }
}

function encryptionOf(properties: Properties): string {
  const rules = listProperty(
    objectOf(properties.BucketEncryption),
    'ServerSideEncryptionConfiguration',
  );
  const byDefault = objectOf(objectOf(rules[0]).ServerSideEncryptionByDefault);
  const key = textProperty(byDefault, 'KMSMasterKeyID');
  if (key !== undefined && !key.endsWith('alias/aws/s3')) {
    throw unsupportedProperty(TYPE, 'BucketEncryption.KMSMasterKeyID', 'There is no KMS.');
  }
  const algorithm = textProperty(byDefault, 'SSEAlgorithm') ?? 'AES256';
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms') {
    throw unsupportedProperty(TYPE, `BucketEncryption with ${algorithm}`);
  }
  return algorithm;
}

function publicAccessBlockOf(properties: Properties): PublicAccessBlock {
  if (properties.PublicAccessBlockConfiguration === undefined) return ALL_BLOCKED;
  const given = objectOf(properties.PublicAccessBlockConfiguration);
  const settings = PUBLIC_ACCESS_SETTINGS.map((name) => [
    name,
    textProperty(given, name) === 'true',
  ]);
  return Object.fromEntries(settings) as PublicAccessBlock;
}

function stateOf({ name, arn, region }: Bucket) {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    physicalId: name,
    attributes: {
      Arn: arn,
      DomainName: `${name}.s3.${suffix}`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.${suffix}`,
      RegionalDomainName: `${name}.s3.${region}.${suffix}`,
      WebsiteURL: `http://${name}.s3-website-${region}.${suffix}`,
    },
  };
}
