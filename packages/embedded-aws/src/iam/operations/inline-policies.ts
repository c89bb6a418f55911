import { operationFor } from '../../core/protocol/operation';
import { required } from '../../core/shapes/shape';
import type { IamAccount } from '../account';
import { encodeDocument } from './answers';
import { type IdentityKind, ROLE, USER } from './identity';
import { document, name, paged } from './members';
import { page } from './page';

const operation = operationFor<IamAccount>();

/** The inline policies of a role or a user. */
function operationsOn(identity: IdentityKind) {
  const { kind, named } = identity;
  return {
    [`Put${kind}Policy`]: operation({
      input: { ...named, PolicyName: required(name), PolicyDocument: required(document) },
      resource: (input, { store }) => identity.arn(store, input),
      conditionValues: (input, { store }) => identity.boundary(store, input),
      run(input, { store: account }) {
        const { PolicyName, PolicyDocument } = input;
        account.putInlinePolicy(identity.find(account, input), PolicyName, PolicyDocument);
        return undefined;
      },
    }),
    [`Get${kind}Policy`]: operation({
      input: { ...named, PolicyName: required(name) },
      resource: (input, { store }) => identity.arn(store, input),
      run(input, { store: account }) {
        const found = identity.find(account, input);
        const policy = account.inlinePolicy(found, input.PolicyName);
        return {
          [`${kind}Name`]: found.name,
          PolicyName: input.PolicyName,
          PolicyDocument: encodeDocument(policy.document),
        };
      },
    }),
    [`List${kind}Policies`]: operation({
      input: { ...named, ...paged },
      resource: (input, { store }) => identity.arn(store, input),
      run(input, { store: account }) {
        const names = [...identity.find(account, input).inlinePolicies.keys()].sort();
        const { items, marks } = page(names, input);
        return { PolicyNames: items, ...marks };
      },
    }),
    [`Delete${kind}Policy`]: operation({
      input: { ...named, PolicyName: required(name) },
      resource: (input, { store }) => identity.arn(store, input),
      conditionValues: (input, { store }) => identity.boundary(store, input),
      run(input, { store: account }) {
        account.deleteInlinePolicy(identity.find(account, input), input.PolicyName);
        return undefined;
      },
    }),
  };
}

export const inlinePolicyOperations = { ...operationsOn(ROLE), ...operationsOn(USER) };
