import { required, text } from '../../core/shapes/shape';
import {
  checkTags,
  RESERVED_TAG,
  TAG_CHARACTERS,
  type TagRules,
  tagAnswer,
  tagTexts,
} from '../../core/tags';
import { invalidParameter } from '../errors';
import type { FunctionStore } from '../store';

export const FUNCTIONS = '/2015-03-31/functions';

/** A name, a name with a qualifier, or the ARN of either. */
export const onFunction = { FunctionName: required(text) } as const;

/** `$LATEST` or a version of a function. */
export const onVersion = { ...onFunction, Qualifier: text } as const;

/** A function's ARN in policies, without a qualifier. */
export const functionArn = (input: { readonly FunctionName: string }, store: FunctionStore) =>
  store.arnOf(store.parse(input.FunctionName).name);

const { key, value } = tagTexts(`(${TAG_CHARACTERS})`);
/** Tags as Lambda takes them: an object of texts. */
export const tagsMember = { type: 'Map', key, value } as const;

const TAG_RULES: TagRules = { refusals: { reserved: () => invalidParameter(RESERVED_TAG) } };

/** @throws AwsError InvalidParameterValueException for keys that begin with `aws:` */
export function checkFunctionTags(tags: ReadonlyMap<string, string> = new Map()): void {
  checkTags(tagAnswer(tags), TAG_RULES);
}
