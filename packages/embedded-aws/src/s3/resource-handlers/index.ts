import { withNeeds } from '../../core/handler-needs';
import type { ResourceHandler } from '../../core/resource-handler';
import type { Buckets } from '../store';
import { bucketHandler } from './bucket';
import { bucketPolicyHandler } from './bucket-policy';
import { s3Needs } from './needs';

/** S3's CloudFormation resource types. */
export function s3ResourceHandlers(s3: Buckets): ResourceHandler[] {
  return withNeeds([bucketHandler(s3), bucketPolicyHandler(s3)], s3Needs);
}
