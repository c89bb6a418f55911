import { randomBytes } from 'node:crypto';
import type { CompiledPolicy, CompiledStatement } from './policy-document';

/** An inline policy, part of its identity. */
export type InlinePolicies = Map<string, CompiledPolicy>;

/** One version of a managed policy; at most five are kept. */
export interface PolicyVersion {
  /** `v1` */
  readonly id: string;
  readonly created: Date;
  readonly policy: CompiledPolicy;
}

/** A policy with an ARN of its own, attached to identities. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly created: Date;
  readonly versions: PolicyVersion[];
  readonly tags: Map<string, string>;
  defaultVersionId: string;
  /** Version numbers are never reused. */
  nextVersion: number;
}

/** The common properties of users and roles. */
export interface Identity {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** `AROA…` or `AIDA…` */
  readonly id: string;
  readonly created: Date;
  readonly tags: Map<string, string>;
  readonly inlinePolicies: InlinePolicies;
  /** By ARN. */
  readonly attachedPolicies: Map<string, ManagedPolicy>;
  /** Limits what the other policies can grant. */
  permissionsBoundary: ManagedPolicy | undefined;
}

export interface Role extends Identity {
  readonly kind: 'role';
  trustPolicy: CompiledPolicy;
  description: string | undefined;
  maxSessionDuration: number;
}

export interface User extends Identity {
  readonly kind: 'user';
  readonly accessKeys: Map<string, AccessKey>;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly created: Date;
  status: 'Active' | 'Inactive';
}

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A unique id like IAM's: four letters for the kind and 17 random characters. */
export function uniqueId(prefix: 'AROA' | 'AIDA' | 'ANPA' | 'AKIA' | 'ASIA', length = 17): string {
  return prefix + Array.from(randomBytes(length), (byte) => ID_ALPHABET[byte % 32]).join('');
}

/** A secret access key: 40 characters. */
export function newSecret(): string {
  return randomBytes(30).toString('base64');
}

/** The default version of a managed policy. */
function defaultVersion(policy: ManagedPolicy): PolicyVersion {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersionId);
  if (version === undefined) throw new Error(`${policy.arn} has no default version`);
  return version;
}

/** The statements of a permissions boundary, in its default version. */
export function boundaryStatements(
  boundary: ManagedPolicy | undefined,
): readonly CompiledStatement[] | undefined {
  return boundary && defaultVersion(boundary).policy.statements;
}

/** All statements of an identity's policies, without its permissions boundary. */
export function statementsOf(identity: Identity): CompiledStatement[] {
  const inline = [...identity.inlinePolicies.values()];
  const attached = [...identity.attachedPolicies.values()].map(
    (policy) => defaultVersion(policy).policy,
  );
  return [...inline, ...attached].flatMap(({ statements }) => statements);
}

/** The properties of a new role. */
export interface NewRole {
  readonly name: string;
  /** JSON text, or the object itself. */
  readonly trustPolicy: unknown;
  /** `/` by default. */
  readonly path?: string | undefined;
  readonly description?: string | undefined;
  /** Seconds, 3600 to 43200; 3600 by default. */
  readonly maxSessionDuration?: number | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
  /** The ARN of a managed policy. */
  readonly permissionsBoundary?: string | undefined;
}

/** The properties of a new user. */
export type NewUser = Pick<NewRole, 'name' | 'path' | 'tags' | 'permissionsBoundary'>;
