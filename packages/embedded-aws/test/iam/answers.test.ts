import {
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyVersionCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { clients, PUT_POLICY } from './clients';

// Which members answers have, and which they leave out: L, 10 to 18-02-2026.

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});

const ALWAYS_ROLE = ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Path', 'RoleId', 'RoleName'];
const ALWAYS_POLICY = [
  'Arn',
  'AttachmentCount',
  'CreateDate',
  'DefaultVersionId',
  'IsAttachable',
  'Path',
  'PermissionsBoundaryUsageCount',
  'PolicyId',
  'PolicyName',
  'UpdateDate',
];

const members = (value: object = {}) => Object.keys(value).sort();

test('roles', async () => {
  const { client } = clients();
  const RoleName = 'plain';
  const created = await client.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }),
  );
  const got = await client.send(new GetRoleCommand({ RoleName }));
  const { Roles } = await client.send(new ListRolesCommand({}));

  expect(members(created.Role)).toEqual(ALWAYS_ROLE);
  expect(members(got.Role)).toEqual([...ALWAYS_ROLE, 'MaxSessionDuration', 'RoleLastUsed'].sort());
  expect(members(Roles?.[0])).toEqual([...ALWAYS_ROLE, 'MaxSessionDuration'].sort());
});

test('managed policies', async () => {
  const { client } = clients();
  const PolicyDocument = PUT_POLICY;
  const plain = await client.send(new CreatePolicyCommand({ PolicyName: 'plain', PolicyDocument }));
  const full = await client.send(
    new CreatePolicyCommand({
      PolicyName: 'full',
      PolicyDocument,
      Description: 'all of it',
      Tags: [{ Key: 'team', Value: 'a' }],
    }),
  );
  const read = async (PolicyArn = '') =>
    (await client.send(new GetPolicyCommand({ PolicyArn }))).Policy;
  const gotPlain = await read(plain.Policy?.Arn);
  const gotFull = await read(full.Policy?.Arn);
  const { Policies = [] } = await client.send(new ListPoliciesCommand({ Scope: 'Local' }));

  expect(members(plain.Policy)).toEqual(ALWAYS_POLICY);
  expect(members(full.Policy)).toEqual([...ALWAYS_POLICY, 'Tags'].sort());
  expect(gotPlain?.Tags).toEqual([]);
  expect(members(gotPlain)).toEqual([...ALWAYS_POLICY, 'Tags'].sort());
  expect(members(gotFull)).toEqual([...ALWAYS_POLICY, 'Description', 'Tags'].sort());
  expect(Policies.map(members)).toEqual([ALWAYS_POLICY, ALWAYS_POLICY]);
});

test('providers always have their tags', async () => {
  const { client } = clients();
  const { OpenIDConnectProviderArn } = await client.send(
    new CreateOpenIDConnectProviderCommand({ Url: 'https://issuer.example' }),
  );

  const { Tags } = await client.send(
    new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }),
  );

  expect(Tags).toEqual([]);
});

test.each([
  [
    'latest',
    "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
  ],
  [
    'v1',
    'Policy arn:aws:iam::000000000000:policy/none version v1 does not exist or is not attachable.',
  ],
])('a version %s that cannot be is refused, without the value', async (VersionId, message) => {
  const { client } = clients();
  const PolicyArn = 'arn:aws:iam::000000000000:policy/none';

  await expect(
    client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId })),
  ).rejects.toMatchObject({ message });
});

// L, test_policy_version_errors, 10-02-2026
test.each([SetDefaultPolicyVersionCommand, DeletePolicyVersionCommand])(
  'a policy that is not there has no version either: %p',
  async (Command) => {
    const { client } = clients();
    const PolicyArn = 'arn:aws:iam::000000000000:policy/none';

    const sent = client.send(new Command({ PolicyArn, VersionId: 'v1' }));

    await expect(sent).rejects.toMatchObject({
      message: `Policy ${PolicyArn} version v1 does not exist or is not attachable.`,
    });
  },
);
