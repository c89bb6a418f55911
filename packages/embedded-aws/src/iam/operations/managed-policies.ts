import { type QueryInput, requiredText, textMember } from '../../core/protocol/query';
import type { IamAccount } from '../account';
import type { ManagedPolicy, PolicyVersion } from '../entities';
import { validationError } from '../iam-errors';
import type { IamAction } from './index';
import { encodeDocument, page, policyShape, tagsMember, underPath } from './shapes';

const arnOf = (_account: IamAccount, input: QueryInput) => requiredText(input, 'PolicyArn');

const versionShape = (policy: ManagedPolicy, { id, created }: PolicyVersion) => ({
  VersionId: id,
  IsDefaultVersion: policy.defaultVersionId === id,
  CreateDate: created,
});

const SCOPES: Readonly<Record<string, (policy: ManagedPolicy) => boolean>> = {
  All: () => true,
  AWS: ({ arn }) => arn.includes(':iam::aws:'),
  Local: ({ arn }) => !arn.includes(':iam::aws:'),
};

export const managedPolicyActions: Readonly<Record<string, IamAction>> = {
  CreatePolicy: {
    resource: (account, input) =>
      account.arnOf('policy', textMember(input, 'Path') ?? '/', requiredText(input, 'PolicyName')),
    run: (account, input) => ({
      Policy: policyShape(
        account,
        account.policies.create({
          name: requiredText(input, 'PolicyName'),
          document: requiredText(input, 'PolicyDocument'),
          path: textMember(input, 'Path'),
          description: textMember(input, 'Description'),
          tags: tagsMember(input),
        }),
      ),
    }),
  },
  GetPolicy: {
    resource: arnOf,
    run: (account, input) => ({
      Policy: policyShape(account, account.policies.get(requiredText(input, 'PolicyArn'))),
    }),
  },
  ListPolicies: {
    resource: (account) => account.arnOf('policy', '/', ''),
    run(account, input) {
      const scope = textMember(input, 'Scope') ?? 'All';
      const inScope = Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined;
      if (inScope === undefined) throw validationError(`Invalid Scope ${scope}.`);
      const onlyAttached = textMember(input, 'OnlyAttached') === 'true';
      const policies = account.policies
        .all()
        .filter((policy) => inScope(policy))
        .filter(({ arn }) => !onlyAttached || account.attachedTo(arn).length > 0);
      const { items, marks } = page(input, underPath(input, policies));
      return { Policies: items.map((policy) => policyShape(account, policy)), ...marks };
    },
  },
  DeletePolicy: {
    resource: arnOf,
    run(account, input) {
      const arn = requiredText(input, 'PolicyArn');
      account.policies.delete(arn, account.attachedTo(arn).length);
      return undefined;
    },
  },
  CreatePolicyVersion: {
    resource: arnOf,
    run(account, input) {
      const arn = requiredText(input, 'PolicyArn');
      const isDefault = textMember(input, 'SetAsDefault') === 'true';
      const document = requiredText(input, 'PolicyDocument');
      const version = account.policies.addVersion(arn, document, isDefault);
      return { PolicyVersion: versionShape(account.policies.get(arn), version) };
    },
  },
  GetPolicyVersion: {
    resource: arnOf,
    run(account, input) {
      const arn = requiredText(input, 'PolicyArn');
      const version = account.policies.version(arn, requiredText(input, 'VersionId'));
      const Document = encodeDocument(version.policy.document);
      return { PolicyVersion: { Document, ...versionShape(account.policies.get(arn), version) } };
    },
  },
  ListPolicyVersions: {
    resource: arnOf,
    run(account, input) {
      const policy = account.policies.get(requiredText(input, 'PolicyArn'));
      const { items, marks } = page(input, [...policy.versions].reverse());
      return { Versions: items.map((version) => versionShape(policy, version)), ...marks };
    },
  },
  SetDefaultPolicyVersion: {
    resource: arnOf,
    run(account, input) {
      const id = requiredText(input, 'VersionId');
      account.policies.setDefault(requiredText(input, 'PolicyArn'), id);
      return undefined;
    },
  },
  DeletePolicyVersion: {
    resource: arnOf,
    run(account, input) {
      const id = requiredText(input, 'VersionId');
      account.policies.deleteVersion(requiredText(input, 'PolicyArn'), id);
      return undefined;
    },
  },
  ListEntitiesForPolicy: {
    resource: arnOf,
    run(account, input) {
      const identities = account.attachedTo(requiredText(input, 'PolicyArn'));
      return {
        PolicyGroups: [],
        PolicyRoles: identities
          .filter(({ kind }) => kind === 'role')
          .map(({ name, id }) => ({ RoleName: name, RoleId: id })),
        PolicyUsers: identities
          .filter(({ kind }) => kind === 'user')
          .map(({ name, id }) => ({ UserName: name, UserId: id })),
        IsTruncated: false,
      };
    },
  },
};
