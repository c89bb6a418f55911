import type { ObjectVersion } from './bucket';
import { s3Error } from './errors';
import type { S3Request } from './request';

/** HTTP dates have whole seconds. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

function dateOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time / 1000;
}

const names = (list: string, etag: string): boolean =>
  list.split(',').some((item) => {
    const wanted = item.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
    return wanted === '*' || wanted === etag;
  });

/**
 * The conditions of a read, in the order of RFC 9110, 13.2.2.
 * @returns `notModified` for an answer of 304
 * @throws AwsError PreconditionFailed
 */
export function checkRead(
  { headers }: S3Request,
  { etag, lastModified }: ObjectVersion,
): 'modified' | 'notModified' {
  const ifMatch = headers['if-match'];
  const unmodifiedSince = dateOf(headers['if-unmodified-since']);
  if (ifMatch !== undefined) {
    if (!names(ifMatch, etag)) throw s3Error('PreconditionFailed', '', { Condition: 'If-Match' });
  } else if (unmodifiedSince !== undefined && seconds(lastModified) > unmodifiedSince) {
    throw s3Error('PreconditionFailed', '', { Condition: 'If-Unmodified-Since' });
  }
  const ifNoneMatch = headers['if-none-match'];
  const modifiedSince = dateOf(headers['if-modified-since']);
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, etag) ? 'notModified' : 'modified';
  const isOld = modifiedSince !== undefined && seconds(lastModified) <= modifiedSince;
  return isOld ? 'notModified' : 'modified';
}

/**
 * The conditions of a write: `If-None-Match: *` and `If-Match`.
 * @throws AwsError PreconditionFailed, NoSuchKey
 */
export function checkWrite(
  { headers, key = '' }: S3Request,
  current: ObjectVersion | undefined,
): void {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && current !== undefined && names(ifNoneMatch, current.etag)) {
    throw s3Error('PreconditionFailed', '', { Condition: 'If-None-Match' });
  }
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined) return;
  if (current === undefined) throw s3Error('NoSuchKey', '', { Key: key });
  if (!names(ifMatch, current.etag)) {
    throw s3Error('PreconditionFailed', '', { Condition: 'If-Match' });
  }
}
