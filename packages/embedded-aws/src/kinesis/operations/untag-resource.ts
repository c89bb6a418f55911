import { required, structure } from '../../core/shapes/shape';
import { resourceArn, tagKeys } from '../members';
import { operation } from '../operation';
import { authorizedResource } from '../resource';
import { checkTagText } from '../tags';

const input = structure({ TagKeys: required(tagKeys), ResourceARN: required(resourceArn) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UntagResource.html */
export const untagResource = operation('UntagResource', input, (request, call) => {
  const resource = authorizedResource(call, request.ResourceARN);
  checkTagText(request.TagKeys, 'remove tags from', `resource ${resource.arn}`, call.caller);
  for (const key of request.TagKeys) resource.tags.delete(key);
});
