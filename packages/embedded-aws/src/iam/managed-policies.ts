import { AWS_MANAGED_POLICIES } from './aws-managed-policies';
import { checkName, checkPath, isNameTaken, policySize } from './checks';
import { type ManagedPolicy, type PolicyVersion, uniqueId } from './entities';
import {
  alreadyExists,
  deleteConflict,
  limitExceeded,
  noSuchEntity,
  validationError,
} from './errors';
import { compilePolicy } from './policy-document';
import { QUOTAS } from './quotas';

/** The properties of a new customer managed policy. */
export interface NewPolicy {
  readonly name: string;
  /** JSON text, or the object itself. */
  readonly document: unknown;
  /** `/` by default. */
  readonly path?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

const isAws = (arn: string): boolean => arn.includes(':iam::aws:policy/');

/** The managed policies that an account can attach: its own and AWS's. */
export class ManagedPolicies {
  readonly #byArn = new Map<string, ManagedPolicy>();
  readonly #prefix: string;
  readonly #changed: () => void;

  /** @param changed called when statements in force may have changed */
  constructor(accountId: string, partition: string, changed: () => void) {
    this.#prefix = `arn:${partition}:iam::${accountId}:policy`;
    this.#changed = changed;
    for (const { name, path, statements } of AWS_MANAGED_POLICIES) {
      this.#add(`arn:${partition}:iam::aws:policy${path}${name}`, path, {
        name,
        document: { Version: '2012-10-17', Statement: statements },
      });
    }
  }

  all(): ManagedPolicy[] {
    return [...this.#byArn.values()];
  }

  /**
   * @throws AwsError EntityAlreadyExists, ValidationError, MalformedPolicyDocument, LimitExceeded
   */
  create(input: NewPolicy): ManagedPolicy {
    checkName('policyName', input.name, 128);
    const path = checkPath(input.path);
    const own = this.all().filter(({ arn }) => !isAws(arn));
    if (
      isNameTaken(
        own.map(({ name }) => name),
        input.name,
      )
    ) {
      throw alreadyExists(
        `A policy called ${input.name} already exists. Duplicate names are not allowed.`,
      );
    }
    return this.#add(`${this.#prefix}${path}${input.name}`, path, input);
  }

  /** Restores a policy; AWS's own get their previous ids. */
  restore(policy: ManagedPolicy): void {
    this.#byArn.set(policy.arn, policy);
  }

  has(arn: string): boolean {
    return this.#byArn.has(arn);
  }

  /** @throws AwsError NoSuchEntity */
  get(arn: string): ManagedPolicy {
    return this.#find(arn) ?? raise(noSuchEntity(`Policy ${arn} was not found.`));
  }

  /** Like {@link get}, with the message for attaching a policy. */
  attachable(arn: string): ManagedPolicy {
    return (
      this.#find(arn) ?? raise(noSuchEntity(`Policy ${arn} does not exist or is not attachable.`))
    );
  }

  /** Like {@link get}, with the message for a permissions boundary. */
  asBoundary(arn: string): ManagedPolicy {
    return (
      this.#find(arn) ??
      raise(noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`))
    );
  }

  version(arn: string, id: string): PolicyVersion {
    const version = this.#find(arn)?.versions.find((candidate) => candidate.id === id);
    return (
      version ??
      raise(noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`))
    );
  }

  addVersion(arn: string, document: unknown, isDefault: boolean): PolicyVersion {
    const policy = this.#own(arn);
    if (policy.versions.length >= QUOTAS.policyVersions) {
      throw limitExceeded(
        `A managed policy can have up to ${QUOTAS.policyVersions} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    const version = newVersion(`v${policy.nextVersion++}`, document);
    policy.versions.push(version);
    if (isDefault) this.setDefault(arn, version.id);
    return version;
  }

  setDefault(arn: string, id: string): void {
    const { id: defaultVersionId } = this.version(arn, id);
    this.#own(arn).defaultVersionId = defaultVersionId;
    this.#changed();
  }

  deleteVersion(arn: string, id: string): void {
    const version = this.version(arn, id);
    const policy = this.#own(arn);
    if (policy.defaultVersionId === id) {
      throw deleteConflict('Cannot delete the default version of a policy.');
    }
    policy.versions.splice(policy.versions.indexOf(version), 1);
  }

  /** @throws AwsError DeleteConflict while it is attached or has more than one version */
  delete(arn: string, attachments: number): void {
    const policy = this.#own(arn);
    if (attachments > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    this.#byArn.delete(arn);
  }

  #find(arn: string): ManagedPolicy | undefined {
    const policy = this.#byArn.get(arn);
    if (policy === undefined && isAws(arn)) {
      const names = AWS_MANAGED_POLICIES.map(({ name }) => name).join(', ');
      throw noSuchEntity(
        `The embedded AWS does not hold the AWS managed policy ${arn}. It holds: ${names}.`,
      );
    }
    return policy;
  }

  #own(arn: string): ManagedPolicy {
    const policy = this.get(arn);
    if (isAws(arn)) throw validationError('Policy is outside your own account.');
    return policy;
  }

  #add(arn: string, path: string, input: NewPolicy): ManagedPolicy {
    const version = newVersion('v1', input.document);
    const policy: ManagedPolicy = {
      arn,
      name: input.name,
      path,
      id: uniqueId('ANPA'),
      description: input.description,
      created: version.created,
      versions: [version],
      nextVersion: 2,
      tags: new Map(input.tags),
      defaultVersionId: version.id,
    };
    this.#byArn.set(arn, policy);
    return policy;
  }
}

function newVersion(id: string, document: unknown): PolicyVersion {
  const policy = compilePolicy(document, 'managed');
  if (policySize(policy.document) > QUOTAS.managedPolicyCharacters) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${QUOTAS.managedPolicyCharacters}`);
  }
  return { id, created: new Date(), policy };
}

function raise(error: Error): never {
  throw error;
}
