import { AwsError } from '../core/errors';

/** The refusals that WAF words without saying what they are about. Its apostrophes are typographic. */
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

/** A parameter that WAF does not take. @param field WAF's name of it, `DEFAULT_ACTION` */
export function invalidParameter(reason: string, field: string, parameter: string): AwsError {
  return new AwsError(
    'WAFInvalidParameterException',
    `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
  );
}

/** A member that breaks the constraints of WAF's model. @param member `name` */
export function constraintViolation(member: string, value: string | null, constraint: string) {
  const shown = value === null ? 'null' : `'${value}'`;
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** What WAF does and the embedded AWS does not: refused when it is set up. */
export function unsupported(what: string): AwsError {
  return new AwsError('NotImplemented', `The embedded AWS does not implement ${what} of WAF.`, {
    status: 501,
  });
}
