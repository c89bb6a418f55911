import { type Caller, partitionOf } from '../core/caller';
import { authorizeOnBucket } from './access';
import type { ObjectVersion } from './bucket';
import { s3Error } from './errors';
import type { Buckets } from './store';

/** The place of an object, or of one version of it. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/**
 * Reads an object for another service, with the caller's permissions.
 * @throws AwsError S3's own: AccessDenied, NoSuchBucket, NoSuchKey
 */
export function readObject(
  s3: Buckets,
  { bucket: name, key, versionId }: ObjectLocation,
  caller: Caller,
): ObjectVersion {
  const bucket = s3.store.get(name, caller);
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  const resource = `arn:${partitionOf(caller.region)}:s3:::${name}/${key}`;
  authorizeOnBucket(caller, bucket, action, resource, {});
  const object =
    versionId === undefined
      ? bucket.current(key)
      : bucket.versionsOf(key).find((version) => version.versionId === versionId);
  if (object === undefined || object.isDeleteMarker) throw s3Error('NoSuchKey', '', { Key: key });
  return object;
}
