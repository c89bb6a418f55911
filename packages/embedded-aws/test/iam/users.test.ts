import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetUserCommand,
  IAMClient,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { inProcess } from '../../src/in-process';
import { clients } from './clients';

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
