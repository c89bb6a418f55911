import { operationFor } from '../../core/protocol/operation';
import { required } from '../../core/shapes/shape';
import type { IamAccount } from '../account';
import { boundaryValue, type IdentityKind, ROLE, USER } from './identity';
import { arn } from './members';

const operation = operationFor<IamAccount>();

/**
 * The permissions boundary of a role or a user.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html
 */
function operationsOn(identity: IdentityKind) {
  const { kind, named } = identity;
  return {
    [`Put${kind}PermissionsBoundary`]: operation({
      input: { ...named, PermissionsBoundary: required(arn) },
      resource: (input, { store }) => identity.arn(store, input),
      conditionValues: ({ PermissionsBoundary }) => boundaryValue(PermissionsBoundary),
      run(input, { store: account }) {
        account.setBoundary(identity.find(account, input), input.PermissionsBoundary);
        return undefined;
      },
    }),
    [`Delete${kind}PermissionsBoundary`]: operation({
      input: { ...named },
      resource: (input, { store }) => identity.arn(store, input),
      conditionValues: (input, { store }) => identity.boundary(store, input),
      run(input, { store: account }) {
        account.setBoundary(identity.find(account, input), undefined);
        return undefined;
      },
    }),
  };
}

export const permissionsBoundaryOperations = { ...operationsOn(ROLE), ...operationsOn(USER) };
