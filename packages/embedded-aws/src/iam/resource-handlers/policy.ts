import { generatedName } from '../../core/generated-name';
import { listProperty, refuseOthers, textProperty } from '../../core/properties';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { Accounts, IamAccount } from '../account';
import type { Role, User } from '../entities';
import { validationError } from '../errors';

const TYPE = 'AWS::IAM::Policy';
const SUPPORTED = ['PolicyDocument', 'PolicyName', 'Roles', 'Users'] as const;

/**
 * An inline policy of several identities.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
 */
export function inlinePolicyHandler(iam: Accounts): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const account = iam.account(context.caller);
      put(account, properties, {});
      const physicalId = generatedName(context, 64);
      return { physicalId, attributes: { Id: physicalId } };
    },
    update(context, physicalId, properties, previous) {
      put(iam.account(context.caller), properties, previous);
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete(context, _physicalId, properties) {
      remove(iam.account(context.caller), properties, new Set());
    },
  };
}

function put(account: IamAccount, properties: Properties, previous: Properties): void {
  refuseOthers(TYPE, properties, SUPPORTED);
  const name = nameOf(properties);
  const identities = [
    ...listProperty(properties, 'Roles').map((role) => account.role(String(role))),
    ...listProperty(properties, 'Users').map((user) => account.user(String(user))),
  ];
  if (identities.length === 0) {
    throw validationError('At least one of [Groups,Roles,Users] must be non-empty.');
  }
  for (const identity of identities) {
    account.putInlinePolicy(identity, name, properties.PolicyDocument);
  }
  const isRenamed = nameOf(previous) !== name;
  remove(account, previous, new Set(isRenamed ? [] : identities));
}

/** Removes the policy from all identities except those to keep. */
function remove(account: IamAccount, properties: Properties, keep: ReadonlySet<Role | User>): void {
  const name = nameOf(properties);
  const identities = [
    ...listProperty(properties, 'Roles').map((role) => account.roles.get(String(role))),
    ...listProperty(properties, 'Users').map((user) => account.users.get(String(user))),
  ];
  for (const identity of identities) {
    if (identity === undefined || keep.has(identity)) continue;
    if (identity.inlinePolicies.has(name)) account.deleteInlinePolicy(identity, name);
  }
}

const nameOf = (properties: Properties): string => textProperty(properties, 'PolicyName') ?? '';
