import type { Bucket, ObjectHeaders, ObjectVersion } from './bucket';
import { checksumHeader } from './checksums';
import { notImplementedHere, s3Error } from './errors';
import { QUOTAS } from './quotas';
import type { S3Request } from './request';

/** System metadata that is stored as sent. */
const KEPT = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

const USER = 'x-amz-meta-';
const MAX_USER_METADATA = QUOTAS.metadataBytes;

/** Unsupported headers that would affect the stored object. */
const REFUSED = [
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-context',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
] as const;

const ENCRYPTIONS = ['AES256', 'aws:kms'];

/** A request's headers to store. @throws AwsError NotImplemented, MetadataTooLarge */
export function storedHeaders({ headers }: S3Request, bucket: Bucket): ObjectHeaders {
  refuse(headers);
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of KEPT) if (headers[name]) kept[name] = headers[name];
  const user = Object.entries(headers).filter(([name]) => name.startsWith(USER));
  const size = user.reduce(
    (total, [name, value]) => total + name.length - USER.length + Buffer.byteLength(value),
    0,
  );
  if (size > MAX_USER_METADATA) throw s3Error('MetadataTooLarge');
  const encryption = headers['x-amz-server-side-encryption'] ?? bucket.encryption;
  if (!ENCRYPTIONS.includes(encryption)) throw notImplementedHere(`the encryption ${encryption}`);
  return { ...kept, ...Object.fromEntries(user), 'x-amz-server-side-encryption': encryption };
}

function refuse(headers: S3Request['headers']): void {
  const refused = REFUSED.find((name) => headers[name] !== undefined);
  if (refused !== undefined) throw notImplementedHere(`the header ${refused}`);
  const storageClass = headers['x-amz-storage-class'] ?? 'STANDARD';
  if (storageClass !== 'STANDARD') throw notImplementedHere(`the storage class ${storageClass}`);
  const acl = headers['x-amz-acl'];
  const hasGrants = Object.keys(headers).some((name) => name.startsWith('x-amz-grant-'));
  // ACLs are disabled by default since 2023; S3 still accepts this one.
  if (hasGrants || (acl !== undefined && acl !== 'bucket-owner-full-control')) {
    throw s3Error('AccessControlListNotSupported');
  }
}

/** The answer's headers that describe the stored object. */
export function receiptHeaders(version: ObjectVersion): Record<string, string> {
  const { checksum, headers } = version;
  return {
    etag: `"${version.etag}"`,
    'x-amz-server-side-encryption': headers['x-amz-server-side-encryption'] ?? 'AES256',
    ...versionHeader(version),
    ...(checksum && {
      [checksumHeader(checksum.algorithm)]: checksum.value,
      'x-amz-checksum-type': checksum.type,
    }),
  };
}

/** Absent if the bucket never had versioning. */
export function versionHeader({ versionId }: ObjectVersion): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}
