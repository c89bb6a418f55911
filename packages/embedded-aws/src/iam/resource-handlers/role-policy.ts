import { refuseOthers, textProperty } from '../../core/properties';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { Accounts } from '../account';

const TYPE = 'AWS::IAM::RolePolicy';
const SUPPORTED = ['PolicyDocument', 'PolicyName', 'RoleName'] as const;

/**
 * An inline policy of one role.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html
 */
export function rolePolicyHandler(iam: Accounts): ResourceHandler {
  const put: ResourceHandler['create'] = (context, properties) => {
    refuseOthers(TYPE, properties, SUPPORTED);
    const { name, roleName, physicalId } = identify(properties);
    const account = iam.account(context.caller);
    account.putInlinePolicy(account.role(roleName), name, properties.PolicyDocument);
    return { physicalId };
  };
  return {
    type: TYPE,
    create: put,
    update: (context, _physicalId, properties) => put(context, properties),
    delete(context, _physicalId, properties) {
      const { name, roleName } = identify(properties);
      const account = iam.account(context.caller);
      const role = account.roles.get(roleName);
      if (role?.inlinePolicies.has(name)) account.deleteInlinePolicy(role, name);
    },
  };
}

/** The registry's primary identifier: policy name, then role name. */
function identify(properties: Properties) {
  const name = textProperty(properties, 'PolicyName') ?? '';
  const roleName = textProperty(properties, 'RoleName') ?? '';
  return { name, roleName, physicalId: `${name}|${roleName}` };
}
