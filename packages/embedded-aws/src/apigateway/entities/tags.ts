import { badRequest } from '../errors';
import type { Members } from '../members';
import type { TextMap } from '../model';
import { QUOTAS } from '../quotas';

/** @throws AwsError BadRequestException; see {@link checkTags} */
export function readTagMap(input: Members): TextMap | undefined {
  const tags = input.textMap('tags');
  return tags && checkTags(tags);
}

/**
 * The text for AWS's own tags is from a report (https://github.com/serverless/serverless/issues/9223);
 * those for the documented limits are ours.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-restrictions.html
 * @throws AwsError BadRequestException
 */
export function checkTags(tags: TextMap): TextMap {
  const entries = Object.entries(tags);
  for (const [key, value] of entries) {
    if (/^aws:/i.test(key)) {
      throw badRequest("Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)");
    }
    if (key === '' || key.length > QUOTAS.tagKeyCharacters) {
      throw badRequest(`Invalid tag key. Tag keys have 1 to ${QUOTAS.tagKeyCharacters} characters`);
    }
    if (value.length > QUOTAS.tagValueCharacters) {
      throw badRequest(
        `Invalid tag value. Tag values have at most ${QUOTAS.tagValueCharacters} characters`,
      );
    }
  }
  if (entries.length > QUOTAS.tagsOfResource) {
    throw badRequest(`A resource has at most ${QUOTAS.tagsOfResource} tags`);
  }
  return tags;
}
