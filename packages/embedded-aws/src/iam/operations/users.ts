import { type QueryInput, requiredText, textMember } from '../../core/protocol/query';
import type { IamAccount } from '../account';
import type { User } from '../entities';
import { noSuchEntity, validationError } from '../iam-errors';
import type { IamAction } from './index';
import { page, tagsMember, underPath, userShape } from './shapes';

/** The ARN of the user that UserName names; where it is missing, the ARN that it would have. */
export function userResource(account: IamAccount, input: QueryInput): string {
  const name = textMember(input, 'UserName') ?? '';
  return (
    account.users.get(name)?.arn ?? account.arnOf('user', textMember(input, 'Path') ?? '/', name)
  );
}

const userOf = (account: IamAccount, input: QueryInput): User =>
  account.user(requiredText(input, 'UserName'));

export const userActions: Readonly<Record<string, IamAction>> = {
  CreateUser: {
    resource: userResource,
    run: (account, input) => ({
      User: userShape(
        account.createUser({
          name: requiredText(input, 'UserName'),
          path: textMember(input, 'Path'),
          tags: tagsMember(input),
        }),
      ),
    }),
  },
  GetUser: {
    resource: userResource,
    run(account, input, { caller }) {
      const name = textMember(input, 'UserName');
      if (name !== undefined) return { User: userShape(account.user(name)) };
      // Without a name the caller asks who it is itself.
      const own = [...account.users.values()].find(({ arn }) => arn === caller.arn);
      if (own !== undefined) return { User: userShape(own) };
      if (!caller.arn.endsWith(':root')) {
        throw validationError('Must specify userName when calling with non-User credentials');
      }
      return { User: { UserId: account.accountId, Arn: caller.arn } };
    },
  },
  ListUsers: {
    resource: (account) => account.arnOf('user', '/', ''),
    run(account, input) {
      const { items, marks } = page(input, underPath(input, account.users.values()));
      return { Users: items.map((user) => userShape(user, false)), ...marks };
    },
  },
  DeleteUser: {
    resource: userResource,
    run(account, input) {
      account.deleteUser(requiredText(input, 'UserName'));
      return undefined;
    },
  },
  CreateAccessKey: {
    resource: userResource,
    run(account, input) {
      const { name } = userOf(account, input);
      const key = account.createAccessKey(name);
      return {
        AccessKey: {
          UserName: name,
          AccessKeyId: key.id,
          Status: key.status,
          SecretAccessKey: key.secret,
          CreateDate: key.created,
        },
      };
    },
  },
  ListAccessKeys: {
    resource: userResource,
    run(account, input) {
      const user = userOf(account, input);
      const { items, marks } = page(input, [...user.accessKeys.values()]);
      const shapes = items.map((key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        CreateDate: key.created,
      }));
      return { AccessKeyMetadata: shapes, ...marks };
    },
  },
  UpdateAccessKey: {
    resource: userResource,
    run(account, input) {
      const status = requiredText(input, 'Status');
      if (status !== 'Active' && status !== 'Inactive') {
        throw validationError(
          `1 validation error detected: Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]`,
        );
      }
      keyOf(account, input).status = status;
      return undefined;
    },
  },
  DeleteAccessKey: {
    resource: userResource,
    run(account, input) {
      const key = keyOf(account, input);
      userOf(account, input).accessKeys.delete(key.id);
      return undefined;
    },
  },
};

function keyOf(account: IamAccount, input: QueryInput) {
  const id = requiredText(input, 'AccessKeyId');
  const key = userOf(account, input).accessKeys.get(id);
  if (key === undefined) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}
