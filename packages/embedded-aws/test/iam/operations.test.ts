import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { inProcess } from '../../src/in-process';
import { send } from '../support/send';
import { clients, PUT_POLICY, withRole } from './clients';

describe('managed policies', () => {
  test('have versions, one of them in force', async () => {
    const { client } = clients();
    const made = await client.send(
      new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: PUT_POLICY }),
    );
    const PolicyArn = made.Policy?.Arn;
    const PolicyDocument = PUT_POLICY.replace('PutRecord', 'GetRecords');

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

test('SimulatePrincipalPolicy decides for every action and resource', async () => {
  const { client } = await withRole();
  await client.send(
    new PutRolePolicyCommand({ RoleName: 'writer', PolicyName: 'p', PolicyDocument: PUT_POLICY }),
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
  const { rootCaller } = await import('../../src/core/caller');
  const stranger = rootCaller({ accountId: '111111111111', region: 'us-east-1' });

  const { Roles } = await new IAMClient(inProcess(iam, stranger)).send(new ListRolesCommand({}));

  expect(Roles).toEqual([]);
});
