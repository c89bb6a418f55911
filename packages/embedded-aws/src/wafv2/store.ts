import { randomUUID } from 'node:crypto';
import { partitionOf, type Scope } from '../core/caller';
import { unsupported } from '../core/errors';
import { memberViolations } from '../core/shapes/constraints';
import { constraintError } from '../core/validation';
import { refusal, VALIDATION } from './errors';
import { webAclName } from './members';
import { type ListResources, type ProtectedResource, resourceNamed } from './resources';
import { Samples } from './samples';
import type { WebAclSettings } from './settings';

/** The one scope there is: the other is CloudFront's. */
export const SCOPE = 'REGIONAL';

/** A web ACL. */
export interface WebAcl {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly tags: Map<string, string>;
  settings: WebAclSettings;
  /** Changes with every change, so that an edit of an older version is refused. */
  lockToken: string;
}

export interface NewWebAcl {
  readonly name: string;
  readonly settings: WebAclSettings;
  readonly tags: Map<string, string>;
  /** A random one unless it is given. */
  readonly id?: string;
}

/** @throws AwsError NotImplemented for CloudFront's */
export function requireRegional(scope: string): void {
  if (scope !== SCOPE) throw unsupported(`the scope ${scope} of WAF`);
}

/** The web ACLs of one account in one region, and what they protect. */
export class WebAclStore {
  /** By ARN, in the order of their creation. */
  readonly webAcls = new Map<string, WebAcl>();
  readonly samples = new Samples();
  readonly #scope: Scope;
  readonly #list: ListResources;

  constructor(scope: Scope, list: ListResources) {
    this.#scope = scope;
    this.#list = list;
  }

  arnOf(name: string, id: string): string {
    const { accountId, region } = this.#scope;
    return `arn:${partitionOf(region)}:wafv2:${region}:${accountId}:regional/webacl/${name}/${id}`;
  }

  /** @throws AwsError WAFDuplicateItemException, ValidationException for an invalid name */
  create({ name, settings, tags, id = randomUUID() }: NewWebAcl): WebAcl {
    const violations = memberViolations('name', webAclName, name);
    if (violations.length > 0) throw constraintError(VALIDATION, violations);
    const isTaken = [...this.webAcls.values()].some((webAcl) => webAcl.name === name);
    if (isTaken) throw refusal('WAFDuplicateItemException');
    const webAcl: WebAcl = {
      id,
      name,
      arn: this.arnOf(name, id),
      accountId: this.#scope.accountId,
      tags,
      settings,
      lockToken: randomUUID(),
    };
    this.webAcls.set(webAcl.arn, webAcl);
    return webAcl;
  }

  /** @throws AwsError WAFNonexistentItemException */
  get(arn: string): WebAcl {
    const webAcl = this.webAcls.get(arn);
    if (webAcl === undefined) throw refusal('WAFNonexistentItemException');
    return webAcl;
  }

  update(webAcl: WebAcl, settings: WebAclSettings): void {
    webAcl.settings = settings;
    webAcl.lockToken = randomUUID();
  }

  /** @throws AwsError WAFAssociatedItemException while it protects anything */
  delete(arn: string): void {
    if (this.protectedBy(arn).length > 0) throw refusal('WAFAssociatedItemException');
    this.webAcls.delete(arn);
  }

  /** A resource that a web ACL can protect. @throws AwsError as {@link resourceNamed} */
  resource(arn: string): ProtectedResource {
    return resourceNamed(this.#list, this.#scope, arn);
  }

  /** The resources that a web ACL protects. */
  protectedBy(webAclArn: string): ProtectedResource[] {
    return this.#list(this.#scope).filter((resource) => resource.webAclArn === webAclArn);
  }
}
