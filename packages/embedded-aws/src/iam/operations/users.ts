import type { Caller } from '../../core/caller';
import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { tagMap } from '../../core/tags';
import type { IamAccount } from '../account';
import { validationError } from '../errors';
import { IDENTITY_TAG_RULES, iamTags } from '../tags';
import { userAnswer } from './answers';
import { boundaryValue, userArn } from './identity';
import { arn, name, paged, underPathPrefix } from './members';
import { page, underPath } from './page';

const operation = operationFor<IamAccount>();

export const userOperations = {
  CreateUser: operation({
    input: { UserName: required(name), Path: text, Tags: iamTags, PermissionsBoundary: arn },
    resource: ({ UserName, Path }, { store }) => userArn(store, UserName, Path),
    conditionValues: ({ PermissionsBoundary }) => boundaryValue(PermissionsBoundary),
    run: (input, { store: account }) => ({
      User: userAnswer(
        account.createUser({
          name: input.UserName,
          path: input.Path,
          tags: tagMap(input.Tags, IDENTITY_TAG_RULES),
          permissionsBoundary: input.PermissionsBoundary,
        }),
      ),
    }),
  }),
  GetUser: operation({
    input: { UserName: name },
    resource: ({ UserName = '' }, { store }) => userArn(store, UserName),
    run: ({ UserName }, { store: account, caller }) => ({
      User:
        UserName === undefined ? callerAsUser(account, caller) : userAnswer(account.user(UserName)),
    }),
  }),
  ListUsers: operation({
    input: { ...underPathPrefix, ...paged },
    resource: (_input, { store }) => store.arnOf('user', '/', ''),
    run(input, { store: account }) {
      const { items, marks } = page(underPath(account.users.values(), input), input);
      return { Users: items.map((user) => userAnswer(user, false)), ...marks };
    },
  }),
  DeleteUser: operation({
    input: { UserName: required(name) },
    resource: ({ UserName }, { store }) => userArn(store, UserName),
    run({ UserName }, { store: account }) {
      account.deleteUser(UserName);
      return undefined;
    },
  }),
};

/** The caller's own user, for requests without a name. @throws AwsError ValidationError */
function callerAsUser(account: IamAccount, { arn }: Caller) {
  const own = [...account.users.values()].find((user) => user.arn === arn);
  if (own !== undefined) return userAnswer(own);
  if (!arn.endsWith(':root')) {
    throw validationError('Must specify userName when calling with non-User credentials');
  }
  return { UserId: account.accountId, Arn: arn };
}
