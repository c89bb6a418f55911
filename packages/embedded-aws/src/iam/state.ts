import type { Regional } from '../core/regional';
import {
  asWritten,
  type Persistent,
  type StateDocument,
  type StoredDocument,
} from '../state/persistent';
import type { IamAccount } from './account';
import type { Identity, ManagedPolicy, Role, User } from './entities';
import { type CompiledPolicy, compilePolicy, type PolicyKind } from './policy-document';
import type { Session } from './sessions';

/** The kinds of documents; each kind refers only to earlier ones. */
const KINDS = ['policies', 'providers', 'roles', 'users', 'sessions'] as const;

/** State of IAM and STS that survives a restart: identities, policies, keys, sessions. */
export function iamState(
  accounts: Regional<IamAccount>,
  sessions: Map<string, Session>,
): Persistent {
  return {
    name: 'iam',
    *documents() {
      for (const [{ accountId, region: partition }, account] of accounts.entries()) {
        const key = (kind: string, id: string) => [kind, accountId, partition, id];
        for (const policy of account.policies.all()) {
          yield { key: key('policies', policy.arn), value: () => writePolicy(policy) };
        }
        for (const provider of account.oidcProviders.all()) {
          yield { key: key('providers', provider.arn), value: () => ({ ...provider }) };
        }
        for (const role of account.roles.values()) {
          yield { key: key('roles', role.name), value: () => writeRole(role) };
        }
        for (const user of account.users.values()) {
          yield { key: key('users', user.name), value: () => writeIdentity(user) };
        }
      }
      yield* sessionDocuments(sessions);
    },
    restore(documents) {
      // A role can be older than its policy, and then comes before it.
      for (const kind of KINDS) {
        const ofKind = documents.filter(({ key }) => key[0] === kind);
        for (const document of ofKind) restoreDocument(accounts, sessions, document);
      }
    },
  };
}

function* sessionDocuments(sessions: ReadonlyMap<string, Session>): Iterable<StateDocument> {
  for (const [id, session] of sessions) {
    const { account, role, name, credentials } = session;
    // Not by name: after a role is deleted, another one may have its name.
    if (account.roles.get(role.name) !== role) continue;
    const [, partition = ''] = role.arn.split(':');
    const key = ['sessions', account.accountId, partition, id];
    yield { key, stamp: session, value: () => ({ role: role.name, name, credentials }) };
  }
}

/** A session, with its role's name instead of the role. */
interface WrittenSession extends Pick<Session, 'name' | 'credentials'> {
  readonly role: string;
}

function restoreDocument(
  accounts: Regional<IamAccount>,
  sessions: Map<string, Session>,
  { key, value }: StoredDocument,
): void {
  const [kind, accountId = '', partition = '', id = ''] = key;
  const account = accounts.in({ accountId, region: partition });
  switch (kind) {
    case 'policies':
      account.policies.restore(readPolicy(asWritten(value)));
      return;
    case 'providers':
      account.oidcProviders.restore(asWritten(value));
      return;
    case 'roles':
      account.roles.set(id, readRole(account, asWritten(value)));
      return;
    case 'users':
      account.users.set(id, readIdentity(account, asWritten(value)) as User);
      return;
    case 'sessions': {
      const { role: roleName, name, credentials } = asWritten<WrittenSession>(value);
      const role = account.roles.get(roleName);
      if (role !== undefined) sessions.set(id, { account, role, name, credentials });
      return;
    }
    default:
      throw new Error(`unknown document ${key.join('/')}`);
  }
}

// A compiled policy is functions; its document is enough to compile it again.
type Documents = ReadonlyMap<string, string>;

const writePolicy = (policy: ManagedPolicy) => ({
  ...policy,
  versions: policy.versions.map((version) => ({ ...version, policy: version.policy.document })),
});

const readPolicy = (written: ReturnType<typeof writePolicy>): ManagedPolicy => ({
  ...written,
  description: written.description,
  versions: written.versions.map((version) => ({
    ...version,
    policy: compilePolicy(version.policy, 'managed'),
  })),
});

const writeIdentity = <Kind extends Identity>(identity: Kind) => ({
  ...identity,
  inlinePolicies: new Map(
    [...identity.inlinePolicies].map(([name, { document }]) => [name, document]),
  ),
  attachedPolicies: [...identity.attachedPolicies.keys()],
  permissionsBoundary: identity.permissionsBoundary?.arn,
});

const writeRole = (role: Role) => ({
  ...writeIdentity(role),
  trustPolicy: role.trustPolicy.document,
});

function readIdentity(
  account: IamAccount,
  written: Omit<Identity, 'inlinePolicies' | 'attachedPolicies' | 'permissionsBoundary'> & {
    readonly inlinePolicies: Documents;
    readonly attachedPolicies: readonly string[];
    /** Absent in states written before there were boundaries. */
    readonly permissionsBoundary?: string | undefined;
  },
): Identity {
  return {
    ...written,
    inlinePolicies: compiled(written.inlinePolicies, 'identity'),
    attachedPolicies: new Map(
      written.attachedPolicies.map((arn) => [arn, account.policies.get(arn)]),
    ),
    permissionsBoundary:
      written.permissionsBoundary === undefined
        ? undefined
        : account.policies.get(written.permissionsBoundary),
  };
}

function readRole(account: IamAccount, written: ReturnType<typeof writeRole>): Role {
  return {
    ...written,
    ...readIdentity(account, written),
    description: written.description,
    trustPolicy: compilePolicy(written.trustPolicy, 'trust'),
  };
}

function compiled(documents: Documents, kind: PolicyKind): Map<string, CompiledPolicy> {
  return new Map([...documents].map(([name, document]) => [name, compilePolicy(document, kind)]));
}
