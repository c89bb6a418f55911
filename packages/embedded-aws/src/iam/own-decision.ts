import type { PolicyType } from './access-denied';
import type { Decision } from './evaluate';
import type { PrincipalMatch } from './principals';

/** The decision of an identity's own policies on one request. */
export interface OwnDecision {
  /** The inline and attached policies. */
  readonly identity: Decision;
  /** The permissions boundary; `allowed` without one. */
  readonly boundary: Decision;
}

/** How a resource's policy allows a request: to the identity itself, or to the role behind it. */
export type Grant = Exclude<PrincipalMatch, 'account'>;

/** The account's owner: no policy limits it. */
export const UNLIMITED: OwnDecision = { identity: 'allowed', boundary: 'allowed' };

/**
 * An action needs an Allow of the identity's policies and of its permissions boundary. A resource's
 * policy of the same account replaces the former, and also the latter if it names the user or the
 * session; if it names the session's role, the boundary still limits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 * @param grant of the resource's policy, if it allows the request
 * @returns the decision, and the kind of policy that it is due to
 */
export function verdict(
  { identity, boundary }: OwnDecision,
  grant?: Grant,
): { readonly decision: Decision; readonly by: PolicyType } {
  if (identity === 'explicitDeny') return { decision: identity, by: 'identity-based' };
  if (boundary === 'explicitDeny') return { decision: boundary, by: 'boundary' };
  if (identity !== 'allowed' && grant === undefined) {
    return { decision: identity, by: 'identity-based' };
  }
  if (boundary !== 'allowed' && grant !== 'direct') return { decision: boundary, by: 'boundary' };
  return { decision: 'allowed', by: 'identity-based' };
}
