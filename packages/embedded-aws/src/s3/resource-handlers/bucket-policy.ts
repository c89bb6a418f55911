import { partitionOf } from '../../core/caller';
import { textProperty } from '../../core/properties';
import type { ResourceHandler } from '../../core/resource-handler';
import { setBucketPolicy } from '../bucket-policy';
import { s3Error } from '../errors';
import type { Buckets } from '../store';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export function bucketPolicyHandler(s3: Buckets): ResourceHandler {
  const put: ResourceHandler['update'] = ({ caller }, physicalId, { PolicyDocument }) => {
    setBucketPolicy(s3.store.get(physicalId, caller), PolicyDocument, caller.arn);
    return { physicalId };
  };
  return {
    type: 'AWS::S3::BucketPolicy',
    create(context, properties) {
      const name = textProperty(properties, 'Bucket') ?? '';
      if (s3.store.get(name, context.caller).policy !== undefined) {
        throw s3Error('InvalidRequest', 'The bucket policy already exists on this bucket');
      }
      return put(context, name, properties, {});
    },
    update: put,
    delete({ caller }, physicalId) {
      const bucket = s3.store.find(physicalId, partitionOf(caller.region));
      if (bucket !== undefined) bucket.policy = undefined;
    },
  };
}
