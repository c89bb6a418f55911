import { generatedName } from '../../core/generated-name';
import {
  listProperty,
  numberProperty,
  objectOf,
  refuseOthers,
  tagsProperty,
  textProperty,
} from '../../core/properties';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { Accounts, IamAccount } from '../account';
import type { Role } from '../entities';

const TYPE = 'AWS::IAM::Role';
const SUPPORTED = [
  'AssumeRolePolicyDocument',
  'Description',
  'ManagedPolicyArns',
  'MaxSessionDuration',
  'Path',
  'PermissionsBoundary',
  'Policies',
  'RoleName',
  'Tags',
] as const;

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function roleHandler(iam: Accounts): ResourceHandler {
  return {
    type: TYPE,
    read({ caller }, name) {
      const role = iam.account(caller).roles.get(name);
      return role && stateOf(role);
    },
    create(context, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const account = iam.account(context.caller);
      const role = account.createRole({
        name: textProperty(properties, 'RoleName') ?? generatedName(context, 64),
        trustPolicy: properties.AssumeRolePolicyDocument,
        path: textProperty(properties, 'Path'),
        description: textProperty(properties, 'Description'),
        maxSessionDuration: numberProperty(properties, 'MaxSessionDuration'),
        tags: tagsProperty(properties),
        permissionsBoundary: boundaryOf(properties),
      });
      try {
        applyPolicies(account, role, properties, {});
      } catch (error) {
        // A half-created role must not block the next attempt.
        removePolicies(account, role, properties);
        account.deleteRole(role.name);
        throw error;
      }
      return stateOf(role);
    },
    update(context, physicalId, properties, previous) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const account = iam.account(context.caller);
      const role = account.role(physicalId);
      account.updateRole(physicalId, {
        trustPolicy: properties.AssumeRolePolicyDocument,
        description: textProperty(properties, 'Description') ?? '',
        maxSessionDuration: numberProperty(properties, 'MaxSessionDuration') ?? 3600,
      });
      role.tags.clear();
      for (const [key, value] of tagsProperty(properties)) role.tags.set(key, value);
      account.setBoundary(role, boundaryOf(properties));
      applyPolicies(account, role, properties, previous);
      return stateOf(role);
    },
    delete(context, physicalId, properties) {
      const account = iam.account(context.caller);
      const role = account.roles.get(physicalId);
      if (role === undefined) return;
      removePolicies(account, role, properties);
      account.deleteRole(physicalId);
    },
  };
}

const stateOf = (role: Role) => ({
  physicalId: role.name,
  attributes: { Arn: role.arn, RoleId: role.id },
});

const boundaryOf = (properties: Properties) =>
  textProperty(properties, 'PermissionsBoundary') || undefined;

const inlineOf = (properties: Properties): Map<string, unknown> =>
  new Map(
    listProperty(properties, 'Policies').map((policy) => {
      const { PolicyName, PolicyDocument } = objectOf(policy);
      return [String(PolicyName), PolicyDocument] as const;
    }),
  );

const attachedOf = (properties: Properties): Set<string> =>
  new Set(listProperty(properties, 'ManagedPolicyArns').map(String));

/** Applies the template, and removes what only its previous version had. */
function applyPolicies(
  account: IamAccount,
  role: Role,
  properties: Properties,
  previous: Properties,
): void {
  const inline = inlineOf(properties);
  const attached = attachedOf(properties);
  for (const arn of attached) account.attachPolicy(role, arn);
  for (const [name, document] of inline) account.putInlinePolicy(role, name, document);
  for (const name of inlineOf(previous).keys()) {
    if (!inline.has(name) && role.inlinePolicies.has(name)) account.deleteInlinePolicy(role, name);
  }
  for (const arn of attachedOf(previous)) {
    if (!attached.has(arn) && role.attachedPolicies.has(arn)) account.detachPolicy(role, arn);
  }
}

const removePolicies = (account: IamAccount, role: Role, properties: Properties): void =>
  applyPolicies(account, role, {}, properties);
