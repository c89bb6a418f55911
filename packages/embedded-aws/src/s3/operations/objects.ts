import type { HttpResponse } from '../../core/http';
import { type Bucket, md5, type ObjectVersion } from '../bucket';
import { algorithmNamed, type Checksum, computeChecksum, statedChecksums } from '../checksums';
import { notImplementedHere, s3Error } from '../errors';
import { receiptHeaders, storedHeaders, versionHeader } from '../object-headers';
import { emptyAnswer, type Operation, type OperationContext } from '../operation';
import { checkRead, checkWrite } from '../preconditions';
import { type ByteRange, readRange } from '../range';
import type { S3Request } from '../request';

const versioned =
  (action: string) =>
  ({ query }: S3Request) =>
    query.has('versionId') ? `s3:${action}Version` : `s3:${action}`;

export const objectOperations: Readonly<Record<string, Operation>> = {
  GetObject: {
    method: 'GET',
    permission: versioned('GetObject'),
    run: (context) => read(context, true),
  },
  HeadObject: {
    method: 'HEAD',
    permission: versioned('GetObject'),
    run: (context) => read(context, false),
  },
  PutObject: {
    method: 'PUT',
    permission: 's3:PutObject',
    run(context) {
      const { request, key } = context;
      const bucket = context.bucket();
      checkWrite(request, bucket.current(key));
      const version = bucket.put(key, {
        body: request.body,
        etag: md5(request.body),
        headers: storedHeaders(request, bucket),
        checksum: requestChecksum(request),
      });
      return emptyAnswer(200, receiptHeaders(version));
    },
  },
  DeleteObject: {
    method: 'DELETE',
    permission: versioned('DeleteObject'),
    run(context) {
      const versionId = context.request.query.get('versionId');
      const bucket = context.bucket();
      if (context.request.headers['if-match'] !== undefined) {
        throw notImplementedHere('the header if-match of DeleteObject');
      }
      return emptyAnswer(204, deletionHeaders(deleteObject(bucket, context.key, versionId)));
    },
  },
};

/** Deletes an object or one version of it; succeeds if it does not exist. */
export function deleteObject(
  bucket: Bucket,
  key: string,
  versionId: string | null | undefined,
): ObjectVersion | undefined {
  if (versionId == null) return bucket.delete(key);
  bucket.checkVersionId(versionId);
  return bucket.deleteVersion(key, versionId);
}

function deletionHeaders(deleted: ObjectVersion | undefined): Record<string, string> {
  if (deleted === undefined) return {};
  return {
    ...versionHeader(deleted),
    ...(deleted.isDeleteMarker && { 'x-amz-delete-marker': 'true' }),
  };
}

/** The checksum that the request has or names; by default S3's CRC64NVME. */
function requestChecksum({ headers, body }: S3Request): Checksum {
  const [stated] = statedChecksums(headers);
  const algorithm =
    stated?.algorithm ??
    algorithmNamed(
      headers['x-amz-sdk-checksum-algorithm'] ?? headers['x-amz-checksum-algorithm'] ?? 'CRC64NVME',
    );
  return { algorithm, value: computeChecksum(algorithm, body), type: 'FULL_OBJECT' };
}

/**
 * The object or version that a request names.
 * @throws AwsError NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
 */
function findObject(context: OperationContext, bucket: Bucket): ObjectVersion {
  const { request, key } = context;
  const versionId = request.query.get('versionId');
  if (versionId === null) {
    const current = bucket.current(key);
    if (current !== undefined) return current;
    // A caller without permission to list the bucket must not learn whether a key exists.
    context.authorize('s3:ListBucket', bucket.arn);
    throw s3Error('NoSuchKey', '', { Key: key });
  }
  const version = bucket.version(key, versionId);
  if (version.isDeleteMarker) {
    const details = { Method: request.method, ResourceType: 'DeleteMarker' };
    throw s3Error('MethodNotAllowed', '', details);
  }
  return version;
}

function read(context: OperationContext, withBody: boolean): HttpResponse {
  const { request } = context;
  if (request.query.has('partNumber'))
    throw notImplementedHere('the parameter partNumber of GetObject');
  const version = findObject(context, context.bucket());
  const described = {
    ...version.headers,
    ...overrides(request.query),
    ...receiptHeaders({ ...version, checksum: wantedChecksum(request, version) }),
    'last-modified': version.lastModified.toUTCString(),
    'accept-ranges': 'bytes',
  };
  if (checkRead(request, version) === 'notModified') {
    return { status: 304, headers: described, body: '' };
  }
  const range = readRange(request.headers.range, version.body.length);
  return answer(version, described, range, withBody);
}

function answer(
  { body }: ObjectVersion,
  headers: Readonly<Record<string, string>>,
  range: ByteRange | undefined,
  withBody: boolean,
): HttpResponse {
  const bytes = range === undefined ? body : body.subarray(range.start, range.end + 1);
  const length = { 'content-length': String(bytes.length) };
  const content = withBody ? bytes : '';
  if (range === undefined)
    return { status: 200, headers: { ...headers, ...length }, body: content };
  // The checksum is of the whole object, so it does not apply to a range.
  const partial = Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
  return {
    status: 206,
    headers: {
      ...Object.fromEntries(partial),
      ...length,
      'content-range': `bytes ${range.start}-${range.end}/${body.length}`,
    },
    body: content,
  };
}

function wantedChecksum({ headers }: S3Request, { checksum }: ObjectVersion): Checksum | undefined {
  return headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' ? checksum : undefined;
}

/** Parameters of a read that override the answer's headers. */
const OVERRIDES = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

function overrides(query: URLSearchParams): Record<string, string> {
  const set = OVERRIDES.map((name) => [name, query.get(`response-${name}`)] as const);
  return Object.fromEntries(
    set.filter((entry): entry is [(typeof entry)[0], string] => entry[1] !== null),
  );
}
