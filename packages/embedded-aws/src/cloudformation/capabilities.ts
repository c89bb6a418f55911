import { AwsError } from '../core/errors';
import { member } from './json';
import type { ResourceDeclaration } from './resource-declaration';

/** IAM types that need a capability, and the property that gives them a custom name, if any. */
const IAM_NAMES: ReadonlyMap<string, string | undefined> = new Map([
  ['AWS::IAM::AccessKey', undefined],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::GroupPolicy', undefined],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Policy', undefined],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::RolePolicy', undefined],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::UserPolicy', undefined],
  ['AWS::IAM::UserToGroupAddition', undefined],
]);

/** The capabilities that a template requires, and the types that require them. */
export interface RequiredCapabilities {
  readonly capabilities: readonly string[];
  readonly reason?: string;
}

/**
 * The capabilities that a template requires: for IAM resources, for IAM resources with custom
 * names, and for transforms.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export function requiredCapabilities(
  resources: Iterable<ResourceDeclaration>,
  transforms: readonly string[],
): RequiredCapabilities {
  const iam = [...resources].filter(({ type }) => IAM_NAMES.has(type));
  const named = iam.some(({ type, properties }) => {
    const property = IAM_NAMES.get(type);
    return property !== undefined && member(properties, property) !== undefined;
  });
  const capabilities = [
    ...(iam.length === 0 ? [] : [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM']),
    ...(transforms.length === 0 ? [] : ['CAPABILITY_AUTO_EXPAND']),
  ];
  const types = [...new Set(iam.map(({ type }) => type))];
  return {
    capabilities,
    ...(types.length > 0 && {
      reason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
    }),
  };
}

/** @throws AwsError InsufficientCapabilitiesException */
export function assertCapabilities(
  { capabilities }: RequiredCapabilities,
  given: readonly string[],
): void {
  const missing = capabilities.filter(
    (required) =>
      !given.includes(required) &&
      !(required === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length === 0) return;
  throw new AwsError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${missing.join(', ')}]`,
  );
}
