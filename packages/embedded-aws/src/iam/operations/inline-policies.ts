import { type QueryInput, requiredText } from '../../core/protocol/query';
import type { IamAccount } from '../account';
import type { Role, User } from '../entities';
import type { IamAction } from './index';
import { roleResource } from './roles';
import { encodeDocument, page } from './shapes';
import { userResource } from './users';

/** PutRolePolicy and its like are the same for users, but for their names. */
function actionsFor(
  kind: 'Role' | 'User',
  resource: IamAction['resource'],
  find: (account: IamAccount, input: QueryInput) => Role | User,
): Readonly<Record<string, IamAction>> {
  const policyName = (input: QueryInput) => requiredText(input, 'PolicyName');
  return {
    [`Put${kind}Policy`]: {
      resource,
      run(account, input) {
        const document = requiredText(input, 'PolicyDocument');
        account.putInlinePolicy(find(account, input), policyName(input), document);
        return undefined;
      },
    },
    [`Get${kind}Policy`]: {
      resource,
      run(account, input) {
        const identity = find(account, input);
        const { document } = account.inlinePolicy(identity, policyName(input));
        return {
          [`${kind}Name`]: identity.name,
          PolicyName: policyName(input),
          PolicyDocument: encodeDocument(document),
        };
      },
    },
    [`List${kind}Policies`]: {
      resource,
      run(account, input) {
        const names = [...find(account, input).inlinePolicies.keys()].sort();
        const { items, marks } = page(input, names);
        return { PolicyNames: items, ...marks };
      },
    },
    [`Delete${kind}Policy`]: {
      resource,
      run(account, input) {
        account.deleteInlinePolicy(find(account, input), policyName(input));
        return undefined;
      },
    },
  };
}

export const inlinePolicyActions: Readonly<Record<string, IamAction>> = {
  ...actionsFor('Role', roleResource, (account, input) =>
    account.role(requiredText(input, 'RoleName')),
  ),
  ...actionsFor('User', userResource, (account, input) =>
    account.user(requiredText(input, 'UserName')),
  ),
};
