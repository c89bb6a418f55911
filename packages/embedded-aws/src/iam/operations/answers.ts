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

/** @param withTags false for lists, which omit tags and permissions boundaries as on AWS */
export function roleAnswer(role: Role, withTags = true): { readonly [name: string]: XmlValue } {
  return {
    ...identityAnswer('Role', role),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy.document),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    ...(withTags && {
      ...boundaryAnswer(role),
      RoleLastUsed: {},
      Tags: role.tags.size > 0 ? tagAnswer(role.tags) : undefined,
    }),
  };
}

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

export function policyAnswer(account: IamAccount, policy: ManagedPolicy) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: account.attachedTo(policy.arn).length,
    PermissionsBoundaryUsageCount: account.boundedBy(policy.arn).length,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.created,
    UpdateDate: policy.versions.at(-1)?.created ?? policy.created,
    Tags: policy.tags.size > 0 ? tagAnswer(policy.tags) : undefined,
  };
}
