import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListEntitiesForPolicyCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { createIam } from '../../src/iam';
import { compilePolicy } from '../../src/iam/policy-document';
import { authorizeOnResource } from '../../src/iam/resource-policy';
import { inProcess } from '../../src/in-process';
import { READ_ONLY, TRUST, withRole } from './clients';

const SCOPE = { accountId: '000000000000', region: 'us-east-1' };
const LIMIT = 'arn:aws:iam::000000000000:policy/limit';
const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/orders';

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

async function withLimit(...statements: object[]) {
  const made = await withRole();
  const PolicyDocument = document(...statements);
  await made.client.send(new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument }));
  return made;
}

const put = (client: IAMClient, PermissionsBoundary = LIMIT) =>
  client.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'writer', PermissionsBoundary }));

describe('a permissions boundary', () => {
  test('is told by GetRole and GetUser, not by lists, and counted by its policy', async () => {
    const { client } = await withLimit(allow('kinesis:*'));
    await put(client);
    await client.send(new CreateUserCommand({ UserName: 'ann', PermissionsBoundary: LIMIT }));
    const PermissionsBoundary = {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: LIMIT,
    };

    const { Role } = await client.send(new GetRoleCommand({ RoleName: 'writer' }));
    const { User } = await client.send(new GetUserCommand({ UserName: 'ann' }));
    const { Roles = [] } = await client.send(new ListRolesCommand({}));
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: LIMIT }));

    expect(Role?.PermissionsBoundary).toEqual(PermissionsBoundary);
    expect(User?.PermissionsBoundary).toEqual(PermissionsBoundary);
    expect(Roles.map((role) => role.PermissionsBoundary)).toEqual([undefined]);
    expect(Policy).toMatchObject({ PermissionsBoundaryUsageCount: 2, AttachmentCount: 0 });
  });

  test('is listed among the entities of its policy, which cannot be deleted meanwhile', async () => {
    const { client } = await withLimit(allow('kinesis:*'));
    await put(client);
    const entities = async (PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary') => {
      const input = { PolicyArn: LIMIT, PolicyUsageFilter };
      const { PolicyRoles = [] } = await client.send(new ListEntitiesForPolicyCommand(input));
      return PolicyRoles.map(({ RoleName }) => RoleName);
    };

    expect(await entities()).toEqual(['writer']);
    expect(await entities('PermissionsBoundary')).toEqual(['writer']);
    expect(await entities('PermissionsPolicy')).toEqual([]);
    const deleted = () => client.send(new DeletePolicyCommand({ PolicyArn: LIMIT }));
    await expect(deleted()).rejects.toMatchObject({ name: 'DeleteConflictException' });
    await client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'writer' }));
    await expect(deleted()).resolves.toBeDefined();
  });

  test.each([
    ['kinesis:PutRecord', 'allowed', undefined],
    [
      'kinesis:GetRecords',
      'identity',
      'because no identity-based policy allows the kinesis:GetRecords action',
    ],
    [
      'kinesis:DeleteStream',
      'boundary',
      'because no permissions boundary allows the kinesis:DeleteStream action',
    ],
    ['kinesis:SplitShard', 'boundary', 'with an explicit deny in a permissions boundary'],
    ['kinesis:MergeShards', 'identity', 'with an explicit deny in an identity-based policy'],
  ])('%s needs the identity’s policies and the boundary: %s', async (action, _by, because) => {
    const { iam, client } = await withLimit(
      allow(['kinesis:PutRecord', 'kinesis:GetRecords', 'kinesis:MergeShards']),
      { Effect: 'Deny', Action: ['kinesis:SplitShard', 'kinesis:MergeShards'], Resource: '*' },
    );
    await put(client);
    await client.send(
      new PutRolePolicyCommand({
        RoleName: 'writer',
        PolicyName: 'own',
        PolicyDocument: document(
          allow(['kinesis:PutRecord', 'kinesis:DeleteStream', 'kinesis:SplitShard']),
          { Effect: 'Deny', Action: 'kinesis:MergeShards', Resource: '*' },
        ),
      }),
    );
    const role = 'arn:aws:iam::000000000000:role/api/writer';
    const caller = iam.assumeRole(role, 'apigateway.amazonaws.com', 's', SCOPE);

    const asked = () => caller.authorize(action, STREAM);

    if (because === undefined) expect(asked).not.toThrow();
    else {
      expect(asked).toThrow(
        `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${STREAM} ${because}`,
      );
    }
  });

  test('in a new version of its policy holds at once', async () => {
    const { iam, client } = await withRole();
    await client.send(new AttachRolePolicyCommand({ RoleName: 'writer', PolicyArn: READ_ONLY }));
    const account = iam.account(SCOPE);
    const { arn } = account.policies.create({ name: 'limit', document: document(allow('s3:*')) });
    account.setBoundary(account.role('writer'), arn);
    const role = account.role('writer').arn;
    const caller = iam.assumeRole(role, 'apigateway.amazonaws.com', 's', SCOPE);

    expect(caller.decide('kinesis:GetRecords', STREAM).boundary).toBe('implicitDeny');
    account.policies.addVersion(arn, document(allow('kinesis:*')), true);
    expect(caller.decide('kinesis:GetRecords', STREAM).boundary).toBe('allowed');
  });

  test('is simulated', async () => {
    const { client } = await withLimit(allow('kinesis:GetRecords'));
    await put(client);
    await client.send(new AttachRolePolicyCommand({ RoleName: 'writer', PolicyArn: READ_ONLY }));

    const { EvaluationResults: results = [] } = await client.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: 'arn:aws:iam::000000000000:role/api/writer',
        ActionNames: ['kinesis:GetRecords', 'kinesis:ListShards'],
      }),
    );

    expect(
      results.map((result) => [
        result.EvalDecision,
        result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
      ]),
    ).toEqual([
      ['allowed', true],
      ['implicitDeny', false],
    ]);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
describe('a resource’s policy of the same account', () => {
  const ACCOUNT = '000000000000';
  const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/writer/s`;

  const table: readonly (readonly [string, string, 'role' | 'user', boolean])[] = [
    ['a user', `arn:aws:iam::${ACCOUNT}:user/ann`, 'user', true],
    ['a session', SESSION, 'role', true],
    ['the role of a session', `arn:aws:iam::${ACCOUNT}:role/writer`, 'role', false],
    ['everybody', '*', 'role', true],
    ['the account', `arn:aws:iam::${ACCOUNT}:root`, 'user', false],
  ];
  test.each(table)(
    'that names %s (%s), with a boundary that lacks the action',
    (_case, AWS, kind, isAllowed) => {
      const iam = createIam();
      const account = iam.account(SCOPE);
      const limit = account.policies.create({ name: 'limit', document: document(allow('s3:*')) });
      const bounded = { permissionsBoundary: limit.arn };
      const role = account.createRole({ name: 'writer', trustPolicy: TRUST, ...bounded });
      const user = account.createUser({ name: 'ann', ...bounded });
      account.putInlinePolicy(user, 'own', document(allow('sns:*')));
      const key = account.createAccessKey('ann');
      const caller =
        kind === 'role'
          ? iam.assumeRole(role.arn, 'apigateway.amazonaws.com', 's', SCOPE)
          : iam.callerOf(key.id, SCOPE.region);
      if (caller === undefined) throw new Error('no caller');
      const guarded = {
        ownerId: ACCOUNT,
        policy: compilePolicy(
          { Version: '2012-10-17', Statement: allow('sns:Publish', { Principal: { AWS } }) },
          'resource',
        ),
      };

      const asked = () => authorizeOnResource(caller, guarded, 'sns:Publish', 'arn:aws:sns:::t');

      if (isAllowed) expect(asked).not.toThrow();
      else expect(asked).toThrow('because no permissions boundary allows the sns:Publish action');
    },
  );
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html, "Delegating"
describe('a deployer who may act only on roles with a boundary', () => {
  async function deployer() {
    const made = await withLimit(allow('kinesis:*'));
    const { iam, client } = made;
    const account = iam.account(SCOPE);
    const user = account.createUser({ name: 'deployer' });
    const actions = [
      'CreateRole',
      'PutRolePolicy',
      'AttachRolePolicy',
      'PutRolePermissionsBoundary',
    ];
    account.putInlinePolicy(
      user,
      'roles',
      document(
        allow(
          actions.map((action) => `iam:${action}`),
          { Condition: { StringEquals: { 'iam:PermissionsBoundary': LIMIT } } },
        ),
      ),
    );
    const key = account.createAccessKey('deployer');
    const as = iam.callerOf(key.id, SCOPE.region);
    if (as === undefined) throw new Error('no caller');
    return { client, own: new IAMClient(inProcess(iam, as)) };
  }
  const AssumeRolePolicyDocument = TRUST;
  const denied = (action: string) =>
    expect.objectContaining({
      name: 'AccessDenied',
      message: expect.stringContaining(`is not authorized to perform: iam:${action}`),
    });

  test('creates a role with it, and no other', async () => {
    const { own } = await deployer();
    const create = (RoleName: string, PermissionsBoundary?: string) =>
      own.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, PermissionsBoundary }));

    await expect(create('bounded', LIMIT)).resolves.toBeDefined();
    await expect(create('free')).rejects.toEqual(denied('CreateRole'));
    await expect(create('other', READ_ONLY)).rejects.toEqual(denied('CreateRole'));
  });

  test('changes the policies of roles that have it, and gives it to others', async () => {
    const { own } = await deployer();
    const RoleName = 'writer';
    const putPolicy = () =>
      own.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: 'p',
          PolicyDocument: document(allow('s3:*')),
        }),
      );
    const attach = () => own.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));

    await expect(putPolicy()).rejects.toEqual(denied('PutRolePolicy'));
    await expect(attach()).rejects.toEqual(denied('AttachRolePolicy'));
    await expect(put(own, READ_ONLY)).rejects.toEqual(denied('PutRolePermissionsBoundary'));
    await expect(put(own)).resolves.toBeDefined();
    await expect(putPolicy()).resolves.toBeDefined();
    await expect(attach()).resolves.toBeDefined();
  });
});
