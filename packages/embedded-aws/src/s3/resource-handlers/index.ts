import type { ResourceHandler } from '../../core/resource-handler';
import type { S3 } from '../s3';
import { bucketHandler } from './bucket';
import { bucketPolicyHandler } from './bucket-policy';

/** S3's CloudFormation resource types. */
export function s3ResourceHandlers(s3: S3): ResourceHandler[] {
  return [bucketHandler(s3), bucketPolicyHandler(s3)];
}
