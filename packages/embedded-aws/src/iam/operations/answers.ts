import { tagAnswer } from '../../core/tags';
import type { XmlValue } from '../../core/xml';
import type { IamAccount } from '../account';
import type { Identity, ManagedPolicy, Role, User } from '../entities';

/** IAM answers policy documents percent-encoded (RFC 3986). */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The answers that an entity is in: each leaves out what AWS leaves out (L, 10 to 19-02-2026). */
type AnswerKind = 'create' | 'get' | 'list';

export function roleAnswer(role: Role, kind: AnswerKind): { readonly [name: string]: XmlValue } {
  return {
    ...identityAnswer('Role', role),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy.document),
    Description: role.description,
    MaxSessionDuration: kind === 'create' ? undefined : role.maxSessionDuration,
    RoleLastUsed: kind === 'get' ? {} : undefined,
    ...(kind !== 'list' && {
      ...boundaryAnswer(role),
      Tags: role.tags.size > 0 ? tagAnswer(role.tags) : undefined,
    }),
  };
}

/** @param withTags false for lists, which omit tags and permissions boundaries as on AWS */
export function userAnswer(user: User, withTags = true): { readonly [name: string]: XmlValue } {
  return {
    ...identityAnswer('User', user),
    ...(withTags && {
      ...boundaryAnswer(user),
      Tags: user.tags.size > 0 ? tagAnswer(user.tags) : undefined,
    }),
  };
}

/** The type is `Policy`, not `PermissionsBoundaryPolicy` as the API reference has it (recorded). */
function boundaryAnswer({ permissionsBoundary: boundary }: Identity) {
  return {
    PermissionsBoundary: boundary && {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: boundary.arn,
    },
  };
}

function identityAnswer(kind: 'Role' | 'User', identity: Identity) {
  return {
    Path: identity.path,
    [`${kind}Name`]: identity.name,
    [`${kind}Id`]: identity.id,
    Arn: identity.arn,
    CreateDate: identity.created,
  };
}

export function policyAnswer(account: IamAccount, policy: ManagedPolicy, kind: AnswerKind) {
  const hasTags = kind === 'get' || (kind === 'create' && policy.tags.size > 0);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: account.attachedTo(policy.arn).length,
    PermissionsBoundaryUsageCount: account.boundedBy(policy.arn).length,
    IsAttachable: true,
    Description: kind === 'get' ? policy.description : undefined,
    CreateDate: policy.created,
    UpdateDate: policy.versions.at(-1)?.created ?? policy.created,
    Tags: hasTags ? tagAnswer(policy.tags) : undefined,
  };
}
