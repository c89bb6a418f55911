import type { Level, Operation } from '../operation';
import { bucketConfigurationOperations } from './bucket-configuration';
import { bucketOperations, serviceOperations } from './buckets';
import { copyOperations } from './copy';
import { deleteObjectsOperations } from './delete-objects';
import { listOperations } from './lists';
import { multipartBucketOperations, multipartOperations } from './multipart';
import { objectOperations } from './objects';

/** Every operation by AWS's name, grouped by level. */
export const OPERATIONS: Readonly<Record<Level, Readonly<Record<string, Operation>>>> = {
  service: serviceOperations,
  bucket: {
    ...bucketOperations,
    ...bucketConfigurationOperations,
    ...listOperations,
    ...deleteObjectsOperations,
    ...multipartBucketOperations,
  },
  // If two match a request, the first one wins.
  object: { ...copyOperations, ...multipartOperations, ...objectOperations },
};
