import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';

import { oneOf } from '../../core/validation';
import type { IamAccount } from '../account';
import { constraintViolated, noSuchEntity } from '../errors';
import { userArn } from './identity';
import { name, paged } from './members';
import { page } from './page';

const operation = operationFor<IamAccount>();

const onUser = { UserName: required(name) } as const;
const onKey = { ...onUser, AccessKeyId: required(text) } as const;

export const accessKeyOperations = {
  CreateAccessKey: operation({
    input: onUser,
    resource: ({ UserName }, { store }) => userArn(store, UserName),
    run({ UserName }, { store: account }) {
      const key = account.createAccessKey(account.user(UserName).name);
      return {
        AccessKey: {
          UserName,
          AccessKeyId: key.id,
          Status: key.status,
          SecretAccessKey: key.secret,
          CreateDate: key.created,
        },
      };
    },
  }),
  ListAccessKeys: operation({
    input: { ...onUser, ...paged },
    resource: ({ UserName }, { store }) => userArn(store, UserName),
    run(input, { store: account }) {
      const user = account.user(input.UserName);
      const { items, marks } = page([...user.accessKeys.values()], input);
      const keys = items.map((key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        CreateDate: key.created,
      }));
      return { AccessKeyMetadata: keys, ...marks };
    },
  }),
  UpdateAccessKey: operation({
    input: { ...onKey, Status: required(text) },
    resource: ({ UserName }, { store }) => userArn(store, UserName),
    run(input, { store: account }) {
      keyOf(account, input).status = statusFrom(input.Status);
      return undefined;
    },
  }),
  DeleteAccessKey: operation({
    input: onKey,
    resource: ({ UserName }, { store }) => userArn(store, UserName),
    run(input, { store: account }) {
      account.user(input.UserName).accessKeys.delete(keyOf(account, input).id);
      return undefined;
    },
  }),
};

/** AWS lists `Expired` but accepts only the other two. @throws AwsError ValidationError */
function statusFrom(status: string): 'Active' | 'Inactive' {
  if (status === 'Active' || status === 'Inactive') return status;
  const constraint = oneOf(['Active', 'Inactive', 'Expired']);
  throw constraintViolated({ path: 'status', value: status, constraint });
}

/** @throws AwsError NoSuchEntity */
function keyOf(
  account: IamAccount,
  { UserName, AccessKeyId: id }: { readonly UserName: string; readonly AccessKeyId: string },
) {
  const key = account.user(UserName).accessKeys.get(id);
  if (key === undefined) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}
