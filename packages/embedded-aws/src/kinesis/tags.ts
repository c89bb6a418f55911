import type { Caller } from '../core/caller';
import { RESERVED_TAG } from '../core/tags';
import { invalidArgument } from './errors';
import { QUOTAS } from './quotas';

const FOREIGN_CHARACTER = /[^\u00C0-\u1FFF\u2C00-\uD7FF\w./\-=+_ @%:]/;

/** @throws AwsError InvalidArgumentException for characters that are not allowed in tags */
export function checkTagText(
  texts: readonly string[],
  attempt: string,
  what: string,
  caller: Caller,
): void {
  if (texts.some((text) => FOREIGN_CHARACTER.test(text))) {
    throw invalidArgument(
      'Some tags contain invalid characters. Valid characters: ' +
        'Unicode letters, digits, white space, _ . / = + - % @.',
    );
  }
  if (texts.some((text) => text.includes('%'))) {
    throw invalidArgument(
      `Failed to ${attempt} ${what} under account ${caller.accountId} because some tags contained ` +
        'illegal characters. The allowed characters are ' +
        "Unicode letters, white-spaces, '_',',','/','=','+','-','@'.",
    );
  }
}

/**
 * @throws AwsError InvalidArgumentException if the tags are invalid or exceed the limit of 50. The
 *   prefix `aws:` is reserved: https://docs.aws.amazon.com/streams/latest/dev/tagging.html
 */
export function checkTags(
  added: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string>,
  what: string,
  caller: Caller,
): void {
  checkTagText([...added.keys(), ...added.values()], 'add tags to', what, caller);
  if ([...added.keys()].some((key) => /^aws:/i.test(key))) throw invalidArgument(RESERVED_TAG);
  const names = new Set([...added.keys(), ...present.keys()]);
  if (names.size > QUOTAS.tags) {
    throw invalidArgument(
      `Failed to add tags to ${what} under account ${caller.accountId} because a given stream ` +
        `cannot have more than ${QUOTAS.tags} tags associated with it.`,
    );
  }
}

/** Tags as the service lists them: sorted by key. */
export function listTags(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));
}
