import { partitionOf } from '../core/caller';
import type { AwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { reasonHeaders } from '../core/protocol/reason-headers';
import { authorizeOnBucket, requestValues } from './access';
import type { Bucket } from './bucket';
import { notImplementedHere, s3Error } from './errors';
import type { Level, Operation, OperationContext } from './operation';
import { OPERATIONS } from './operations';
import type { S3Request } from './request';
import type { S3Store } from './store';
import { errorDocument } from './xml';

const levelOf = ({ bucket, key }: S3Request): Level => {
  if (bucket === undefined) return 'service';
  return key === undefined ? 'bucket' : 'object';
};

/**
 * Query parameters that do not name a subresource. Any other parameter selects an operation. If
 * that is not implemented the request is rejected, so that deleting a bucket's policy, for example,
 * can never delete the bucket.
 */
const PLAIN_PARAMETERS = new Set([
  'AWSAccessKeyId',
  'Expires',
  'Signature',
  'bucket-region',
  'content-md5',
  'content-type',
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'key-marker',
  'marker',
  'max-buckets',
  'max-keys',
  'max-parts',
  'max-uploads',
  'part-number-marker',
  'partNumber',
  'prefix',
  'start-after',
  'version-id-marker',
  'versionId',
  'x-id',
]);
const PLAIN_PREFIX = /^(response-|x-amz-)/i;

function subresourceOf(query: URLSearchParams): string | undefined {
  return [...query.keys()].find((name) => !PLAIN_PARAMETERS.has(name) && !PLAIN_PREFIX.test(name));
}

/** Selects the operation of a request. @throws AwsError NotImplemented naming it */
function operationOf(request: S3Request): readonly [string, Operation] {
  const level = levelOf(request);
  const subresource = subresourceOf(request.query);
  const found = Object.entries(OPERATIONS[level]).find(
    ([, operation]) =>
      operation.method === request.method &&
      operation.subresource === subresource &&
      (operation.header === undefined || request.headers[operation.header] !== undefined),
  );
  if (found !== undefined) return found;
  const name = request.query.get('x-id');
  const described = `${request.method} of a ${level}${subresource ? ` with ?${subresource}` : ''}`;
  throw notImplementedHere(name ?? described);
}

/** Selects the operation of a request, checks permissions and runs it. @throws AwsError */
export async function dispatch(store: S3Store, request: S3Request): Promise<HttpResponse> {
  const [name, operation] = operationOf(request);
  const { caller } = request;
  // CreateBucket ignores bucket policies, even if another account has a bucket of that name.
  const known =
    request.bucket === undefined || name === 'CreateBucket'
      ? undefined
      : store.find(request.bucket, partitionOf(caller.region));
  const values = requestValues(request.query, request.headers);
  const context: OperationContext = {
    store,
    request,
    key: request.key ?? '',
    bucket: () => store.get(request.bucket ?? '', caller),
    authorize: (action, resource) => authorizeOnBucket(caller, known, action, resource, values),
  };
  if (known !== undefined) checkRegion(known, request, name);
  const { permission } = operation;
  const action = typeof permission === 'function' ? permission(request) : permission;
  if (action !== undefined) context.authorize(action, resourceOf(request));
  return operation.run(context);
}

function resourceOf({ bucket, key, caller }: S3Request): string {
  if (bucket === undefined) return '*';
  const arn = `arn:${partitionOf(caller.region)}:s3:::${bucket}`;
  return key === undefined ? arn : `${arn}/${key}`;
}

/** A bucket answers in its own region. @throws AwsError PermanentRedirect naming the region */
function checkRegion(bucket: Bucket, { caller }: S3Request, operation: string): void {
  if (bucket.region === caller.region || operation === 'GetBucketLocation') return;
  throw s3Error('PermanentRedirect', '', {
    Endpoint: `s3.${bucket.region}.amazonaws.com`,
    Bucket: bucket.name,
    Region: bucket.region,
  });
}

/** The two ids that S3 gives every answer. */
export const requestIds = ({ requestId }: AwsRequest) => ({
  'x-amz-request-id': requestId.replaceAll('-', '').slice(0, 16).toUpperCase(),
  'x-amz-id-2': Buffer.from(requestId).toString('base64'),
});

/** An error in S3's XML. */
export function errorAnswer(request: AwsRequest, error: AwsError): HttpResponse {
  const ids = requestIds(request);
  const region = error.details.Region;
  return {
    status: error.status,
    headers: {
      'content-type': 'application/xml',
      ...ids,
      ...(typeof region === 'string' && { 'x-amz-bucket-region': region }),
      ...reasonHeaders(request.method, error),
    },
    // Answers to HEAD have no body; clients rely on the status.
    body:
      request.method === 'HEAD'
        ? ''
        : errorDocument({
            Code: error.code,
            Message: error.message,
            ...texts(error.details),
            Resource: request.path,
            RequestId: ids['x-amz-request-id'],
            HostId: ids['x-amz-id-2'],
          }),
  };
}

function texts(details: AwsError['details']): Record<string, string> {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, String(value)]));
}
