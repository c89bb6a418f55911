import type { ConditionValues } from '../../core/caller';
import { generatedName } from '../../core/generated-name';
import {
  type About,
  changes,
  type HandlerNeeds,
  has,
  type Need,
  when,
} from '../../core/handler-needs';
import { listProperty, objectOf, textProperty } from '../../core/properties';
import type { Properties } from '../../core/resource-handler';
import type { Accounts } from '../account';
import type { Identity } from '../entities';
import { boundaryValue, policyValue, roleArn } from '../operations/identity';

/** Identities by name. */
type Known = ReadonlyMap<string, Pick<Identity, 'arn' | 'permissionsBoundary'>>;

const names = (properties: Properties): string[] =>
  listProperty(properties, 'Policies').map((policy) => String(objectOf(policy).PolicyName));
const managed = (properties: Properties): string[] =>
  listProperty(properties, 'ManagedPolicyArns').map(String);
const without = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((item) => !others.includes(item));

/** IAM's actions by type; those on roles know the boundary that the role has, or gets. */
export function iamNeeds(iam: Accounts): Readonly<Record<string, HandlerNeeds>> {
  const on = ({ context, properties, physicalId }: About) => {
    const account = iam.account(context.caller);
    const name = physicalId || textProperty(properties, 'RoleName') || generatedName(context, 64);
    const resource = roleArn(account, name, textProperty(properties, 'Path'));
    const current = account.roles.get(name)?.permissionsBoundary?.arn;
    return (
      action: string,
      boundary: string | undefined = current,
      more?: ConditionValues,
    ): Need => ({
      action: `iam:${action}`,
      resource,
      values: { ...boundaryValue(boundary), ...more },
    });
  };
  const boundaryOf = (properties: Properties) =>
    textProperty(properties, 'PermissionsBoundary') || undefined;
  const onProvider = ({ context, properties }: About) => {
    const { oidcProviders } = iam.account(context.caller);
    const resource = oidcProviders.arnOf(textProperty(properties, 'Url') ?? '');
    return (action: string): Need => ({ action: `iam:${action}`, resource });
  };
  const policyOf = ({ context, properties, physicalId }: About): string => {
    const name = textProperty(properties, 'ManagedPolicyName') ?? generatedName(context, 128);
    const path = textProperty(properties, 'Path') ?? '/';
    return physicalId || iam.account(context.caller).arnOf('policy', path, name);
  };
  const onPolicy = (about: About) => {
    const resource = policyOf(about);
    return (action: string): Need => ({ action: `iam:${action}`, resource });
  };
  /** @param action in which `$` stands for the kind of identity */
  const onIdentities = (
    { caller }: About['context'],
    properties: Properties,
    action: string,
    more?: ConditionValues,
  ): Need[] => {
    const account = iam.account(caller);
    const role = textProperty(properties, 'RoleName');
    const roles = [...listProperty(properties, 'Roles'), ...(role === undefined ? [] : [role])];
    const needs = (kind: 'Role' | 'User', known: Known, some: readonly unknown[]) =>
      some.map(String).map((name) => ({
        action: `iam:${action.replace('$', kind)}`,
        resource:
          known.get(name)?.arn ?? account.arnOf(kind === 'Role' ? 'role' : 'user', '/', name),
        values: { ...boundaryValue(known.get(name)?.permissionsBoundary?.arn), ...more },
      }));
    return [
      ...needs('Role', account.roles, roles),
      ...needs('User', account.users, listProperty(properties, 'Users')),
    ];
  };
  const onHolders = (about: About, properties: Properties, action: string): Need[] =>
    onIdentities(about.context, properties, action, policyValue(policyOf(about)));
  /** A policy within roles and users. */
  const inline: HandlerNeeds = {
    create: ({ context, properties }) => onIdentities(context, properties, 'Put$Policy'),
    read: ({ context, properties }) => onIdentities(context, properties, 'Get$Policy'),
    update: (about) => [
      ...onIdentities(about.context, about.properties, 'Put$Policy'),
      ...when(
        changes(about, 'Roles', 'Users', 'PolicyName'),
        ...onIdentities(about.context, about.previous, 'Delete$Policy'),
      ),
    ],
    delete: ({ context, properties }) => onIdentities(context, properties, 'Delete$Policy'),
  };
  return {
    'AWS::IAM::OIDCProvider': {
      create: (about) => [
        onProvider(about)('CreateOpenIDConnectProvider'),
        ...when(has(about.properties, 'Tags'), onProvider(about)('TagOpenIDConnectProvider')),
      ],
      read: (about) => [onProvider(about)('GetOpenIDConnectProvider')],
      update: (about) => [
        ...when(
          changes(about, 'ClientIdList'),
          onProvider(about)('AddClientIDToOpenIDConnectProvider'),
          onProvider(about)('RemoveClientIDFromOpenIDConnectProvider'),
        ),
        ...when(
          changes(about, 'ThumbprintList'),
          onProvider(about)('UpdateOpenIDConnectProviderThumbprint'),
        ),
        ...when(
          changes(about, 'Tags'),
          ...[
            'ListOpenIDConnectProviderTags',
            'TagOpenIDConnectProvider',
            'UntagOpenIDConnectProvider',
          ].map(onProvider(about)),
        ),
      ],
      delete: (about) => [onProvider(about)('DeleteOpenIDConnectProvider')],
    },
    'AWS::IAM::ManagedPolicy': {
      create: (about) => [
        onPolicy(about)('CreatePolicy'),
        ...onHolders(about, about.properties, 'Attach$Policy'),
        ...when(has(about.properties, 'Tags'), onPolicy(about)('TagPolicy')),
      ],
      read: (about) => [onPolicy(about)('GetPolicy'), onPolicy(about)('GetPolicyVersion')],
      update: (about) => [
        ...['CreatePolicyVersion', 'DeletePolicyVersion', 'ListPolicyVersions'].map(
          onPolicy(about),
        ),
        ...when(changes(about, 'Tags'), ...['TagPolicy', 'UntagPolicy'].map(onPolicy(about))),
        ...when(
          changes(about, 'Roles', 'Users'),
          ...onHolders(about, about.properties, 'Attach$Policy'),
          ...onHolders(about, about.previous, 'Detach$Policy'),
        ),
      ],
      delete: (about) => [
        ...onHolders(about, about.properties, 'Detach$Policy'),
        ...['GetPolicy', 'ListPolicyVersions', 'DeletePolicy'].map(onPolicy(about)),
      ],
    },
    'AWS::IAM::Policy': inline,
    'AWS::IAM::RolePolicy': inline,
    'AWS::IAM::Role': {
      create(about) {
        const { properties } = about;
        const need = on(about);
        const boundary = boundaryOf(properties);
        return [
          need('CreateRole', boundary),
          ...when(has(properties, 'Policies'), need('PutRolePolicy', boundary)),
          ...managed(properties).map((arn) => need('AttachRolePolicy', boundary, policyValue(arn))),
          ...when(has(properties, 'Tags'), need('TagRole')),
        ];
      },
      read(about) {
        const need = on(about);
        return [
          need('GetRole'),
          need('ListAttachedRolePolicies'),
          need('ListRolePolicies'),
          ...when(has(about.properties, 'Policies'), need('GetRolePolicy')),
        ];
      },
      update(about) {
        const { properties, previous } = about;
        const need = on(about);
        const boundary = boundaryOf(properties);
        return [
          ...when(changes(about, 'MaxSessionDuration', 'Description'), need('UpdateRole')),
          ...when(changes(about, 'AssumeRolePolicyDocument'), need('UpdateAssumeRolePolicy')),
          ...when(
            changes(about, 'PermissionsBoundary'),
            boundary === undefined
              ? need('DeleteRolePermissionsBoundary')
              : need('PutRolePermissionsBoundary', boundary),
          ),
          ...when(
            changes(about, 'Policies') && has(properties, 'Policies'),
            need('PutRolePolicy', boundary),
          ),
          ...when(without(names(previous), names(properties)).length > 0, need('DeleteRolePolicy')),
          ...without(managed(properties), managed(previous)).map((arn) =>
            need('AttachRolePolicy', boundary, policyValue(arn)),
          ),
          ...without(managed(previous), managed(properties)).map((arn) =>
            need('DetachRolePolicy', undefined, policyValue(arn)),
          ),
          ...when(changes(about, 'Tags'), need('TagRole'), need('UntagRole')),
        ];
      },
      delete(about) {
        const { properties } = about;
        const need = on(about);
        return [
          need('GetRole'),
          need('ListAttachedRolePolicies'),
          need('ListRolePolicies'),
          ...managed(properties).map((arn) =>
            need('DetachRolePolicy', undefined, policyValue(arn)),
          ),
          ...when(has(properties, 'Policies'), need('DeleteRolePolicy')),
          need('DeleteRole'),
        ];
      },
    },
  };
}
