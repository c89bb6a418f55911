import { required, structure } from '../../core/shapes/shape';
import { resourceArn, tags } from '../members';
import { operation } from '../operation';
import { authorizedResource } from '../resource';
import { checkTags } from '../tags';

const input = structure({ Tags: required(tags), ResourceARN: required(resourceArn) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_TagResource.html */
export const tagResource = operation('TagResource', input, (request, call) => {
  const resource = authorizedResource(call, request.ResourceARN);
  checkTags(request.Tags, resource.tags, `resource ${resource.arn}`, call.caller);
  for (const [key, value] of request.Tags) resource.tags.set(key, value);
});
