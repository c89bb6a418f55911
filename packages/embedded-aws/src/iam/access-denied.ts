import { AwsError } from '../core/errors';
import type { Decision } from './evaluate';

/** The kinds of policy that an AccessDenied message may name. */
export type PolicyType = 'identity-based' | 'resource-based' | 'boundary';

/**
 * An AccessDenied error in AWS's wording.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export class AccessDenied extends AwsError {}

/** The error for a decision other than `allowed`. */
export function accessDenied(
  arn: string,
  action: string,
  resource: string,
  decision: Exclude<Decision, 'allowed'>,
  policyType: PolicyType = 'identity-based',
): AccessDenied {
  const because =
    decision === 'explicitDeny'
      ? `with an explicit deny in ${article(policyType)} ${inWords(policyType)}`
      : `because no ${inWords(policyType)} allows the ${action} action`;
  return new AccessDenied(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  );
}

/** The same error with the code and status of a service that has its own. */
export function withCode(error: unknown, code: string, status: number): unknown {
  if (!(error instanceof AccessDenied)) return error;
  return new AccessDenied(code, error.message, { status, cause: error });
}

const inWords = (policyType: PolicyType): string =>
  policyType === 'boundary' ? 'permissions boundary' : `${policyType} policy`;

const article = (policyType: PolicyType): string => (policyType === 'identity-based' ? 'an' : 'a');
