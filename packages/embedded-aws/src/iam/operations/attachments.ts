import { type QueryInput, requiredText } from '../../core/protocol/query';
import type { IamAccount } from '../account';
import type { Role, User } from '../entities';
import type { IamAction } from './index';
import { roleResource } from './roles';
import { page, underPath } from './shapes';
import { userResource } from './users';

/** Attaching managed policies is the same for roles and users, but for the names. */
function actionsFor(
  kind: 'Role' | 'User',
  resource: IamAction['resource'],
  find: (account: IamAccount, input: QueryInput) => Role | User,
): Readonly<Record<string, IamAction>> {
  return {
    [`Attach${kind}Policy`]: {
      resource,
      run(account, input) {
        account.attachPolicy(find(account, input), requiredText(input, 'PolicyArn'));
        return undefined;
      },
    },
    [`Detach${kind}Policy`]: {
      resource,
      run(account, input) {
        account.detachPolicy(find(account, input), requiredText(input, 'PolicyArn'));
        return undefined;
      },
    },
    [`ListAttached${kind}Policies`]: {
      resource,
      run(account, input) {
        const attached = underPath(input, find(account, input).attachedPolicies.values());
        const { items, marks } = page(input, attached);
        const shapes = items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }));
        return { AttachedPolicies: shapes, ...marks };
      },
    },
  };
}

export const attachmentActions: Readonly<Record<string, IamAction>> = {
  ...actionsFor('Role', roleResource, (account, input) =>
    account.role(requiredText(input, 'RoleName')),
  ),
  ...actionsFor('User', userResource, (account, input) =>
    account.user(requiredText(input, 'UserName')),
  ),
};
