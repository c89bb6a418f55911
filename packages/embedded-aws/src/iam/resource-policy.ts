import type { Caller } from '../core/caller';
import { AccessDenied, accessDenied } from './access-denied';
import { type ContextValues, conditionContext } from './condition-context';
import { type Decision, evaluate } from './evaluate';
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
  const decision = resourceDecision(caller, guarded, action, resource, values);
  const isOwn = guarded.ownerId === caller.accountId;
  if (decision === 'explicitDeny' || (!isOwn && decision !== 'allowed')) {
    throw accessDenied(caller.arn, action, resource, decision, 'resource-based');
  }
  try {
    caller.authorize(action, resource);
  } catch (error) {
    const isGranted = isOwn && decision === 'allowed';
    if (isGranted && error instanceof AccessDenied && !error.isExplicit) return;
    throw error;
  }
}

function resourceDecision(
  caller: Caller,
  { ownerId, policy }: GuardedResource,
  action: string,
  resource: string,
  values: ContextValues,
): Decision {
  if (policy === undefined) return 'implicitDeny';
  return evaluate(policy.statements, {
    action,
    resource,
    context: conditionContext(
      caller,
      principalValues(caller),
      { 'aws:ResourceAccount': ownerId },
      values,
    ),
    requester: requesterOf(caller),
    // If only the account is named, the caller's own policies decide.
    ...(ownerId === caller.accountId && { named: 'direct' as const }),
  });
}
