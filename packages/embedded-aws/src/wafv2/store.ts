import { randomUUID } from 'node:crypto';
import { partitionOf, type Scope } from '../core/caller';
import { constraintViolation, refusal, unsupported } from './errors';
import type { WebAclSettings } from './settings';

/** The one scope there is: the other is CloudFront's. */
const SCOPES = ['CLOUDFRONT', 'REGIONAL'] as const;
export const SCOPE = 'REGIONAL';

const NAME = /^[\w-]{1,128}$/;

/** A web ACL. Its rules are always none. */
export interface WebAcl {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly tags: Map<string, string>;
  settings: WebAclSettings;
  /** Changes with every change: who edits what has been changed since is refused. */
  lockToken: string;
}

export interface NewWebAcl {
  readonly name: string;
  readonly settings: WebAclSettings;
  readonly tags: Map<string, string>;
  /** A random one unless it is given. */
  readonly id?: string;
}

/** @throws AwsError ValidationException, and NotImplemented for CloudFront's */
export function checkScope(scope: string): void {
  if (scope === SCOPE) return;
  if (scope === 'CLOUDFRONT') throw unsupported('the scope CLOUDFRONT');
  throw constraintViolation(
    'scope',
    scope,
    `Member must satisfy enum value set: [${SCOPES.join(', ')}]`,
  );
}

/** The web ACLs of one account in one region. */
export class WebAclStore {
  /** By ARN, in the order they were made. */
  readonly webAcls = new Map<string, WebAcl>();
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  arnOf(name: string, id: string): string {
    const { accountId, region } = this.#scope;
    return `arn:${partitionOf(region)}:wafv2:${region}:${accountId}:regional/webacl/${name}/${id}`;
  }

  /** @throws AwsError WAFDuplicateItemException, ValidationException for a name that is none */
  create({ name, settings, tags, id = randomUUID() }: NewWebAcl): WebAcl {
    if (!NAME.test(name)) {
      throw constraintViolation(
        'name',
        name,
        'Member must satisfy regular expression pattern: ^[\\w\\-]+$',
      );
    }
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
}
