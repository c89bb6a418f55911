import { list, required, structure } from '../core/shapes/shape';
import { RESERVED_TAG, TAG_CHARACTERS, type TagRules, tagTexts } from '../core/tags';
import { invalidInput, limitExceeded } from './errors';

const { value } = tagTexts(TAG_CHARACTERS);
const { key } = tagTexts(TAG_CHARACTERS.replace('*', '+'));

/** Tags as IAM's requests have them (botocore, iam/2010-05-08/service-2.json). */
export const iamTags = list(structure({ Key: required(key), Value: required(value) }), { max: 50 });

const duplicate = 'Duplicate tag keys found.';

/**
 * The texts for duplicates are those that moto's tests have of AWS (test_iam.py); for reserved keys
 * IAM's own is not recorded.
 */
export const TAG_RULES = {
  refusals: {
    duplicate: () => invalidInput(duplicate),
    reserved: () => invalidInput(RESERVED_TAG),
    count: () => limitExceeded('The number of tags has reached the maximum limit.'),
  },
} as const satisfies TagRules;

/** Users and roles take no two keys that differ in case only. */
export const IDENTITY_TAG_RULES = {
  ignoresCase: true,
  refusals: {
    ...TAG_RULES.refusals,
    duplicate: () => invalidInput(`${duplicate} Please note that Tag keys are case insensitive.`),
  },
} as const satisfies TagRules;
