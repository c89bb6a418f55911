import { randomUUID } from 'node:crypto';
import {
  CreateStackCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  EstimateTemplateCostCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListStacksCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { createCloudFormation } from '../../src/cloudformation';
import { AwsError } from '../../src/core/errors';
import { createIam } from '../../src/iam';
import { inProcess } from '../../src/in-process';
import { awsRequest, testCaller } from '../support/aws-request';
import {
  api,
  clientOf,
  createStack,
  role,
  settle,
  stream,
  template,
  updateStack,
  world,
} from './support';

describe('the service', () => {
  it.each([
    ['STANDARD', 200],
    ['EXPRESS', 400],
  ])('takes a deployment configuration that changes nothing: %s', async (mode, status) => {
    const { service } = world();
    const body = new URLSearchParams({
      Action: 'CreateStack',
      StackName: 'configured',
      TemplateBody: '{"Resources": {"S": {"Type": "AWS::Kinesis::Stream"}}}',
      'DeploymentConfig.Mode': mode,
      'DeploymentConfig.DisableRollback': 'false',
    });

    const answer = await service.handle(awsRequest({ body: body.toString() }));

    expect(answer.status).toBe(status);
    expect(String(answer.body).includes('the parameter DeploymentConfig')).toBe(status === 400);
  });

  it("answers in the query protocol's XML, with AWS's namespace", async () => {
    // Prepare
    const { service } = world();

    // Act
    const answer = await service.handle(
      awsRequest({ body: 'Action=ListStacks&Version=2010-05-15' }),
    );

    // Assess
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(
      '<ListStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStacksResult><StackSummaries></StackSummaries></ListStacksResult><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata></ListStacksResponse>',
    );
  });

  it('authorizes requests before it acts', async () => {
    // Prepare
    const asked: string[] = [];
    const { service, resources } = world();
    const caller = {
      ...testCaller,
      authorize: (action: string, resource: string) => {
        asked.push(`${action} ${resource}`);
        throw new AwsError('AccessDenied', 'no', { status: 403 });
      },
    };
    const client = clientOf(service, caller);

    // Act
    const creation = createStack({ ...world(), client }, template({ Api: api() }));

    // Assess
    await expect(creation).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(asked).toEqual([
      'cloudformation:CreateStack arn:aws:cloudformation:us-east-1:000000000000:stack/stack/*',
    ]);
    expect(resources.calls).toEqual([]);
  });

  it('has one handler per type', () => {
    const handlers = [...world().resources.handlers, ...world().resources.handlers];
    expect(() => createCloudFormation({ handlers, readTemplate: async () => '' })).toThrow(
      'Two handlers for',
    );
  });

  it('creates wait condition handles itself', async () => {
    // Prepare
    const local = world({ types: [] });
    const body = template(
      { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
      { Outputs: { Url: { Value: { Ref: 'Handle' } } } },
    );

    // Act
    const stack = await settle(local, createStack(local, body));

    // Assess
    expect(stack?.Outputs?.[0]?.OutputValue).toBe(
      `https://cloudformation-waitcondition-us-east-1.s3.us-east-1.amazonaws.com/${stack?.StackId?.replaceAll(':', '%3A')}/Handle`,
    );
  });
});

it('creates nothing for CDK metadata', async () => {
  const here = world({ types: [] });
  const body = (Analytics: string) =>
    template({ CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics } } });

  const created = await settle(here, createStack(here, body('v2:deflate64:H4sI')));
  const updated = await settle(here, updateStack(here, body('v2:deflate64:H4sJ')));

  expect([created?.StackStatus, updated?.StackStatus]).toEqual([
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
  ]);
});

describe('templates', () => {
  const body = template(
    { Role: role({ RoleName: 'mine' }), Api: api() },
    {
      Description: 'a "stack" <of> mine & ours',
      Metadata: { a: 1 },
      Parameters: {
        Env: {
          Type: 'String',
          Default: 'dev',
          AllowedValues: ['dev', 'prod'],
          Description: 'where',
        },
        Secret: { Type: 'String', NoEcho: true },
      },
    },
  );

  it('are validated, with their parameters and capabilities', async () => {
    // Act
    const answer = await world().client.send(new ValidateTemplateCommand({ TemplateBody: body }));

    // Assess
    expect(answer).toMatchObject({
      Description: 'a "stack" <of> mine & ours',
      Parameters: [
        { ParameterKey: 'Env', DefaultValue: 'dev', NoEcho: false, Description: 'where' },
        { ParameterKey: 'Secret', NoEcho: true },
      ],
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    });
  });

  it('are summarised', async () => {
    // Act
    const answer = await world().client.send(new GetTemplateSummaryCommand({ TemplateBody: body }));

    // Assess
    expect(answer).toMatchObject({
      ResourceTypes: ['AWS::IAM::Role', 'AWS::ApiGateway::RestApi'],
      Metadata: '{"a":1}',
      ResourceIdentifierSummaries: [
        { ResourceType: 'AWS::IAM::Role', ResourceIdentifiers: ['RoleName'] },
        { ResourceType: 'AWS::ApiGateway::RestApi', ResourceIdentifiers: ['RestApiId'] },
      ],
      Parameters: [
        {
          ParameterKey: 'Env',
          ParameterType: 'String',
          ParameterConstraints: { AllowedValues: ['dev', 'prod'] },
        },
        { ParameterKey: 'Secret' },
      ],
    });
  });

  it('are returned verbatim, and secrets are masked', async () => {
    // Prepare
    const local = world();
    const stack = await settle(
      local,
      createStack(local, body, {
        Parameters: [{ ParameterKey: 'Secret', ParameterValue: 's3cret' }],
      }),
    );

    // Act
    const { TemplateBody } = await local.client.send(
      new GetTemplateCommand({ StackName: 'stack' }),
    );

    // Assess
    expect(TemplateBody).toBe(body);
    expect(stack?.Parameters).toContainEqual({ ParameterKey: 'Secret', ParameterValue: '****' });
  });

  it.each([
    ['a role', role(), [], 'CAPABILITY_IAM'],
    ['a named role', role({ RoleName: 'x' }), ['CAPABILITY_IAM'], 'CAPABILITY_NAMED_IAM'],
  ] as const)('with %s require a capability', async (_, Role, given, missing) => {
    // Prepare
    const local = world();

    // Act
    const creation = createStack(local, template({ Role }), { Capabilities: [...given] });

    // Assess
    await expect(creation).rejects.toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: `Requires capabilities : [${missing}]`,
    });
  });

  it('cannot be priced', async () => {
    const cost = world().client.send(new EstimateTemplateCostCommand({ TemplateBody: body }));
    await expect(cost).rejects.toThrow('does not implement cloudformation:EstimateTemplateCost');
  });
});

describe('resources', () => {
  it('can be described one by one, by stack and by physical id', async () => {
    // Prepare
    const local = world();
    const metadata = { Stream: { ...stream(), Metadata: { owner: 'us' } } };
    await settle(local, createStack(local, template(metadata)));
    const [PhysicalResourceId] = [...local.resources.existing.keys()];

    // Act
    const one = await local.client.send(
      new DescribeStackResourceCommand({ StackName: 'stack', LogicalResourceId: 'Stream' }),
    );
    const found = await local.client.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId }),
    );

    // Assess
    expect(one.StackResourceDetail).toMatchObject({
      PhysicalResourceId,
      ResourceStatus: 'CREATE_COMPLETE',
      Metadata: '{"owner":"us"}',
    });
    expect(found.StackResources).toMatchObject([
      { StackName: 'stack', LogicalResourceId: 'Stream' },
    ]);
  });
});

it('an unknown stack status filter is refused', async () => {
  const filter = ['CREATE_COMPLETE', 'DONE'] as never;
  await expect(
    world().client.send(new ListStacksCommand({ StackStatusFilter: filter })),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining("Value '[CREATE_COMPLETE, DONE]' at 'stackStatusFilter'"),
  });
});

// Recorded: LocalStack's test_update_with_role_without_permissions, 21-11-2022.
it('a role that does not trust CloudFormation is refused', async () => {
  // Prepare
  const iam = createIam();
  const client = clientOf(
    createCloudFormation({
      handlers: [],
      readTemplate: async () => '',
      refusesRole: (arn, caller) => iam.refusesService(arn, 'cloudformation.amazonaws.com', caller),
    }),
  );
  const iamClient = new IAMClient(inProcess(iam, testCaller));
  const roleTrusting = async (RoleName: string, Service: string) => {
    const Statement = [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }];
    const { Role } = await iamClient.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    );
    return Role?.Arn;
  };
  const body = template({ Data: { Type: 'AWS::CDK::Metadata', Properties: {} } });
  const create = (RoleARN: string | undefined) =>
    client.send(
      new CreateStackCommand({ StackName: `s${randomUUID()}`, TemplateBody: body, RoleARN }),
    );

  // Act
  const refused = await roleTrusting('other', 'lambda.amazonaws.com');
  const answer = create(refused);
  await expect(answer).rejects.toThrow(`Role ${refused} is invalid or cannot be assumed`);
  const others = [
    await create(await roleTrusting('mine', 'cloudformation.amazonaws.com')),
    await create('arn:aws:iam::000000000000:role/of-the-real-account'),
  ];

  // Assess
  expect(others.map(({ StackId }) => typeof StackId)).toEqual(['string', 'string']);
});
