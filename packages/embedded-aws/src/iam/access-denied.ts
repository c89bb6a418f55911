import { AwsError } from '../core/errors';
import type { Decision } from './evaluate';

/** The kinds of policy that an AccessDenied message may name. */
export type PolicyType = 'identity-based' | 'resource-based';

/**
 * An AccessDenied error in AWS's wording.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export class AccessDenied extends AwsError {
  /** A Deny applied; no Allow elsewhere can help. */
  readonly isExplicit: boolean;

  constructor(
    code: string,
    message: string,
    isExplicit: boolean,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.isExplicit = isExplicit;
  }
}

/** The error for a decision other than `allowed`. */
export function accessDenied(
  arn: string,
  action: string,
  resource: string,
  decision: Exclude<Decision, 'allowed'>,
  policyType: PolicyType = 'identity-based',
): AccessDenied {
  const isExplicit = decision === 'explicitDeny';
  const because = isExplicit
    ? `with an explicit deny in ${article(policyType)} ${policyType} policy`
    : `because no ${policyType} policy allows the ${action} action`;
  return new AccessDenied(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
    isExplicit,
  );
}

/** The same error with the code and status of a service that has its own. */
export function withCode(error: unknown, code: string, status: number): unknown {
  if (!(error instanceof AccessDenied)) return error;
  return new AccessDenied(code, error.message, error.isExplicit, { status, cause: error });
}

const article = (policyType: PolicyType): string => (policyType === 'identity-based' ? 'an' : 'a');
