import type { Scope } from '../core/caller';
import { checkDuration, checkName, checkPath, isNameTaken, policySize } from './checks';
import {
  type AccessKey,
  type Identity,
  type ManagedPolicy,
  type NewRole,
  type NewUser,
  newSecret,
  type Role,
  statementsOf,
  type User,
  uniqueId,
} from './entities';
import {
  alreadyExists,
  deleteConflict,
  limitExceeded,
  malformedPolicy,
  noSuchEntity,
} from './errors';
import type { Decision } from './evaluate';
import { ManagedPolicies } from './managed-policies';
import { OidcProviders } from './oidc-providers';
import { type CompiledPolicy, type CompiledStatement, compilePolicy } from './policy-document';
import { QUOTAS } from './quotas';

/** IAM's decision on one action of a user or a role's session. */
export interface AccessDecision {
  /** ARN of the user or session. */
  readonly principal: string;
  /** `iam:CreateRole` */
  readonly action: string;
  /** An ARN, or `*` for actions that take no resource. */
  readonly resource: string;
  readonly decision: Decision;
}

const MAX_INLINE = {
  role: QUOTAS.rolePolicyCharacters,
  user: QUOTAS.userPolicyCharacters,
} as const;

/** One account's roles, users and policies. IAM is global: an account's regions share it. */
export class IamAccount {
  readonly accountId: string;
  readonly policies: ManagedPolicies;
  readonly oidcProviders: OidcProviders;
  readonly roles = new Map<string, Role>();
  readonly users = new Map<string, User>();
  readonly #partition: string;
  /** Incremented on every change, to invalidate what was derived from policies. */
  #revision = 0;
  readonly #statements = new WeakMap<
    Identity,
    { readonly revision: number; readonly statements: readonly CompiledStatement[] }
  >();

  /** Called with each decision on what an identity asked for. */
  readonly onDecision: (decision: AccessDecision) => void;

  /** @param partition `aws`, `aws-cn` or `aws-us-gov` */
  constructor(
    accountId: string,
    partition: string,
    onDecision: (decision: AccessDecision) => void = () => {},
  ) {
    this.accountId = accountId;
    this.onDecision = onDecision;
    this.#partition = partition;
    this.oidcProviders = new OidcProviders(accountId, partition);
    this.policies = new ManagedPolicies(accountId, partition, () => this.#revision++);
  }

  /**
   * @throws AwsError EntityAlreadyExists, ValidationError, MalformedPolicyDocument, LimitExceeded
   */
  createRole(input: NewRole): Role {
    checkName('roleName', input.name, 64);
    if (isNameTaken(this.roles.keys(), input.name)) {
      throw alreadyExists(`Role with name ${input.name} already exists.`);
    }
    const role: Role = {
      kind: 'role',
      ...this.#newIdentity('role', 'AROA', input),
      trustPolicy: this.#compileTrust(input.trustPolicy),
      description: input.description,
      maxSessionDuration: checkDuration(input.maxSessionDuration),
    };
    this.roles.set(role.name, role);
    return role;
  }

  /** Changes the given members. */
  updateRole(
    name: string,
    changes: Pick<NewRole, 'description' | 'maxSessionDuration'> & { trustPolicy?: unknown },
  ): void {
    const role = this.role(name);
    const { description, maxSessionDuration, trustPolicy } = changes;
    if (maxSessionDuration !== undefined)
      role.maxSessionDuration = checkDuration(maxSessionDuration);
    if (trustPolicy !== undefined) role.trustPolicy = this.#compileTrust(trustPolicy);
    if (description !== undefined) role.description = description;
  }

  /** @throws AwsError NoSuchEntity */
  role(name: string): Role {
    const role = this.roles.get(name);
    if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return role;
  }

  /** @throws AwsError NoSuchEntity, DeleteConflict while it has policies */
  deleteRole(name: string): void {
    requireNoPolicies(this.role(name));
    this.roles.delete(name);
  }

  /** @throws AwsError EntityAlreadyExists, ValidationError */
  createUser(input: NewUser): User {
    checkName('userName', input.name, 64);
    if (isNameTaken(this.users.keys(), input.name)) {
      throw alreadyExists(`User with name ${input.name} already exists.`);
    }
    const identity = this.#newIdentity('user', 'AIDA', input);
    const user: User = { kind: 'user', ...identity, accessKeys: new Map() };
    this.users.set(user.name, user);
    return user;
  }

  /** @throws AwsError NoSuchEntity */
  user(name: string): User {
    const user = this.users.get(name);
    if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
    return user;
  }

  /** @throws AwsError NoSuchEntity, DeleteConflict while it has policies or access keys */
  deleteUser(name: string): void {
    const user = this.user(name);
    if (user.accessKeys.size > 0) {
      throw deleteConflict('Cannot delete entity, must delete access keys first.');
    }
    requireNoPolicies(user);
    this.users.delete(name);
  }

  createAccessKey(userName: string): AccessKey {
    const { accessKeys } = this.user(userName);
    if (accessKeys.size >= QUOTAS.accessKeysOfUser) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${QUOTAS.accessKeysOfUser}`);
    }
    const id = uniqueId('AKIA', 16);
    const key: AccessKey = { id, secret: newSecret(), created: new Date(), status: 'Active' };
    accessKeys.set(id, key);
    return key;
  }

  /** @throws AwsError NoSuchEntity, LimitExceeded */
  attachPolicy(identity: Role | User, arn: string): void {
    const policy = this.policies.attachable(arn);
    if (
      !identity.attachedPolicies.has(arn) &&
      identity.attachedPolicies.size >= QUOTAS.attachedPolicies
    ) {
      const quota = identity.kind === 'role' ? 'PoliciesPerRole' : 'PoliciesPerUser';
      throw limitExceeded(`Cannot exceed quota for ${quota}: ${QUOTAS.attachedPolicies}`);
    }
    identity.attachedPolicies.set(arn, policy);
    this.#revision++;
  }

  /** @throws AwsError NoSuchEntity */
  detachPolicy(identity: Role | User, arn: string): void {
    if (!identity.attachedPolicies.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    this.#revision++;
  }

  /** The identities that a managed policy is attached to. */
  attachedTo(arn: string): (Role | User)[] {
    return this.#identities().filter(({ attachedPolicies }) => attachedPolicies.has(arn));
  }

  /**
   * Sets or, without an ARN, removes the permissions boundary.
   * @throws AwsError NoSuchEntity for a policy that does not exist
   */
  setBoundary(identity: Role | User, arn: string | undefined): void {
    identity.permissionsBoundary = this.#boundary(arn);
  }

  /** The identities whose permissions boundary a managed policy is. */
  boundedBy(arn: string): (Role | User)[] {
    return this.#identities().filter(({ permissionsBoundary }) => permissionsBoundary?.arn === arn);
  }

  /** @throws AwsError MalformedPolicyDocument, LimitExceeded, ValidationError */
  putInlinePolicy(identity: Role | User, name: string, document: unknown): void {
    checkName('policyName', name, 128);
    const policy = compilePolicy(document, 'identity');
    const all = new Map(identity.inlinePolicies).set(name, policy).values();
    const size = [...all].reduce((total, { document }) => total + policySize(document), 0);
    const longest = MAX_INLINE[identity.kind];
    if (size > longest) {
      throw limitExceeded(
        `Maximum policy size of ${longest} bytes exceeded for ${identity.kind} ${identity.name}`,
      );
    }
    identity.inlinePolicies.set(name, policy);
    this.#revision++;
  }

  /** @throws AwsError NoSuchEntity */
  inlinePolicy(identity: Role | User, name: string): CompiledPolicy {
    const policy = identity.inlinePolicies.get(name);
    if (policy !== undefined) return policy;
    throw noSuchEntity(`The ${identity.kind} policy with name ${name} cannot be found.`);
  }

  /** @throws AwsError NoSuchEntity */
  deleteInlinePolicy(identity: Role | User, name: string): void {
    this.inlinePolicy(identity, name);
    identity.inlinePolicies.delete(name);
    this.#revision++;
  }

  /** An identity's statements, cached until the account changes. */
  statements(identity: Identity): readonly CompiledStatement[] {
    const known = this.#statements.get(identity);
    if (known?.revision === this.#revision) return known.statements;
    const statements = statementsOf(identity);
    this.#statements.set(identity, { revision: this.#revision, statements });
    return statements;
  }

  /** The ARN of an entity of this account. */
  arnOf(kind: 'role' | 'user' | 'policy', path: string, name: string): string {
    return `arn:${this.#partition}:iam::${this.accountId}:${kind}${path}${name}`;
  }

  #identities(): (Role | User)[] {
    return [...this.roles.values(), ...this.users.values()];
  }

  #boundary(arn: string | undefined): ManagedPolicy | undefined {
    return arn === undefined ? undefined : this.policies.asBoundary(arn);
  }

  #newIdentity(kind: 'role' | 'user', prefix: 'AROA' | 'AIDA', input: NewUser): Identity {
    const path = checkPath(input.path);
    return {
      arn: this.arnOf(kind, path, input.name),
      name: input.name,
      path,
      id: uniqueId(prefix),
      created: new Date(),
      tags: new Map(input.tags),
      inlinePolicies: new Map(),
      attachedPolicies: new Map(),
      permissionsBoundary: this.#boundary(input.permissionsBoundary),
    };
  }

  #compileTrust(document: unknown): CompiledPolicy {
    const policy = compilePolicy(document, 'trust');
    if (policySize(policy.document) > QUOTAS.trustPolicyCharacters) {
      throw limitExceeded(
        `Cannot exceed quota for ACLSizePerRole: ${QUOTAS.trustPolicyCharacters}`,
      );
    }
    const arns = new Set(this.#identities().map(({ arn }) => arn));
    const missing = policy.trustedIdentities.find(
      (arn) => arn.includes(`:iam::${this.accountId}:`) && !arns.has(arn),
    );
    if (missing !== undefined) {
      throw malformedPolicy(`Invalid principal in policy: "AWS":"${missing}"`);
    }
    return policy;
  }
}

function requireNoPolicies({ inlinePolicies, attachedPolicies }: Identity): void {
  if (inlinePolicies.size > 0) {
    throw deleteConflict('Cannot delete entity, must delete policies first.');
  }
  if (attachedPolicies.size > 0) {
    throw deleteConflict('Cannot delete entity, must detach all policies first.');
  }
}

/** Finds accounts. IAM implements it for its resource handlers and other services. */
export interface Accounts {
  /** The account of a scope, created at its first use. */
  account(scope: Scope): IamAccount;
}
