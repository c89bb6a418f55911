import type { Caller } from '../core/caller';
import type { HttpRequest } from '../core/http';
import { authorizeOnResource, withCode } from '../iam';
import type { ContextValues } from '../iam/condition-context';
import type { Bucket } from './bucket';

/** A request's values for the conditions of a bucket policy. */
export function requestValues(
  query: URLSearchParams,
  headers: HttpRequest['headers'],
): ContextValues {
  return {
    's3:authType': query.has('X-Amz-Signature') ? 'REST-QUERY-STRING' : 'REST-HEADER',
    's3:delimiter': query.get('delimiter') ?? undefined,
    's3:max-keys': query.get('max-keys') ?? undefined,
    's3:prefix': query.get('prefix') ?? undefined,
    's3:VersionId': query.get('versionId') ?? undefined,
    's3:x-amz-acl': headers['x-amz-acl'],
    's3:x-amz-content-sha256': headers['x-amz-content-sha256'],
    's3:x-amz-server-side-encryption': headers['x-amz-server-side-encryption'],
    's3:x-amz-server-side-encryption-aws-kms-key-id':
      headers['x-amz-server-side-encryption-aws-kms-key-id'],
    's3:x-amz-storage-class': headers['x-amz-storage-class'],
    'aws:UserAgent': headers['user-agent'],
  };
}

/** Checks the caller's policies and the bucket's. @throws AwsError AccessDenied, 403 */
export function authorizeOnBucket(
  caller: Caller,
  bucket: Bucket | undefined,
  action: string,
  resource: string,
  values: ContextValues,
): void {
  const guarded = bucket ?? { ownerId: caller.accountId, policy: undefined };
  try {
    authorizeOnResource(caller, guarded, action, resource, values);
  } catch (error) {
    throw withCode(error, 'AccessDenied', 403);
  }
}
