import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  TagRoleCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { createIam } from '../../../local/iam';
import { inProcess, send } from '../support/in-process';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'sts:AssumeRole',
  },
});
const put = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: '*' },
});
const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess';

function clients() {
  const iam = createIam();
  return { iam, client: new IAMClient(inProcess(iam)) };
}

async function withRole() {
  const made = clients();
  await made.client.send(
    new CreateRoleCommand({ RoleName: 'writer', AssumeRolePolicyDocument: trust, Path: '/api/' }),
  );
  return made;
}

describe('roles', () => {
  test('are made and read', async () => {
    const { client } = clients();

    const made = await client.send(
      new CreateRoleCommand({
        RoleName: 'writer',
        Path: '/api/',
        Description: 'Writes <records> & more',
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: 'team', Value: 'blue' }],
      }),
    );
    await client.send(new TagRoleCommand({ RoleName: 'writer', Tags: [{ Key: 'é', Value: '1' }] }));
    const { Role } = await client.send(new GetRoleCommand({ RoleName: 'writer' }));

    expect(made.Role?.Arn).toBe('arn:aws:iam::000000000000:role/api/writer');
    expect(Role).toMatchObject({
      RoleName: 'writer',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Description: 'Writes <records> & more',
      MaxSessionDuration: 3600,
      CreateDate: expect.any(Date),
      Tags: [
        { Key: 'team', Value: 'blue' },
        { Key: 'é', Value: '1' },
      ],
    });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  });

  test('are listed page by page, in the order of their names', async () => {
    const { client } = clients();
    for (const RoleName of ['c', 'a', 'b']) {
      await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    }

    const first = await client.send(new ListRolesCommand({ MaxItems: 2 }));
    const second = await client.send(new ListRolesCommand({ Marker: first.Marker }));

    expect(first.Roles?.map(({ RoleName }) => RoleName)).toEqual(['a', 'b']);
    expect(first.IsTruncated).toBe(true);
    expect(second.Roles?.map(({ RoleName }) => RoleName)).toEqual(['c']);
    expect(second.IsTruncated).toBe(false);
  });

  test('keep inline and attached policies', async () => {
    const { client } = await withRole();
    const RoleName = 'writer';

    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: put }));
    await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));
    const inline = await client.send(new ListRolePoliciesCommand({ RoleName }));
    const read = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'p' }));
    const attached = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));

    expect(inline.PolicyNames).toEqual(['p']);
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(put);
    expect(attached.AttachedPolicies).toEqual([
      { PolicyName: 'AmazonKinesisReadOnlyAccess', PolicyArn: READ_ONLY },
    ]);
  });

  test('are not deleted while they have policies', async () => {
    const { client } = await withRole();
    const RoleName = 'writer';
    const remove = () => client.send(new DeleteRoleCommand({ RoleName }));
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: put }));
    await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));

    await expect(remove()).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete policies first.',
    });
    await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }));
    await expect(remove()).rejects.toMatchObject({
      message: 'Cannot delete entity, must detach all policies first.',
    });
    await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));
    await remove();
    await expect(client.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name writer cannot be found.',
    });
  });

  test.each([
    [
      'EntityAlreadyExistsException',
      'Role with name Writer already exists.',
      { RoleName: 'Writer' },
    ],
    ['ValidationError', 'must contain only alphanumeric', { RoleName: 'a b' }],
    ['ValidationError', 'length less than or equal to 64', { RoleName: 'x'.repeat(65) }],
    ['ValidationError', 'must begin and end with /', { RoleName: 'x', Path: 'api' }],
    [
      'ValidationError',
      'less than or equal to 43200',
      { RoleName: 'x', MaxSessionDuration: 43201 },
    ],
    [
      'MalformedPolicyDocumentException',
      'Syntax errors',
      { RoleName: 'x', AssumeRolePolicyDocument: '{' },
    ],
    [
      'LimitExceededException',
      'ACLSizePerRole',
      {
        RoleName: 'x',
        AssumeRolePolicyDocument: trust.replace('{', `{"Id":"${'i'.repeat(5000)}",`),
      },
    ],
    [
      'NotImplemented',
      'PermissionsBoundary',
      { RoleName: 'x', PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
  ])('are refused: %s, %s', async (name, message, input) => {
    const { client } = await withRole();

    const made = client.send(new CreateRoleCommand({ AssumeRolePolicyDocument: trust, ...input }));

    await expect(made).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test('an AWS managed policy that is not held is refused by its name', async () => {
    const { client } = await withRole();
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonBraketFullAccess';

    const attached = client.send(new AttachRolePolicyCommand({ RoleName: 'writer', PolicyArn }));

    await expect(attached).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: expect.stringContaining(PolicyArn),
    });
  });
});

describe('managed policies', () => {
  test('have versions, one of them in force', async () => {
    const { client } = clients();
    const made = await client.send(
      new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: put }),
    );
    const PolicyArn = made.Policy?.Arn;
    const PolicyDocument = put.replace('PutRecord', 'GetRecords');

    await client.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }),
    );
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
    const version = await client.send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
    );

    expect(PolicyArn).toBe('arn:aws:iam::000000000000:policy/p');
    expect(Policy?.DefaultVersionId).toBe('v2');
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toBe(PolicyDocument);
    await expect(client.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
  });
});

describe('users', () => {
  const statement = (Action: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action, Resource: '*' },
    });

  async function limitedUser(action: string) {
    const { iam, client } = clients();
    const UserName = 'ada';
    await client.send(new CreateUserCommand({ UserName }));
    await client.send(
      new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: statement(action) }),
    );
    const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName }));
    const caller = iam.callerOf(AccessKey?.AccessKeyId ?? '', 'us-east-1');
    if (caller === undefined) throw new Error('no caller');
    return { iam, client, AccessKey, own: new IAMClient(inProcess(iam, caller)) };
  }

  test('have keys whose secret is told once', async () => {
    const { iam, AccessKey } = await limitedUser('iam:GetUser');

    expect(AccessKey?.AccessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(AccessKey?.SecretAccessKey).toHaveLength(40);
    expect(iam.credentialsOf(AccessKey?.AccessKeyId ?? '')).toEqual({
      secretAccessKey: AccessKey?.SecretAccessKey,
    });
  });

  test('may do what their policies say, and no more', async () => {
    const { own } = await limitedUser('iam:GetUser');

    const { User } = await own.send(new GetUserCommand({ UserName: 'ada' }));

    expect(User?.Arn).toBe('arn:aws:iam::000000000000:user/ada');
    await expect(own.send(new CreateUserCommand({ UserName: 'eve' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::000000000000:user/ada is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::000000000000:user/eve because no identity-based policy allows the iam:CreateUser action',
    });
  });

  test('are nobody any more once their key is switched off', async () => {
    const { iam, client, AccessKey } = await limitedUser('iam:*');
    const AccessKeyId = AccessKey?.AccessKeyId ?? '';

    await client.send(
      new UpdateAccessKeyCommand({ UserName: 'ada', AccessKeyId, Status: 'Inactive' }),
    );

    expect(iam.callerOf(AccessKeyId, 'us-east-1')).toBeUndefined();
    expect(iam.credentialsOf(AccessKeyId)).toBeUndefined();
  });

  test('are deleted after their keys and policies', async () => {
    const { client, AccessKey } = await limitedUser('iam:*');
    const UserName = 'ada';
    const remove = () => client.send(new DeleteUserCommand({ UserName }));

    await expect(remove()).rejects.toMatchObject({
      message: 'Cannot delete entity, must delete access keys first.',
    });
    await client.send(
      new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }),
    );
    await client.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'p' }));
    await remove();
    await expect(client.send(new GetUserCommand({ UserName }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

test('SimulatePrincipalPolicy decides for every action and resource', async () => {
  const { client } = await withRole();
  await client.send(
    new PutRolePolicyCommand({ RoleName: 'writer', PolicyName: 'p', PolicyDocument: put }),
  );

  const { EvaluationResults } = await client.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: 'arn:aws:iam::000000000000:role/api/writer',
      ActionNames: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    }),
  );

  expect(
    EvaluationResults?.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]),
  ).toEqual([
    ['kinesis:PutRecord', 'allowed'],
    ['kinesis:PutRecords', 'implicitDeny'],
  ]);
});

test('an action that is not there is refused by its name', async () => {
  const { iam } = clients();

  const { status, text } = await send(iam, {
    body: 'Action=CreateSAMLProvider&Version=2010-05-08',
  });

  expect(status).toBe(400);
  expect(text).toContain('<Code>InvalidAction</Code>');
  expect(text).toContain('iam:CreateSAMLProvider');
});

test('accounts do not see each other', async () => {
  const { iam } = await withRole();
  const { rootCaller } = await import('../../../local/core/caller');
  const stranger = rootCaller({ accountId: '111111111111', region: 'us-east-1' });

  const { Roles } = await new IAMClient(inProcess(iam, stranger)).send(new ListRolesCommand({}));

  expect(Roles).toEqual([]);
});
