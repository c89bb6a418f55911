import { operationFor } from '../../core/protocol/operation';
import { required } from '../../core/shapes/shape';
import type { IamAccount } from '../account';
import { type IdentityKind, policyValue, ROLE, USER } from './identity';
import { arn, paged, underPathPrefix } from './members';
import { page, underPath } from './page';

const operation = operationFor<IamAccount>();

/** The managed policies of a role or a user. */
function operationsOn(identity: IdentityKind) {
  const { kind, named } = identity;
  return {
    [`Attach${kind}Policy`]: operation({
      input: { ...named, PolicyArn: required(arn) },
      resource: (input, { store }) => identity.arn(store, input),
      conditionValues: (input, { store }) => ({
        ...identity.boundary(store, input),
        ...policyValue(input.PolicyArn),
      }),
      run(input, { store: account }) {
        account.attachPolicy(identity.find(account, input), input.PolicyArn);
        return undefined;
      },
    }),
    [`Detach${kind}Policy`]: operation({
      input: { ...named, PolicyArn: required(arn) },
      resource: (input, { store }) => identity.arn(store, input),
      conditionValues: (input, { store }) => ({
        ...identity.boundary(store, input),
        ...policyValue(input.PolicyArn),
      }),
      run(input, { store: account }) {
        account.detachPolicy(identity.find(account, input), input.PolicyArn);
        return undefined;
      },
    }),
    [`ListAttached${kind}Policies`]: operation({
      input: { ...named, ...underPathPrefix, ...paged },
      resource: (input, { store }) => identity.arn(store, input),
      run(input, { store: account }) {
        const { attachedPolicies } = identity.find(account, input);
        const { items, marks } = page(underPath(attachedPolicies.values(), input), input);
        return {
          AttachedPolicies: items.map((policy) => ({
            PolicyName: policy.name,
            PolicyArn: policy.arn,
          })),
          ...marks,
        };
      },
    }),
  };
}

export const attachmentOperations = { ...operationsOn(ROLE), ...operationsOn(USER) };
