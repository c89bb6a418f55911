import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { tagAnswer, tagMap } from '../../core/tags';
import type { IamAccount } from '../account';
import { IDENTITY_TAG_RULES, iamTags } from '../tags';
import { roleAnswer } from './answers';
import { boundaryValue, roleArn } from './identity';
import { arn, document, name, paged, underPathPrefix } from './members';
import { page, underPath } from './page';

const operation = operationFor<IamAccount>();

const onRole = { RoleName: required(name) } as const;

const settings = {
  Description: text,
  MaxSessionDuration: { type: 'Integer', min: 3600, max: 43_200 },
} as const;

export const roleOperations = {
  CreateRole: operation({
    input: {
      ...onRole,
      AssumeRolePolicyDocument: required(document),
      Path: text,
      Tags: iamTags,
      PermissionsBoundary: arn,
      ...settings,
    },
    resource: ({ RoleName, Path }, { store }) => roleArn(store, RoleName, Path),
    conditionValues: ({ PermissionsBoundary }) => boundaryValue(PermissionsBoundary),
    run: (input, { store: account }) => ({
      Role: roleAnswer(
        account.createRole({
          name: input.RoleName,
          trustPolicy: input.AssumeRolePolicyDocument,
          path: input.Path,
          tags: tagMap(input.Tags, IDENTITY_TAG_RULES),
          description: input.Description,
          maxSessionDuration: input.MaxSessionDuration,
          permissionsBoundary: input.PermissionsBoundary,
        }),
        'create',
      ),
    }),
  }),
  GetRole: operation({
    input: onRole,
    resource: ({ RoleName }, { store }) => roleArn(store, RoleName),
    run: ({ RoleName }, { store: account }) => ({
      Role: roleAnswer(account.role(RoleName), 'get'),
    }),
  }),
  ListRoles: operation({
    input: { ...underPathPrefix, ...paged },
    resource: (_input, { store }) => store.arnOf('role', '/', ''),
    run(input, { store: account }) {
      const { items, marks } = page(underPath(account.roles.values(), input), input);
      return { Roles: items.map((role) => roleAnswer(role, 'list')), ...marks };
    },
  }),
  UpdateRole: operation({
    input: { ...onRole, ...settings },
    resource: ({ RoleName }, { store }) => roleArn(store, RoleName),
    run({ RoleName, Description, MaxSessionDuration }, { store: account }) {
      account.updateRole(RoleName, {
        description: Description,
        maxSessionDuration: MaxSessionDuration,
      });
      return {};
    },
  }),
  UpdateAssumeRolePolicy: operation({
    input: { ...onRole, PolicyDocument: required(document) },
    resource: ({ RoleName }, { store }) => roleArn(store, RoleName),
    run({ RoleName, PolicyDocument: trustPolicy }, { store: account }) {
      account.updateRole(RoleName, { trustPolicy });
      return undefined;
    },
  }),
  DeleteRole: operation({
    input: onRole,
    resource: ({ RoleName }, { store }) => roleArn(store, RoleName),
    run({ RoleName }, { store: account }) {
      account.deleteRole(RoleName);
      return undefined;
    },
  }),
  ListRoleTags: operation({
    input: onRole,
    resource: ({ RoleName }, { store }) => roleArn(store, RoleName),
    run: ({ RoleName }, { store: account }) => ({
      Tags: tagAnswer(account.role(RoleName).tags),
      IsTruncated: false,
    }),
  }),
  TagRole: operation({
    input: { ...onRole, Tags: required(iamTags) },
    resource: ({ RoleName }, { store }) => roleArn(store, RoleName),
    run({ RoleName, Tags }, { store: account }) {
      const { tags } = account.role(RoleName);
      for (const [key, value] of tagMap(Tags, { ...IDENTITY_TAG_RULES, present: tags }))
        tags.set(key, value);
      return undefined;
    },
  }),
};
