import { checkTags as checkTagList, type TagRules } from '../../core/tags';
import { badRequest } from '../errors';
import type { Members } from '../members';
import type { TextMap } from '../model';
import { QUOTAS } from '../quotas';

/** @throws AwsError BadRequestException; see {@link checkTags} */
export function readTagMap(input: Members, present?: TextMap): TextMap | undefined {
  const tags = input.textMap('tags');
  return tags && checkTags(tags, present);
}

const CHARACTERS = 'letters, digits, spaces and _.:/=+-@';

/**
 * The text for AWS's own tags is from a report (https://github.com/serverless/serverless/issues/9223);
 * those for the documented limits are ours.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-restrictions.html
 */
const RULES: TagRules = {
  refusals: {
    reserved: () =>
      badRequest("Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)"),
    key: () =>
      badRequest(
        `Invalid tag key. Tag keys have 1 to ${QUOTAS.tagKeyCharacters} characters: ${CHARACTERS}`,
      ),
    value: () =>
      badRequest(
        `Invalid tag value. Tag values have at most ${QUOTAS.tagValueCharacters} characters: ${CHARACTERS}`,
      ),
    count: () => badRequest(`A resource has at most ${QUOTAS.tagsOfResource} tags`),
  },
};

/**
 * @param present the resource's tags so far
 * @throws AwsError BadRequestException
 */
export function checkTags(tags: TextMap, present: TextMap = {}): TextMap {
  const given = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  checkTagList(given, { ...RULES, present: new Map(Object.entries(present)) });
  return tags;
}
