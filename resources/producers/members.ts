import { isObject, listOf, type MemberKind, text, wholeNumber } from '../streams/kinds';
import type { ProducerSettings } from './declaration';

/** Two are good while one takes the place of the other; more are kept of those that never rotate. */
const MOST_KEYS = 10;

/** Its logical ids have at most CloudFormation's 255 characters, three for each that they escape. */
export const PRODUCER_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,47}$/;

/** Keys are often named after the month in which they were made. */
const KEY_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;

/** As those of the stage, in resources/parameters.ts. */
export const LIMITS = {
  rate: wholeNumber('requests a second', 1, 999_999),
  burst: wholeNumber('requests', 1, 99_999),
} as const;

/** Every member of a declaration, and the values that it takes. */
export const MEMBERS: { readonly [Name in keyof Required<ProducerSettings>]: MemberKind } = {
  keys: listOf(
    text(
      "names of letters, digits, _ . and -, 32 at most, beginning with a letter or digit, such as '2026-06'",
      KEY_NAME,
    ),
    MOST_KEYS,
  ),
  ...LIMITS,
  quotaPerDay: wholeNumber('requests', 1, 999_999_999),
  // Each limit is checked by itself, so that a message names it.
  endpoints: { takes: isObject, inWords: 'limits by the names of streams' },
};
