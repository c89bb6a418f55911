import type { Caller } from '../core/caller';
import { accessDenied } from './access-denied';
import { type ContextValues, conditionContext } from './condition-context';
import { type AccessRequest, type Decision, evaluate } from './evaluate';
import type { Grant } from './own-decision';
import type { CompiledPolicy } from './policy-document';
import type { IdentityRequester } from './principals';
import { isIdentityCaller } from './sessions';

/** A resource with a policy of its own: a bucket, a topic. */
export interface GuardedResource {
  /** The account that owns it. */
  readonly ownerId: string;
  readonly policy: CompiledPolicy | undefined;
}

/** A caller in the form that Principal elements match. */
export function requesterOf(caller: Caller): IdentityRequester {
  const { accountId, arn } = caller;
  return isIdentityCaller(caller) ? caller.requester : { kind: 'identity', accountId, arn };
}

/** A caller's condition values; the account's owner has no tags and no name. */
export function principalValues(caller: Caller): ContextValues {
  if (isIdentityCaller(caller)) return caller.conditionValues();
  const { accountId, arn } = caller;
  return {
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalArn': arn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': 'Account',
    'aws:SourceAccount': undefined,
    'aws:SourceArn': undefined,
    'aws:userid': accountId,
    'aws:username': undefined,
  };
}

/**
 * Decides by the caller's policies and the resource's: a Deny in either wins; within the resource's
 * account an Allow in either is enough, across accounts both must allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws AccessDenied
 */
export function authorizeOnResource(
  caller: Caller,
  guarded: GuardedResource,
  action: string,
  resource: string,
  values: ContextValues = {},
): void {
  const { decision, grant } = resourceDecision(caller, guarded, action, resource, values);
  const isOwn = guarded.ownerId === caller.accountId;
  if (decision === 'explicitDeny' || (!isOwn && decision !== 'allowed')) {
    throw accessDenied(caller.arn, action, resource, decision, 'resource-based');
  }
  authorizeWithGrant(caller, action, resource, grant);
}

/**
 * Authorizes a caller whom a resource's policy allows an action, or does not mention.
 * @param grant of the policy, if it allows the action within the caller's account
 * @throws AccessDenied
 */
export function authorizeWithGrant(
  caller: Caller,
  action: string,
  resource: string,
  grant: Grant,
): void {
  if (isIdentityCaller(caller)) caller.authorize(action, resource, undefined, grant);
  else caller.authorize(action, resource);
}

function resourceDecision(
  caller: Caller,
  { ownerId, policy }: GuardedResource,
  action: string,
  resource: string,
  values: ContextValues,
): { readonly decision: Decision; readonly grant?: Grant } {
  if (policy === undefined) return { decision: 'implicitDeny' };
  const request = {
    action,
    resource,
    context: conditionContext(
      caller,
      principalValues(caller),
      { 'aws:ResourceAccount': ownerId },
      values,
    ),
    requester: requesterOf(caller),
  };
  // Across accounts both sides must allow. If only the account is named, the caller's own do.
  if (ownerId !== caller.accountId) return { decision: evaluate(policy.statements, request) };
  return grantOf(policy, request);
}

/** The decision of a policy of the caller's own account, and how it names the caller. */
export function grantOf(
  { statements }: CompiledPolicy,
  request: AccessRequest,
): { readonly decision: Decision; readonly grant?: Grant } {
  for (const named of ['direct', 'role'] as const) {
    const decision = evaluate(statements, { ...request, named });
    if (decision === 'allowed') return { decision, grant: named };
    if (decision === 'explicitDeny') return { decision };
  }
  return { decision: 'implicitDeny' };
}
