import { AwsError } from '../core/errors';
import { type CompiledPolicy, compilePolicy } from '../iam/policy-document';
import type { Bucket } from './bucket';
import { s3Error } from './errors';

/**
 * Checks a bucket policy and applies it.
 * @param document JSON text, or the object itself
 * @throws AwsError MalformedPolicy; AccessDenied for a public policy if the bucket blocks those, as
 *   new buckets do
 */
export function setBucketPolicy(bucket: Bucket, document: unknown, callerArn: string): void {
  const policy = compile(document);
  const isPublic = policy.statements.some(({ isPublic }) => isPublic);
  if (isPublic && bucket.publicAccessBlock?.BlockPublicPolicy) {
    throw new AwsError(
      'AccessDenied',
      `User: ${callerArn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucket.arn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      { status: 403 },
    );
  }
  bucket.policy = policy;
}

function compile(document: unknown): CompiledPolicy {
  try {
    return compilePolicy(document, 'resource');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw Object.assign(s3Error('MalformedPolicy', error.message), { cause: error });
  }
}
