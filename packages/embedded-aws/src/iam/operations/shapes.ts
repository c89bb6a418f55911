import { listMember, type QueryInput, textMember } from '../../core/protocol/query';
import type { XmlValue } from '../../core/xml';
import type { IamAccount } from '../account';
import type { Identity, ManagedPolicy, Role, User } from '../entities';
import { validationError } from '../iam-errors';

/** IAM answers policy documents percent-encoded (RFC 3986). */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function tagList(tags: ReadonlyMap<string, string>): XmlValue {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export function tagsMember(input: QueryInput): Map<string, string> {
  return new Map(
    listMember(input, 'Tags').map((tag) =>
      typeof tag === 'string'
        ? ['', tag]
        : [textMember(tag, 'Key') ?? '', textMember(tag, 'Value') ?? ''],
    ),
  );
}

export function numberMember(input: QueryInput, name: string): number | undefined {
  const text = textMember(input, name);
  if (text === undefined) return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw validationError(
    `Value '${text}' at '${name}' failed to satisfy constraint: Member must be a number`,
  );
}

/** @param withTags lists leave tags out, as AWS's do */
export function roleShape(role: Role, withTags = true): { readonly [name: string]: XmlValue } {
  return {
    ...identityShape('Role', role),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy.document),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    ...(withTags && {
      RoleLastUsed: {},
      Tags: role.tags.size > 0 ? tagList(role.tags) : undefined,
    }),
  };
}

export function userShape(user: User, withTags = true): { readonly [name: string]: XmlValue } {
  return {
    ...identityShape('User', user),
    ...(withTags && { Tags: user.tags.size > 0 ? tagList(user.tags) : undefined }),
  };
}

function identityShape(kind: 'Role' | 'User', identity: Identity) {
  return {
    Path: identity.path,
    [`${kind}Name`]: identity.name,
    [`${kind}Id`]: identity.id,
    Arn: identity.arn,
    CreateDate: identity.created,
  };
}

export function policyShape(account: IamAccount, policy: ManagedPolicy) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: account.attachedTo(policy.arn).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.created,
    UpdateDate: policy.versions.at(-1)?.created ?? policy.created,
    Tags: policy.tags.size > 0 ? tagList(policy.tags) : undefined,
  };
}

const PAGE = 100;
const LARGEST_PAGE = 1000;

/** One page of a list as IAM pages them: MaxItems, Marker, IsTruncated. */
export function page<Item>(
  input: QueryInput,
  items: readonly Item[],
): { readonly items: readonly Item[]; readonly marks: { readonly [name: string]: XmlValue } } {
  const size = numberMember(input, 'MaxItems') ?? PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw validationError(
      `1 validation error detected: Value '${size}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and ${LARGEST_PAGE}`,
    );
  }
  const marker = textMember(input, 'Marker');
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64').toString('utf8'));
  if (!Number.isInteger(start) || start < 0) throw validationError('Invalid Marker.');
  const end = start + size;
  const isTruncated = end < items.length;
  return {
    items: items.slice(start, end),
    marks: {
      IsTruncated: isTruncated,
      Marker: isTruncated ? Buffer.from(String(end)).toString('base64') : undefined,
    },
  };
}

/** Items under PathPrefix, by name. */
export function underPath<Item extends { readonly path: string; readonly name: string }>(
  input: QueryInput,
  items: Iterable<Item>,
): Item[] {
  const prefix = textMember(input, 'PathPrefix') ?? '/';
  return [...items]
    .filter(({ path }) => path.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
