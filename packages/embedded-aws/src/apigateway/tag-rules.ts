import { checkTags, type TagRules } from '../core/tags';
import { badRequest } from './errors';
import type { TextMap } from './model';

/**
 * API Gateway's refusals of tags. That of reserved keys is AWS's (serverless/serverless#9223); the
 * model has no constraints, and the other texts are not recorded.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
const RULES: TagRules = {
  refusals: {
    reserved: () =>
      badRequest("Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)"),
    key: () =>
      badRequest(
        'Invalid tag key. Tag keys must have 1 to 128 letters, digits, spaces or characters of _.:/=+-@',
      ),
    value: () =>
      badRequest(
        'Invalid tag value. Tag values must have at most 256 letters, digits, spaces or characters of _.:/=+-@',
      ),
    count: () => badRequest('A resource cannot have more than 50 tags'),
  },
};

/**
 * The tags of a request.
 * @param present the resource's tags so far
 * @throws AwsError BadRequestException
 */
export function requestedTags(tags: TextMap | undefined, present: TextMap = {}): TextMap {
  const given = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  checkTags(given, { ...RULES, present: new Map(Object.entries(present)) });
  return tags ?? {};
}
