import { generatedName } from '../../core/generated-name';
import { listProperty, refuseOthers, tagsProperty, textProperty } from '../../core/properties';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { Accounts, IamAccount } from '../account';
import type { ManagedPolicy, Role, User } from '../entities';

const TYPE = 'AWS::IAM::ManagedPolicy';
const SUPPORTED = [
  'Description',
  'ManagedPolicyName',
  'Path',
  'PolicyDocument',
  'Roles',
  'Tags',
  'Users',
] as const;

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
 */
export function managedPolicyHandler(iam: Accounts): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const account = iam.account(context.caller);
      const identities = identitiesOf(account, properties);
      const policy = account.policies.create({
        name: textProperty(properties, 'ManagedPolicyName') ?? generatedName(context, 128),
        document: properties.PolicyDocument,
        path: textProperty(properties, 'Path'),
        description: textProperty(properties, 'Description'),
        tags: tagsProperty(properties),
      });
      for (const identity of identities) account.attachPolicy(identity, policy.arn);
      return stateOf(account, policy);
    },
    update(context, physicalId, properties, previous) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const account = iam.account(context.caller);
      const { policies } = account;
      const policy = policies.get(physicalId);
      const old = policy.defaultVersionId;
      const wanted = new Set(identitiesOf(account, properties));
      // One version at a time, so that the fifth update does not run out of versions.
      policies.addVersion(physicalId, properties.PolicyDocument, true);
      policies.deleteVersion(physicalId, old);
      policy.tags.clear();
      for (const [key, value] of tagsProperty(properties)) policy.tags.set(key, value);
      for (const identity of wanted) account.attachPolicy(identity, physicalId);
      for (const identity of knownIdentities(account, previous)) {
        if (!wanted.has(identity)) detach(account, identity, physicalId);
      }
      return stateOf(account, policy);
    },
    delete(context, physicalId, properties) {
      const account = iam.account(context.caller);
      if (!account.policies.has(physicalId)) return;
      for (const identity of knownIdentities(account, properties)) {
        detach(account, identity, physicalId);
      }
      const uses = [...account.attachedTo(physicalId), ...account.boundedBy(physicalId)];
      account.policies.delete(physicalId, uses.length);
    },
  };
}

const stateOf = (account: IamAccount, policy: ManagedPolicy) => ({
  physicalId: policy.arn,
  attributes: {
    PolicyArn: policy.arn,
    PolicyId: policy.id,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: account.attachedTo(policy.arn).length,
    IsAttachable: true,
    PermissionsBoundaryUsageCount: account.boundedBy(policy.arn).length,
    CreateDate: policy.created.toISOString(),
    UpdateDate: (policy.versions.at(-1)?.created ?? policy.created).toISOString(),
  },
});

/** @throws AwsError NoSuchEntity for an identity that does not exist */
function identitiesOf(account: IamAccount, properties: Properties): (Role | User)[] {
  return [
    ...listProperty(properties, 'Roles').map((name) => account.role(String(name))),
    ...listProperty(properties, 'Users').map((name) => account.user(String(name))),
  ];
}

function knownIdentities(account: IamAccount, properties: Properties): (Role | User)[] {
  return [
    ...listProperty(properties, 'Roles').map((name) => account.roles.get(String(name))),
    ...listProperty(properties, 'Users').map((name) => account.users.get(String(name))),
  ].filter((identity) => identity !== undefined);
}

function detach(account: IamAccount, identity: Role | User, arn: string): void {
  if (identity.attachedPolicies.has(arn)) account.detachPolicy(identity, arn);
}
