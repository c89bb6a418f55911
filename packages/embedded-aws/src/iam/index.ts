import { type Caller, partitionOf, type Scope } from '../core/caller';
import { queryService } from '../core/protocol/query';
import { Regional } from '../core/regional';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { withCode } from './access-denied';
import { type AccessDecision, type Accounts, IamAccount } from './account';
import {
  assumeRoleDenied,
  parseRoleArn,
  roleByArn,
  trustsIdentity,
  trustsService,
} from './assume-role';
import { type ContextValues, conditionContext } from './condition-context';
import { type Role, uniqueId } from './entities';
import { constraintViolated } from './errors';
import { OPERATIONS } from './operations';
import { UNLIMITED } from './own-decision';
import { principalValues, requesterOf } from './resource-policy';
import {
  checkSessionDuration,
  forgetExpired,
  newCredentials,
  SERVICE_SESSION_SECONDS,
} from './session-credentials';
import {
  type IdentityCaller,
  isIdentityCaller,
  type Session,
  type SessionCredentials,
  sessionCaller,
  userCaller,
} from './sessions';
import { iamState } from './state';

export { AccessDenied, withCode } from './access-denied';
export type { AccessDecision } from './account';
export { iamResourceHandlers } from './resource-handlers';
export { authorizeOnResource } from './resource-policy';
export { isIdentityCaller } from './sessions';

/** The credentials against which a request's signature is checked. */
export interface KnownCredentials {
  readonly secretAccessKey: string;
  /** Present for temporary credentials, in which case requests must include it. */
  readonly sessionToken?: string;
}

/** The state of an access key: a user's can be inactive, a session's expired. */
export type KeyState = 'active' | 'inactive' | 'expired';

/** IAM for other services, in addition to its own API. */
export interface Iam extends AwsService, Accounts {
  /** State that survives a restart. */
  readonly state: Persistent;
  /**
   * Assumes a role as a service of AWS, such as API Gateway with an integration's credentials.
   * @param servicePrincipal `apigateway.amazonaws.com`
   * @param scope where the service acts; the role must belong to the same account
   * @param values condition keys that the service supplies (`aws:SourceArn`)
   * @throws AwsError AccessDenied, 403, when the role is missing or does not trust the service
   */
  assumeRole(
    roleArn: string,
    servicePrincipal: string,
    sessionName: string,
    scope: Scope,
    values?: ContextValues,
  ): IdentityCaller;
  /** True for a role that is here, and does not trust a service. */
  refusesService(roleArn: string, servicePrincipal: string, scope: Scope): boolean;
  /**
   * Assumes a role as a caller, with credentials for the session.
   * @throws AwsError AccessDenied, 403
   */
  assumeRoleAs(
    caller: Caller,
    roleArn: string,
    session: { name: string; durationSeconds: number; externalId?: string | undefined },
  ): {
    readonly caller: IdentityCaller;
    readonly role: Role;
    readonly credentials: SessionCredentials;
  };
  /**
   * Assumes a role as a service, for code that runs as that role and signs its requests.
   * @throws AwsError AccessDenied, 403, like {@link Iam.assumeRole}
   */
  serviceCredentials(
    roleArn: string,
    servicePrincipal: string,
    sessionName: string,
    scope: Scope,
  ): SessionCredentials;
  /** The identity behind an access key that IAM or STS issued; undefined for all others. */
  callerOf(accessKeyId: string, region: string, values?: ContextValues): IdentityCaller | undefined;
  /** The secret of an active access key that IAM or STS issued. */
  credentialsOf(accessKeyId: string): KnownCredentials | undefined;
  /** The state of an access key that IAM or STS issued; undefined for all others. */
  keyStateOf(accessKeyId: string): KeyState | undefined;
}

export interface IamOptions {
  /**
   * Called with every decision on what a user or a role's session asks for, as CloudTrail would have
   * it; the account's owner is not asked about.
   */
  readonly onAccessDecision?: (decision: AccessDecision) => void;
}

/** IAM: identities, policies, and decisions based on them. */
export function createIam({ onAccessDecision }: IamOptions = {}): Iam {
  const accounts = new Regional(
    ({ accountId, region }) => new IamAccount(accountId, region, onAccessDecision),
  );
  const sessions = new Map<string, Session>();
  // IAM has partitions but no regions.
  const accountOf = ({ accountId, region }: Scope) =>
    accounts.in({ accountId, region: partitionOf(region) });
  const service = queryService(
    {
      signingName: 'iam',
      operations: OPERATIONS,
      store: accountOf,
      invalidInput: (violations) => constraintViolated(...violations),
      authorize({ caller }, action, resource, values) {
        try {
          caller.authorize(action, resource, values);
        } catch (error) {
          throw withCode(error, 'AccessDenied', 403);
        }
      },
    },
    'https://iam.amazonaws.com/doc/2010-05-08/',
  );

  // A service reuses a role's credentials for many calls; their secret is never exposed.
  const serviceKeys = new WeakMap<Role, string>();
  const serviceKeyOf = (role: Role): string => {
    const key = serviceKeys.get(role) ?? uniqueId('ASIA', 16);
    serviceKeys.set(role, key);
    return key;
  };

  const roleOf = (roleArn: string, region: string) => {
    const accountId = parseRoleArn(roleArn)?.accountId;
    if (accountId === undefined) return undefined;
    const account = accountOf({ accountId, region });
    const role = roleByArn(account, roleArn);
    return role && { account, role };
  };

  const liveSession = (accessKeyId: string): Session | undefined => {
    const session = sessions.get(accessKeyId);
    if (session === undefined) return undefined;
    return session.credentials.expiration.getTime() > Date.now() ? session : undefined;
  };

  const keyOf = (accessKeyId: string) => {
    // Called for every request, and most clients use an arbitrary key.
    if (!accessKeyId.startsWith('AKIA')) return undefined;
    for (const account of accounts.all()) {
      for (const user of account.users.values()) {
        const key = user.accessKeys.get(accessKeyId);
        if (key !== undefined) return { account, user, key };
      }
    }
    return undefined;
  };
  const userOf = (accessKeyId: string) => {
    const found = keyOf(accessKeyId);
    return found?.key.status === 'Active' ? found : undefined;
  };

  /** A service passes roles within one account only. */
  const trusts = (
    { account, role }: { account: IamAccount; role: Role },
    servicePrincipal: string,
    scope: Scope,
    values: ContextValues = {},
  ): boolean =>
    account.accountId === scope.accountId &&
    trustsService(
      role,
      servicePrincipal,
      conditionContext(scope, serviceValues(servicePrincipal), values),
    );

  /** A role that a service may assume. @throws AwsError AccessDenied, 403 */
  const trustedBy = (
    roleArn: string,
    servicePrincipal: string,
    scope: Scope,
    values?: ContextValues,
  ) => {
    const found = roleOf(roleArn, scope.region);
    if (found !== undefined && trusts(found, servicePrincipal, scope, values)) return found;
    throw assumeRoleDenied(servicePrincipal, roleArn);
  };

  return {
    ...service,
    state: iamState(accounts, sessions),
    account: accountOf,
    assumeRole(roleArn, servicePrincipal, sessionName, scope, values = {}) {
      const { account, role } = trustedBy(roleArn, servicePrincipal, scope, values);
      return sessionCaller(account, role, sessionName, scope, serviceKeyOf(role));
    },
    refusesService(roleArn, servicePrincipal, scope) {
      const found = roleOf(roleArn, scope.region);
      return found !== undefined && !trusts(found, servicePrincipal, scope);
    },
    assumeRoleAs(caller, roleArn, { name, durationSeconds, externalId }) {
      const found = roleOf(roleArn, caller.region);
      if (found === undefined || !mayAssume(caller, found.account, found.role, externalId)) {
        throw assumeRoleDenied(caller.arn, roleArn);
      }
      const { account, role } = found;
      checkSessionDuration(caller, role, durationSeconds);
      const credentials = newCredentials(durationSeconds);
      forgetExpired(sessions);
      sessions.set(credentials.accessKeyId, { credentials, account, role, name });
      const scope = { accountId: account.accountId, region: caller.region };
      return {
        credentials,
        role,
        caller: sessionCaller(account, role, name, scope, credentials.accessKeyId),
      };
    },
    serviceCredentials(roleArn, servicePrincipal, sessionName, scope) {
      const found = trustedBy(roleArn, servicePrincipal, scope);
      const credentials = newCredentials(SERVICE_SESSION_SECONDS);
      forgetExpired(sessions);
      sessions.set(credentials.accessKeyId, { credentials, ...found, name: sessionName });
      return credentials;
    },
    callerOf(accessKeyId, region, values) {
      const session = liveSession(accessKeyId);
      if (session !== undefined) {
        const { account, role, name } = session;
        const scope = { accountId: account.accountId, region };
        return sessionCaller(account, role, name, scope, accessKeyId, values);
      }
      const found = userOf(accessKeyId);
      if (found === undefined) return undefined;
      const scope = { accountId: found.account.accountId, region };
      return userCaller(found.account, found.user, scope, accessKeyId, values);
    },
    credentialsOf(accessKeyId) {
      const session = liveSession(accessKeyId);
      if (session !== undefined) {
        const { secretAccessKey, sessionToken } = session.credentials;
        return { secretAccessKey, sessionToken };
      }
      const secretAccessKey = userOf(accessKeyId)?.key.secret;
      return secretAccessKey === undefined ? undefined : { secretAccessKey };
    },
    keyStateOf(accessKeyId) {
      if (sessions.has(accessKeyId)) return liveSession(accessKeyId) ? 'active' : 'expired';
      return keyOf(accessKeyId) && (userOf(accessKeyId) ? 'active' : 'inactive');
    },
  };
}

function mayAssume(
  caller: Caller,
  account: IamAccount,
  role: Role,
  externalId: string | undefined,
): boolean {
  const context = conditionContext(caller, principalValues(caller), {
    'sts:ExternalId': externalId,
  });
  const action = 'sts:AssumeRole';
  const own = isIdentityCaller(caller) ? caller.decide(action, role.arn) : UNLIMITED;
  const may = trustsIdentity(role, account.accountId, requesterOf(caller), context, own);
  const decision = may ? 'allowed' : 'implicitDeny';
  account.onDecision({ principal: caller.arn, action, resource: role.arn, decision });
  return may;
}

const serviceValues = (name: string): ContextValues => ({
  'aws:PrincipalIsAWSService': 'true',
  'aws:PrincipalServiceName': name,
  'aws:PrincipalServiceNamesList': [name],
});
