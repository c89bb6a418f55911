import { AwsError } from '../core/errors';

/** WAF's code for an input that breaks a constraint. */
export const VALIDATION = 'ValidationException';

/** Refusals whose texts name no resource. WAF's apostrophes are typographic. */
const REFUSALS = {
  WAFAssociatedItemException:
    'AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.',
  WAFDuplicateItemException:
    'AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.',
  WAFNonexistentItemException:
    'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
  WAFOptimisticLockException:
    'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes.',
} as const;

export function refusal(code: keyof typeof REFUSALS): AwsError {
  return new AwsError(code, REFUSALS[code]);
}

/** Refuses a parameter. @param field WAF's name of it, `DEFAULT_ACTION` */
export function invalidParameter(reason: string, field: string, parameter: string): AwsError {
  return new AwsError(
    'WAFInvalidParameterException',
    `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
  );
}
