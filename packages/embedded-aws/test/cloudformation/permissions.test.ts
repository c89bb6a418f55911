import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListRolesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { type AccessDecision, createAws } from '../../src';
import { answeredBy } from '../../src/in-process';

// A stack acts as its caller, who needs the permission for each action on each resource.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html

const StackName = 'mine';
const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
};
const BOUNDARY = 'arn:aws:iam::aws:policy/AmazonKinesisFullAccess';

async function withUser(...statements: readonly object[]) {
  const decisions: AccessDecision[] = [];
  const aws = createAws({ onAccessDecision: (decision) => decisions.push(decision) });
  const config = (credentials = { accessKeyId: 'local', secretAccessKey: 'local' }) => ({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials,
    maxAttempts: 1,
    requestHandler: answeredBy((request) => aws.handle(request)),
  });
  const iam = new IAMClient(config());
  const UserName = 'ann';
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = [
    { Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' },
    ...statements.map((given) => ({ Effect: 'Allow', Resource: '*', ...given })),
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const own = config({
    accessKeyId: key?.AccessKeyId ?? '',
    secretAccessKey: key?.SecretAccessKey ?? '',
  });
  return { client: new CloudFormationClient(own), own: new IAMClient(own), iam, decisions };
}

/** Creates a stack. @returns its final status and the reasons of its failures */
async function created(client: CloudFormationClient, Resources: object) {
  const TemplateBody = JSON.stringify({ Resources });
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
  const status = await settled(client);
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const reasons = StackEvents.flatMap(({ ResourceStatus, ResourceStatusReason }) =>
    ResourceStatus?.endsWith('_FAILED') ? (ResourceStatusReason ?? []) : [],
  );
  return { status, reasons };
}

async function settled(client: CloudFormationClient): Promise<string> {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const status = stack?.StackStatus ?? '';
    if (!status.endsWith('_IN_PROGRESS')) return status;
    await new Promise(setImmediate);
  }
}

const role = (more: object = {}) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } },
});
const READ = ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'];

test('a resource for which the caller lacks a permission is not made, in AWS’s words', async () => {
  const { client, iam } = await withUser({ Action: READ });

  const { status, reasons } = await created(client, role());

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(reasons.join()).toMatch(
    /User: arn:aws:iam::000000000000:user\/ann is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::000000000000:role\/mine-Role-[A-Z0-9]{12} because no identity-based policy allows the iam:CreateRole action.*HandlerErrorCode: AccessDenied/,
  );
  expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
});

test('a resource that its creator may not read is taken away again', async () => {
  const { client, iam } = await withUser({ Action: ['iam:CreateRole', 'iam:DeleteRole'] });

  const { status, reasons } = await created(client, role());

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(reasons.join()).toContain('not authorized to perform: iam:GetRole');
  expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
});

test.each([
  ['may read', READ, 'FAILED'],
  ['may not read', [], 'CREATE_COMPLETE'],
])(
  'a name that is taken by what the creator of a change set %s: %#',
  async (_case, may, expected) => {
    const { client, iam } = await withUser(...(may.length > 0 ? [{ Action: may }] : []));
    const AssumeRolePolicyDocument = JSON.stringify(TRUST);
    await iam.send(new CreateRoleCommand({ RoleName: 'taken', AssumeRolePolicyDocument }));

    const { Id: ChangeSetName } = await client.send(
      new CreateChangeSetCommand({
        StackName,
        ChangeSetName: 'c',
        ChangeSetType: 'CREATE',
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        TemplateBody: JSON.stringify({ Resources: role({ RoleName: 'taken' }) }),
      }),
    );
    const { Status } = await client.send(new DescribeChangeSetCommand({ ChangeSetName }));

    expect(Status).toBe(expected);
  },
);

test('what it needs, and no more, is asked of its caller, and told to onAccessDecision', async () => {
  const policies = [
    {
      PolicyName: 'p',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
      },
    },
  ];
  const { client, decisions } = await withUser({ Action: 'iam:*' });

  const { status } = await created(client, role({ Policies: policies }));
  await client.send(new DeleteStackCommand({ StackName }));

  expect(status).toBe('CREATE_COMPLETE');
  const asked = decisions.filter(({ action }) => action.startsWith('iam:'));
  expect(asked.slice(0, 6).map(({ action }) => action)).toEqual([
    'iam:CreateRole',
    'iam:PutRolePolicy',
    ...READ,
    'iam:GetRolePolicy',
  ]);
  expect(asked[0]).toEqual({
    principal: 'arn:aws:iam::000000000000:user/ann',
    action: 'iam:CreateRole',
    resource: expect.stringMatching(/^arn:aws:iam::000000000000:role\/mine-Role-/),
    decision: 'allowed',
  });
});

test.each([
  ['with the boundary', { PermissionsBoundary: BOUNDARY }, 'CREATE_COMPLETE'],
  ['without one', {}, 'ROLLBACK_COMPLETE'],
])('who may only make roles with a boundary makes one %s: %#', async (_case, more, expected) => {
  const { client } = await withUser(
    { Action: READ },
    {
      Action: ['iam:CreateRole', 'iam:DeleteRole'],
      Condition: { StringEquals: { 'iam:PermissionsBoundary': BOUNDARY } },
    },
  );

  expect((await created(client, role(more))).status).toBe(expected);
});

const ALL = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

test.each([
  ['ManagedPolicy', 'CreatePolicy', { PolicyDocument: ALL, Users: ['ann'] }],
  ['Policy', 'PutUserPolicy', { PolicyDocument: ALL, PolicyName: 'all', Users: ['ann'] }],
])('who may only make stacks gives himself no %s', async (type, action, Properties) => {
  const { client } = await withUser();

  const { reasons } = await created(client, { Policy: { Type: `AWS::IAM::${type}`, Properties } });

  expect(reasons.join()).toContain(`not authorized to perform: iam:${action}`);
});

test('a function needs the right to pass its role to Lambda', async () => {
  const resources = {
    ...role(),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: 'exports.handler = async () => ({});' },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
  };
  const { client } = await withUser(
    { Action: ['iam:CreateRole', 'iam:DeleteRole', ...READ, 'lambda:*'] },
    {
      Action: 'iam:PassRole',
      Condition: { StringEquals: { 'iam:PassedToService': 'apigateway.amazonaws.com' } },
    },
  );

  const { reasons } = await created(client, resources);

  expect(reasons.join()).toContain('not authorized to perform: iam:PassRole');
});

test('an authorizer needs the right to pass its role to API Gateway', async () => {
  const resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'a' } },
    Authorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        RestApiId: { Ref: 'Api' },
        Name: 'door',
        Type: 'TOKEN',
        AuthorizerUri:
          'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:door/invocations',
        AuthorizerCredentials: 'arn:aws:iam::000000000000:role/door',
        IdentitySource: 'method.request.header.Authorization',
      },
    },
  };
  const passing = (service: string) => ({
    Action: 'iam:PassRole',
    Resource: 'arn:aws:iam::000000000000:role/door',
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  });
  const all = { Action: 'apigateway:*' };
  const may = await withUser(all, passing('apigateway.amazonaws.com'));
  const mayNot = await withUser(all, passing('lambda.amazonaws.com'));

  expect((await created(may.client, resources)).status).toBe('CREATE_COMPLETE');
  const { reasons } = await created(mayNot.client, resources);

  expect(reasons.join()).toContain('not authorized to perform: iam:PassRole');
  const asked = may.decisions.filter(({ resource }) => resource.includes('/authorizers'));
  expect(asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
    expect.stringMatching(/^apigateway:POST .*::\/restapis\/[a-z0-9]{10}\/authorizers$/),
    expect.stringMatching(/^apigateway:GET .*\/authorizers\/[a-z0-9]{6}$/),
  ]);
});

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
describe('a user who may attach only some managed policies', () => {
  const OTHER = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const withAttacher = () =>
    withUser(
      { Action: ['iam:Create*', 'iam:Delete*', 'iam:Get*', 'iam:List*'] },
      {
        Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        Condition: { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::*:policy/AmazonKinesis*' } },
      },
    );
  const policy = (ManagedPolicyName: string) => ({
    ...role(),
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName,
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: '*' }],
        },
      },
    },
  });

  test.each([
    ['a role with one of them', role({ ManagedPolicyArns: [BOUNDARY] }), 'CREATE_COMPLETE'],
    ['a role with another, too', role({ ManagedPolicyArns: [BOUNDARY, OTHER] }), 'DENIED'],
    ['a policy of such a name', policy('AmazonKinesisOwn'), 'CREATE_COMPLETE'],
    ['a policy of another name', policy('Own'), 'DENIED'],
  ])('is held to iam:PolicyARN by stacks: %s', async (_, resources, expected) => {
    const { client } = await withAttacher();

    const { status, reasons } = await created(client, resources);
    await client.send(new DeleteStackCommand({ StackName }));

    if (expected === 'DENIED') {
      expect(status).toBe('ROLLBACK_COMPLETE');
      expect(reasons.join()).toContain('is not authorized to perform: iam:AttachRolePolicy');
    } else {
      expect([status, reasons]).toEqual([expected, []]);
    }
  });

  test('is held to iam:PolicyARN by IAM itself', async () => {
    const { iam, own } = await withAttacher();
    const RoleName = 'writer';
    const AssumeRolePolicyDocument = JSON.stringify(TRUST);
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: OTHER }));

    await own.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: BOUNDARY }));
    await own.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: BOUNDARY }));
    const detached = own.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: OTHER }));

    await expect(detached).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
