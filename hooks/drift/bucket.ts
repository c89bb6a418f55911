import type { GetBucketEncryptionCommandOutput } from '@aws-sdk/client-s3';
import { shortPolicy } from '../stage/resource-policy';
import { compare, type Difference } from './compare';
import { declaredOf, type Look, missing, orMissing, physicalIdOf, settingsOf } from './look';
import type { Properties } from './shapes';

/** A rule of encryption by its default, which CloudFormation and S3 call differently. */
interface Default {
  readonly SSEAlgorithm?: unknown;
  readonly KMSMasterKeyID?: unknown;
}

interface DeclaredEncryption {
  readonly ServerSideEncryptionConfiguration?: readonly {
    readonly ServerSideEncryptionByDefault?: Default;
  }[];
}

/** S3 encrypts every bucket, with this algorithm by default. */
const USUAL_ALGORITHM = 'AES256';

/** The deployment bucket: that it exists, its encryption, and its policy. */
export const lookAtBuckets: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const { S3Client, GetBucketEncryptionCommand, GetBucketPolicyCommand } = await import(
    '@aws-sdk/client-s3'
  );
  // Elsewhere than on AWS no DNS knows a name with the bucket's before the host's.
  const forcePathStyle = site.target.stage === 'local';
  const client = site.patient('S3', new S3Client({ ...settingsOf(site), forcePathStyle }));
  const policies = declaredOf(site, 'AWS::S3::BucketPolicy');
  const found: Difference[] = [];
  for (const [id, properties] of declared) {
    const Bucket = physicalIdOf(site, id);
    const where = `Bucket ${id}`;
    const policy = policies.find(([, { Bucket: name }]) => name === Bucket)?.[1];
    const encryption = await encryptionOf(client.send(new GetBucketEncryptionCommand({ Bucket })));
    if (encryption === undefined) {
      found.push(missing(where));
      continue;
    }
    const live = await orMissing(client.send(new GetBucketPolicyCommand({ Bucket })));
    found.push(
      ...compare(
        where,
        {
          encryption: algorithm(declaredDefault(properties)),
          policy: shortPolicy(policy && withoutVersion(policy.PolicyDocument)),
        },
        {
          encryption: algorithm(encryption),
          policy: shortPolicy(live && withoutVersion(JSON.parse(live.Policy ?? '{}'))),
        },
      ),
    );
  }
  return found;
};

function declaredDefault({ BucketEncryption: encryption }: Properties): Default | undefined {
  const { ServerSideEncryptionConfiguration: [rule] = [] } = (encryption ??
    {}) as DeclaredEncryption;
  return rule?.ServerSideEncryptionByDefault;
}

/** @returns undefined where there is no such bucket */
async function encryptionOf(
  asked: Promise<GetBucketEncryptionCommandOutput>,
): Promise<Default | undefined> {
  try {
    const { ServerSideEncryptionConfiguration: { Rules: [rule] = [] } = {} } = await asked;
    return rule?.ApplyServerSideEncryptionByDefault ?? {};
  } catch (error) {
    const { name } = error as Error;
    if (name === 'NoSuchBucket') return undefined;
    // The bucket exists.
    if (name.startsWith('ServerSideEncryptionConfigurationNotFound')) return {};
    throw error;
  }
}

const algorithm = ({ SSEAlgorithm = USUAL_ALGORITHM, KMSMasterKeyID }: Default = {}) => ({
  algorithm: SSEAlgorithm,
  key: KMSMasterKeyID,
});

/** The framework leaves the version out, and S3 puts one in. */
function withoutVersion(policy: unknown): unknown {
  const { Version: _, Id: __, ...compared } = policy as Record<string, unknown>;
  return compared;
}
