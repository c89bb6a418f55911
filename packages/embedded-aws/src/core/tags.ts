import type { AwsError } from './errors';
import { list, required, type StringShape, structure } from './shapes/shape';

/** A tag's limits, in all services: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
const MOST_TAGS = 50;

/** The characters of tags, in the words of AWS's models. */
export const TAG_CHARACTERS = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*';
const ALLOWED = new RegExp(`^${TAG_CHARACTERS}$`, 'u');

/** A tag's key and value. @param pattern for services whose model limits the characters */
export const tagTexts = (pattern?: string) => ({
  key: { type: 'String', min: 1, max: LONGEST_KEY, ...(pattern && { pattern }) } as StringShape,
  value: { type: 'String', max: LONGEST_VALUE, ...(pattern && { pattern }) } as StringShape,
});

const texts = tagTexts();

/** `[{ Key, Value }]`, the form that most services use. */
export const tagList = list(structure({ Key: required(texts.key), Value: texts.value }));

export interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

/** Reasons for which services refuse tags. */
export type TagProblem = 'count' | 'duplicate' | 'reserved' | 'key' | 'value';

/** How a service checks tags beyond its model's constraints. */
export interface TagRules {
  /** Keys that differ in case only are the same key. */
  readonly ignoresCase?: boolean;
  /** The tags that the resource has already, for the count. */
  readonly present?: ReadonlyMap<string, string>;
  /**
   * The service's refusals. It does not check what is not here: its model's constraints do, or AWS
   * takes such tags.
   */
  readonly refusals: Readonly<Partial<Record<TagProblem, (tag: Required<Tag>) => AwsError>>>;
}

/** The text of AWS's services that have none of their own for keys that begin with `aws:`. */
export const RESERVED_TAG = 'aws: prefixed tag key names are not allowed for external use.';

/**
 * Tags of a request by key; empty if the member is absent.
 * @throws AwsError the service's refusal
 */
export function tagMap(tags: readonly Tag[] = [], rules?: TagRules): Map<string, string> {
  const map = new Map(tags.map(({ Key, Value = '' }) => [Key, Value] as const));
  if (rules !== undefined) checkTags(tags, rules);
  return map;
}

/** Tags in the form of answers. */
export function tagAnswer(tags: ReadonlyMap<string, string>): Required<Tag>[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** @throws AwsError the service's refusal of the first tag that it does not take */
export function checkTags(tags: readonly Tag[], rules: TagRules): void {
  const { refusals, ignoresCase = false, present = new Map() } = rules;
  const keys = new Set(present.keys());
  const given = new Set<string>();
  for (const { Key, Value = '' } of tags) {
    const key = ignoresCase ? Key.toLowerCase() : Key;
    const problem = problemOf(Key, Value, given.has(key), keys.add(Key).size);
    given.add(key);
    const refusal = problem && refusals[problem];
    if (refusal !== undefined) throw refusal({ Key, Value });
  }
}

function problemOf(
  key: string,
  value: string,
  isGiven: boolean,
  count: number,
): TagProblem | undefined {
  if (isGiven) return 'duplicate';
  if (key.toLowerCase().startsWith('aws:')) return 'reserved';
  if (key === '' || key.length > LONGEST_KEY || !ALLOWED.test(key)) return 'key';
  if (value.length > LONGEST_VALUE || !ALLOWED.test(value)) return 'value';
  return count > MOST_TAGS ? 'count' : undefined;
}
