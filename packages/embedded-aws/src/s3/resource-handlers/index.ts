import type { ResourceHandler } from '../../core/resource-handler';
import type { Buckets } from '../store';
import { bucketHandler } from './bucket';
import { bucketPolicyHandler } from './bucket-policy';

/** S3's CloudFormation resource types. */
export function s3ResourceHandlers(s3: Buckets): ResourceHandler[] {
  return [bucketHandler(s3), bucketPolicyHandler(s3)];
}
