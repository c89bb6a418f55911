import { type QueryInput, requiredText, textMember } from '../../core/protocol/query';
import type { IamAccount } from '../account';
import type { IamAction } from './index';
import { numberMember, page, roleShape, tagList, tagsMember, underPath } from './shapes';

/** The ARN of the role that RoleName names; where it is missing, the ARN that it would have. */
export function roleResource(account: IamAccount, input: QueryInput): string {
  const name = requiredText(input, 'RoleName');
  const path = textMember(input, 'Path') ?? '/';
  return account.roles.get(name)?.arn ?? account.arnOf('role', path, name);
}

const changes = (input: QueryInput) => ({
  description: textMember(input, 'Description'),
  maxSessionDuration: numberMember(input, 'MaxSessionDuration'),
});

export const roleActions: Readonly<Record<string, IamAction>> = {
  CreateRole: {
    resource: roleResource,
    run: (account, input) => ({
      Role: roleShape(
        account.createRole({
          name: requiredText(input, 'RoleName'),
          trustPolicy: requiredText(input, 'AssumeRolePolicyDocument'),
          path: textMember(input, 'Path'),
          tags: tagsMember(input),
          ...changes(input),
        }),
      ),
    }),
  },
  GetRole: {
    resource: roleResource,
    run: (account, input) => ({ Role: roleShape(account.role(requiredText(input, 'RoleName'))) }),
  },
  ListRoles: {
    resource: (account) => account.arnOf('role', '/', ''),
    run(account, input) {
      const { items, marks } = page(input, underPath(input, account.roles.values()));
      return { Roles: items.map((role) => roleShape(role, false)), ...marks };
    },
  },
  UpdateRole: {
    resource: roleResource,
    run(account, input) {
      account.updateRole(requiredText(input, 'RoleName'), changes(input));
      return {};
    },
  },
  UpdateAssumeRolePolicy: {
    resource: roleResource,
    run(account, input) {
      const trustPolicy = requiredText(input, 'PolicyDocument');
      account.updateRole(requiredText(input, 'RoleName'), { trustPolicy });
      return undefined;
    },
  },
  DeleteRole: {
    resource: roleResource,
    run(account, input) {
      account.deleteRole(requiredText(input, 'RoleName'));
      return undefined;
    },
  },
  ListRoleTags: {
    resource: roleResource,
    run(account, input) {
      const { tags } = account.role(requiredText(input, 'RoleName'));
      return { Tags: tagList(tags), IsTruncated: false };
    },
  },
  TagRole: {
    resource: roleResource,
    run(account, input) {
      const { tags } = account.role(requiredText(input, 'RoleName'));
      for (const [key, value] of tagsMember(input)) tags.set(key, value);
      return undefined;
    },
  },
};
