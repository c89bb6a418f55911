import type { Scope } from '../core/caller';
import { type Caller, partitionOf } from '../core/caller';
import { accessDenied } from './access-denied';
import type { IamAccount } from './account';
import {
  type ConditionContext,
  type ContextValues,
  conditionContext,
  withResource,
} from './condition-context';
import type { Identity, Role, User } from './entities';
import { boundaryStatements } from './entities';
import { evaluate } from './evaluate';
import { type Grant, type OwnDecision, verdict } from './own-decision';
import type { IdentityRequester } from './principals';

/** A caller with policies: a user, or a role's session. */
export interface IdentityCaller extends Caller {
  /** `AIDA…`, or `AROA…:session`; UserId in STS. */
  readonly userId: string;
  readonly requester: IdentityRequester;
  /** The identity's condition values, in addition to those of every request. */
  conditionValues(): ContextValues;
  /** The condition context of the identity's access to a resource. */
  contextFor(resource: string, values?: ContextValues): ConditionContext;
  /** The decision of the identity's own policies, including its permissions boundary. */
  decide(action: string, resource: string, values?: ContextValues): OwnDecision;
  /** @param grant of the resource's policy; see {@link verdict} */
  authorize(action: string, resource: string, values?: ContextValues, grant?: Grant): void;
}

/** True for users and sessions of roles; false for the account's owner. */
export function isIdentityCaller(caller: Caller): caller is IdentityCaller {
  return 'requester' in caller && 'decide' in caller;
}

/** A user with long-term keys. */
export function userCaller(
  account: IamAccount,
  user: User,
  scope: Scope,
  accessKeyId: string,
  values: ContextValues = {},
): IdentityCaller {
  return identityCaller(account, user, scope, accessKeyId, {
    arn: user.arn,
    userId: user.id,
    requester: { kind: 'identity', accountId: account.accountId, arn: user.arn },
    values: { 'aws:PrincipalType': 'User', 'aws:username': user.name, ...values },
  });
}

/** A role's session. */
export function sessionCaller(
  account: IamAccount,
  role: Role,
  sessionName: string,
  scope: Scope,
  accessKeyId: string,
  values: ContextValues = {},
): IdentityCaller {
  const { accountId } = account;
  const arn = `arn:${partitionOf(scope.region)}:sts::${accountId}:assumed-role/${role.name}/${sessionName}`;
  return identityCaller(account, role, scope, accessKeyId, {
    arn,
    userId: `${role.id}:${sessionName}`,
    requester: { kind: 'identity', accountId, arn, roleArn: role.arn },
    values: { 'aws:PrincipalType': 'AssumedRole', 'aws:username': undefined, ...values },
  });
}

interface CallerParts extends Pick<IdentityCaller, 'arn' | 'userId' | 'requester'> {
  readonly values: ContextValues;
}

function identityCaller(
  account: IamAccount,
  identity: Identity,
  { region }: Scope,
  accessKeyId: string,
  { arn, userId, requester, values }: CallerParts,
): IdentityCaller {
  const { accountId } = account;
  // Methods do not use `this`, because callers are copied with another region.
  const caller: IdentityCaller = {
    accountId,
    region,
    arn,
    userId,
    accessKeyId,
    requester,
    conditionValues() {
      return { ...identityValues(account, identity, userId), ...values };
    },
    contextFor(resource, more) {
      return withResource(context, resource, accountId, more);
    },
    decide(action, resource, more) {
      const request = { action, resource, context: caller.contextFor(resource, more) };
      const limit = boundaryStatements(identity.permissionsBoundary);
      return {
        identity: evaluate(account.statements(identity), request),
        boundary: limit === undefined ? 'allowed' : evaluate(limit, request),
      };
    },
    authorize(action, resource, more, grant) {
      const { decision, by } = verdict(caller.decide(action, resource, more), grant);
      account.onDecision({ principal: arn, action, resource, decision });
      if (decision !== 'allowed') throw accessDenied(arn, action, resource, decision, by);
    },
  };
  const context = conditionContext(caller, caller.conditionValues);
  return caller;
}

function identityValues(account: IamAccount, identity: Identity, userId: string): ContextValues {
  const tags = [...identity.tags].map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return {
    'aws:PrincipalAccount': account.accountId,
    // For a session this is the role's ARN, not the session's.
    'aws:PrincipalArn': identity.arn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:SourceAccount': undefined,
    'aws:SourceArn': undefined,
    'aws:userid': userId,
    ...Object.fromEntries(tags),
  };
}

/** Temporary credentials, as STS issues them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** A role's session with STS credentials. */
export interface Session {
  readonly credentials: SessionCredentials;
  readonly account: IamAccount;
  readonly role: Role;
  readonly name: string;
}
