import { OUT_OF_REACH, quotaTable, quotaValues } from '../core/quota';

export const IAM_QUOTAS = quotaTable({
  service: 'IAM',
  page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  rows: {
    trustPolicyCharacters: { name: 'Role trust policy length', value: 2048, unit: 'characters' },
    accessKeysOfUser: { name: 'Access keys assigned to an IAM user', value: 2 },
    attachedPolicies: { name: 'Managed policies attached to an IAM role or user', value: 10 },
    rolePolicyCharacters: { name: 'Role policy size', value: 10_240, unit: 'characters' },
    userPolicyCharacters: { name: 'User policy size', value: 2048, unit: 'characters' },
    managedPolicyCharacters: { name: 'Managed policy size', value: 6144, unit: 'characters' },
    policyVersions: { name: 'Versions of a managed policy that can be stored', value: 5 },
    oidcProviders: { name: 'OpenId connect providers per account', value: 100 },
    clientsOfOidcProvider: { name: 'Client IDs per OpenID Connect provider', value: 100 },
    pathCharacters: { name: 'Path', value: 512, unit: 'characters' },
    roles: { name: 'Roles per account', value: 1000, unchecked: OUT_OF_REACH },
    users: { name: 'Users per account', value: 5000, unchecked: OUT_OF_REACH },
    managedPolicies: {
      name: 'Customer managed policies per account',
      value: 1500,
      unchecked: OUT_OF_REACH,
    },
    groups: { name: 'Groups per account', value: 300, unchecked: 'groups are refused' },
    tags: {
      name: 'Tags per role, user or managed policy',
      value: 50,
    },
    thumbprintsOfOidcProvider: {
      name: 'Thumbprints per OpenID Connect provider',
      value: 5,
      source:
        'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html',
    },
  },
});

/** The values of the quotas above. */
export const QUOTAS = quotaValues(IAM_QUOTAS);
