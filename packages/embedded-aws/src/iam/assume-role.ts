import { remember } from '../core/remember';
import { AccessDenied } from './access-denied';
import type { IamAccount } from './account';
import type { ConditionContext } from './condition-context';
import type { Role } from './entities';
import { type Decision, evaluate } from './evaluate';
import { type OwnDecision, verdict } from './own-decision';
import type { IdentityRequester, Requester } from './principals';

const ACTION = 'sts:AssumeRole';
const ROLE_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):role(\/(?:[!-~]*\/)?)([\w+=,.@-]{1,64})$/;

/** The account and name in a role's ARN, or undefined for any other text. */
export const parseRoleArn = remember(
  1_000,
  (
    arn: string,
  ):
    | { readonly partition: string; readonly accountId: string; readonly name: string }
    | undefined => {
    const [, partition, accountId, , name] = ROLE_ARN.exec(arn) ?? [];
    if (partition === undefined || accountId === undefined || name === undefined) return undefined;
    return { partition, accountId, name };
  },
);

/** The role with exactly this ARN, including its path. */
export function roleByArn(account: IamAccount, arn: string): Role | undefined {
  const role = account.roles.get(parseRoleArn(arn)?.name ?? '');
  return role?.arn === arn ? role : undefined;
}

/** For missing roles and untrusted callers alike, so that names cannot be probed. */
export function assumeRoleDenied(who: string, roleArn: string): AccessDenied {
  return new AccessDenied(
    'AccessDenied',
    `User: ${who} is not authorized to perform: ${ACTION} on resource: ${roleArn}`,
    { status: 403 },
  );
}

/** True if a role's trust policy allows a service to assume it. */
export function trustsService(role: Role, name: string, context: ConditionContext): boolean {
  return decideTrust(role, { kind: 'service', name }, context) === 'allowed';
}

/**
 * True if an identity may assume a role. Its own policies must allow it too if the role only trusts
 * its account as a whole, or belongs to another account.
 * @param own what the identity's own policies say
 */
export function trustsIdentity(
  role: Role,
  roleAccountId: string,
  requester: IdentityRequester,
  context: ConditionContext,
  own: OwnDecision,
): boolean {
  if (decideTrust(role, requester, context) !== 'allowed') return false;
  const grant =
    requester.accountId === roleAccountId
      ? (['direct', 'role'] as const).find(
          (named) => decideTrust(role, requester, context, named) === 'allowed',
        )
      : undefined;
  return verdict(own, grant).decision === 'allowed';
}

function decideTrust(
  role: Role,
  requester: Requester,
  context: ConditionContext,
  named?: 'direct' | 'role',
): Decision {
  return evaluate(role.trustPolicy.statements, {
    action: ACTION,
    resource: role.arn,
    context,
    requester,
    ...(named && { named }),
  });
}
