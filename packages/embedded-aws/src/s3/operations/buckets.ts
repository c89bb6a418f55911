import { partitionOf } from '../../core/caller';
import type { Bucket } from '../bucket';
import { notImplementedHere, s3Error } from '../errors';
import { emptyAnswer, type Operation, xmlAnswer } from '../operation';
import type { S3Request } from '../request';
import { canonicalId, type S3Store } from '../store';
import { childText, parseXml } from '../xml';

const DEFAULT_REGION = 'us-east-1';

export const serviceOperations: Readonly<Record<string, Operation>> = {
  ListBuckets: {
    method: 'GET',
    permission: 's3:ListAllMyBuckets',
    run({ store, request }) {
      const { caller, query } = request;
      const prefix = query.get('prefix') ?? '';
      const region = query.get('bucket-region');
      const buckets = store
        .ownedBy(caller)
        .filter((bucket) => bucket.name.startsWith(prefix))
        .filter((bucket) => region === null || bucket.region === region);
      return xmlAnswer('ListAllMyBucketsResult', {
        Owner: { ID: canonicalId(caller.accountId) },
        Buckets: {
          Bucket: buckets.map(({ name, created, region: BucketRegion, arn }) => ({
            Name: name,
            CreationDate: created,
            BucketRegion,
            BucketArn: arn,
          })),
        },
        Prefix: prefix || undefined,
      });
    },
  },
};

export const bucketOperations: Readonly<Record<string, Operation>> = {
  CreateBucket: {
    method: 'PUT',
    permission: 's3:CreateBucket',
    run({ store, request }) {
      refuseHeaders(request);
      checkLocation(request);
      const bucket = createBucket(store, request);
      return emptyAnswer(200, { location: `/${bucket.name}`, 'x-amz-bucket-arn': bucket.arn });
    },
  },
  HeadBucket: {
    method: 'HEAD',
    permission: 's3:ListBucket',
    run: (context) =>
      emptyAnswer(200, {
        'content-type': 'application/xml',
        'x-amz-bucket-region': context.bucket().region,
        'x-amz-bucket-arn': context.bucket().arn,
        'x-amz-access-point-alias': 'false',
      }),
  },
  DeleteBucket: {
    method: 'DELETE',
    permission: 's3:DeleteBucket',
    run(context) {
      context.store.delete(context.bucket());
      return emptyAnswer(204);
    },
  },
  GetBucketLocation: {
    method: 'GET',
    subresource: 'location',
    permission: 's3:GetBucketLocation',
    run(context) {
      const { region } = context.bucket();
      return xmlAnswer('LocationConstraint', region === DEFAULT_REGION ? '' : region);
    },
  },
};

/** In us-east-1, S3 answers the owner of an existing bucket as if it had just been created. */
function createBucket(store: S3Store, { bucket: name = '', caller }: S3Request): Bucket {
  const known = store.find(name, partitionOf(caller.region));
  const isOwn = known?.ownerId === caller.accountId && known.region === caller.region;
  if (known !== undefined && isOwn && caller.region === DEFAULT_REGION) return known;
  return store.create(name, caller);
}

const REFUSED_HEADERS = ['x-amz-bucket-object-lock-enabled', 'x-amz-bucket-namespace'] as const;

function refuseHeaders({ headers }: S3Request): void {
  const refused = REFUSED_HEADERS.find((name) => headers[name] !== undefined);
  if (refused !== undefined && headers[refused] !== 'false') {
    throw notImplementedHere(`the header ${refused} of CreateBucket`);
  }
  const ownership = headers['x-amz-object-ownership'];
  if (ownership !== undefined && ownership !== 'BucketOwnerEnforced') {
    throw notImplementedHere(`the object ownership ${ownership}`);
  }
  const hasGrants = Object.keys(headers).some((name) => name.startsWith('x-amz-grant-'));
  if (hasGrants || (headers['x-amz-acl'] ?? 'private') !== 'private') {
    throw s3Error(
      'InvalidRequest',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
}

/** A bucket is created in the region that the request is signed for, and must name it. */
function checkLocation({ body, caller }: S3Request): void {
  const configuration = body.length === 0 ? undefined : parseXml(body.toString('utf8'));
  const other = configuration?.children.find(({ name }) => name !== 'LocationConstraint');
  if (other !== undefined) {
    throw notImplementedHere(`the element ${other.name} of CreateBucket`);
  }
  const location = configuration && childText(configuration, 'LocationConstraint');
  if (caller.region === DEFAULT_REGION) {
    if (location !== undefined && location !== '') throw s3Error('InvalidLocationConstraint');
  } else if (location !== caller.region) {
    throw s3Error('IllegalLocationConstraintException', location || 'unspecified');
  }
}
