import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import { clients, PUT_POLICY, READ_ONLY, TRUST, withRole } from './clients';

describe('roles', () => {
  test('are made and read', async () => {
    const { client } = clients();

    const made = await client.send(
      new CreateRoleCommand({
        RoleName: 'writer',
        Path: '/api/',
        Description: 'Writes <records> & more',
        AssumeRolePolicyDocument: TRUST,
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
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST);
  });

  test('are listed page by page, in the order of their names', async () => {
    const { client } = clients();
    for (const RoleName of ['c', 'a', 'b']) {
      await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
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

    await client.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: PUT_POLICY }),
    );
    await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));
    const inline = await client.send(new ListRolePoliciesCommand({ RoleName }));
    const read = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'p' }));
    const attached = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));

    expect(inline.PolicyNames).toEqual(['p']);
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(PUT_POLICY);
    expect(attached.AttachedPolicies).toEqual([
      { PolicyName: 'AmazonKinesisReadOnlyAccess', PolicyArn: READ_ONLY },
    ]);
  });

  test('are not deleted while they have policies', async () => {
    const { client } = await withRole();
    const RoleName = 'writer';
    const remove = () => client.send(new DeleteRoleCommand({ RoleName }));
    await client.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: PUT_POLICY }),
    );
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
      'This policy contains invalid Json',
      { RoleName: 'x', AssumeRolePolicyDocument: '{' },
    ],
    [
      'LimitExceededException',
      'ACLSizePerRole',
      {
        RoleName: 'x',
        AssumeRolePolicyDocument: TRUST.replace('{', `{"Id":"${'i'.repeat(5000)}",`),
      },
    ],
    [
      'NoSuchEntityException',
      'Scope ARN: arn:aws:iam::000000000000:policy/none does not exist or is not attachable.',
      { RoleName: 'x', PermissionsBoundary: 'arn:aws:iam::000000000000:policy/none' },
    ],
  ])('are refused: %s, %s', async (name, message, input) => {
    const { client } = await withRole();

    const made = client.send(new CreateRoleCommand({ AssumeRolePolicyDocument: TRUST, ...input }));

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
