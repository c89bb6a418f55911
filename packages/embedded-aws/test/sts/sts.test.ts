import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { createIam } from '../../src/iam';
import { inProcess } from '../../src/in-process';
import { createSts } from '../../src/sts';
import { testCaller } from '../support/aws-request';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }],
};

function setUp(maxSessionDuration = 3600) {
  const iam = createIam();
  const sts = createSts(iam);
  const role = iam
    .account(testCaller)
    .createRole({ name: 'writer', trustPolicy: trust, maxSessionDuration });
  return { iam, sts, role, client: new STSClient(inProcess(sts)) };
}

describe('GetCallerIdentity', () => {
  test('tells the owner of the account', async () => {
    const { client } = setUp();

    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      UserId: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
  });

  test('tells a session, whatever it may do', async () => {
    const { iam, sts, role, client } = setUp();
    const { Credentials } = await client.send(
      new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'tests' }),
    );
    const caller = iam.callerOf(Credentials?.AccessKeyId ?? '', 'us-east-1');

    const identity = await new STSClient(inProcess(sts, caller)).send(
      new GetCallerIdentityCommand({}),
    );

    expect(identity).toMatchObject({
      Account: '000000000000',
      UserId: `${role.id}:tests`,
      Arn: 'arn:aws:sts::000000000000:assumed-role/writer/tests',
    });
  });
});

describe('AssumeRole', () => {
  test('gives credentials for as long as they were asked for', async () => {
    const { role, client } = setUp();
    const before = Date.now();

    const { Credentials, AssumedRoleUser } = await client.send(
      new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'tests', DurationSeconds: 900 }),
    );

    const lifetime = (Credentials?.Expiration?.getTime() ?? 0) - before;
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
    expect(Credentials?.SessionToken).toBeTruthy();
    expect(lifetime).toBeGreaterThanOrEqual(900_000);
    expect(lifetime).toBeLessThan(1_000_000);
    expect(AssumedRoleUser).toEqual({
      AssumedRoleId: `${role.id}:tests`,
      Arn: 'arn:aws:sts::000000000000:assumed-role/writer/tests',
    });
  });

  test.each([
    [
      'AccessDenied',
      'is not authorized to perform: sts:AssumeRole',
      { RoleArn: 'arn:aws:iam::000000000000:role/nobody' },
    ],
    ['ValidationError', 'writer is invalid', { RoleArn: 'writer' }],
    ['ValidationError', "at 'roleSessionName'", { RoleSessionName: 'a b' }],
    ['ValidationError', "at 'durationSeconds'", { DurationSeconds: 899 }],
    [
      'ValidationError',
      'exceeds the MaxSessionDuration set for this role',
      { DurationSeconds: 3601 },
    ],
    ['NotImplemented', 'the parameter Policy of sts:AssumeRole', { Policy: '{}' }],
    [
      'NotImplemented',
      'the parameter Tags of sts:AssumeRole',
      { Tags: [{ Key: 'a', Value: 'b' }] },
    ],
  ])('is refused: %s, %s', async (name, message, input) => {
    const { role, client } = setUp();

    const assumed = client.send(
      new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'tests', ...input }),
    );

    await expect(assumed).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

test('an action that is not there is refused by its name', async () => {
  const { client } = setUp();

  await expect(client.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: 'InvalidAction',
    message: expect.stringContaining('sts:GetSessionToken'),
  });
});
