import { operationFor } from '../../core/protocol/operation';
import { flag, required, text } from '../../core/shapes/shape';
import { tagMap } from '../../core/tags';
import type { IamAccount } from '../account';
import type { ManagedPolicy } from '../entities';
import { iamTags, TAG_RULES } from '../tags';
import { policyAnswer } from './answers';
import { arn, document, name, paged, underPathPrefix } from './members';
import { page, underPath } from './page';

const operation = operationFor<IamAccount>();

const onPolicy = { PolicyArn: required(arn) } as const;

const SCOPES = {
  All: () => true,
  AWS: (policy: ManagedPolicy) => policy.arn.includes(':iam::aws:'),
  Local: (policy: ManagedPolicy) => !policy.arn.includes(':iam::aws:'),
} as const;

export const managedPolicyOperations = {
  CreatePolicy: operation({
    input: {
      PolicyName: required(name),
      PolicyDocument: required(document),
      Path: text,
      Description: text,
      Tags: iamTags,
    },
    resource: ({ PolicyName, Path = '/' }, { store }) => store.arnOf('policy', Path, PolicyName),
    run: (input, { store: account }) => ({
      Policy: policyAnswer(
        account,
        account.policies.create({
          name: input.PolicyName,
          document: input.PolicyDocument,
          path: input.Path,
          description: input.Description,
          tags: tagMap(input.Tags, TAG_RULES),
        }),
        'create',
      ),
    }),
  }),
  GetPolicy: operation({
    input: onPolicy,
    resource: ({ PolicyArn }) => PolicyArn,
    run: ({ PolicyArn }, { store: account }) => ({
      Policy: policyAnswer(account, account.policies.get(PolicyArn), 'get'),
    }),
  }),
  ListPolicies: operation({
    input: {
      Scope: { type: 'String', values: ['All', 'AWS', 'Local'] },
      OnlyAttached: flag,
      ...underPathPrefix,
      ...paged,
    },
    resource: (_input, { store }) => store.arnOf('policy', '/', ''),
    run(input, { store: account }) {
      const { Scope = 'All', OnlyAttached = false } = input;
      const policies = account.policies
        .all()
        .filter(SCOPES[Scope])
        .filter((policy) => !OnlyAttached || account.attachedTo(policy.arn).length > 0);
      const { items, marks } = page(underPath(policies, input), input);
      return { Policies: items.map((policy) => policyAnswer(account, policy, 'list')), ...marks };
    },
  }),
  DeletePolicy: operation({
    input: onPolicy,
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn }, { store: account }) {
      const uses = [...account.attachedTo(PolicyArn), ...account.boundedBy(PolicyArn)];
      account.policies.delete(PolicyArn, uses.length);
      return undefined;
    },
  }),
  ListEntitiesForPolicy: operation({
    input: {
      ...onPolicy,
      PolicyUsageFilter: { type: 'String', values: ['PermissionsPolicy', 'PermissionsBoundary'] },
    },
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, PolicyUsageFilter: usage }, { store: account }) {
      const identities = [
        ...new Set([
          ...(usage === 'PermissionsBoundary' ? [] : account.attachedTo(PolicyArn)),
          ...(usage === 'PermissionsPolicy' ? [] : account.boundedBy(PolicyArn)),
        ]),
      ];
      return {
        PolicyGroups: [],
        PolicyRoles: identities
          .filter(({ kind }) => kind === 'role')
          .map((role) => ({ RoleName: role.name, RoleId: role.id })),
        PolicyUsers: identities
          .filter(({ kind }) => kind === 'user')
          .map((user) => ({ UserName: user.name, UserId: user.id })),
        IsTruncated: false,
      };
    },
  }),
};
