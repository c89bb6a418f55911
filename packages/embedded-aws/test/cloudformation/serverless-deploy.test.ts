import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListStackResourcesCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { api, type World, world } from './support';

const STACK = 'service-local';
const CHANGE_SET = 'service-local-change-set';
const URL =
  'https://s3.amazonaws.com/bucket/serverless/service/local/compiled-cloudformation-template.json';

const bucket = {
  ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
  ServerlessDeploymentBucketPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'ServerlessDeploymentBucket' }, PolicyDocument: {} },
  },
};

const outputs = {
  ServerlessDeploymentBucketName: { Value: { Ref: 'ServerlessDeploymentBucket' } },
  Endpoint: { Value: { 'Fn::Sub': 'http://${Api}.execute-api.${AWS::Region}' } },
};

const shared = {
  StackName: STACK,
  Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] as (
    | 'CAPABILITY_IAM'
    | 'CAPABILITY_NAMED_IAM'
  )[],
  Parameters: [],
  Tags: [{ Key: 'STAGE', Value: 'local' }],
  NotificationARNs: [],
};

const byName = { StackName: STACK, ChangeSetName: CHANGE_SET };

/** The first deployment, with the calls that `serverless deploy` (osls 4.3.1) makes. */
async function firstDeploy({ client, service, templates }: World) {
  await client
    .send(new DescribeStacksCommand({ StackName: STACK }))
    .catch((error) => expect(error.message).toBe(`Stack with id ${STACK} does not exist`));
  const body = JSON.stringify({ Resources: bucket });
  await client.send(
    new CreateChangeSetCommand({
      ...shared,
      ...byName,
      ChangeSetType: 'CREATE',
      TemplateBody: body,
    }),
  );
  const created = await client.send(new DescribeChangeSetCommand(byName));
  await client.send(new ExecuteChangeSetCommand(byName));
  await service.idle();
  const createEvents = await client.send(
    new DescribeStackEventsCommand({ StackName: created.StackId }),
  );
  const physical = await client.send(
    new DescribeStackResourceCommand({
      StackName: STACK,
      LogicalResourceId: 'ServerlessDeploymentBucket',
    }),
  );
  templates.set(URL, JSON.stringify({ Resources: { ...bucket, Api: api() }, Outputs: outputs }));
  await client.send(new ValidateTemplateCommand({ TemplateURL: URL }));
  const update = await deployAgain({ client, service });
  return { created, createEvents, physical, update };
}

async function deployAgain({ client, service }: Pick<World, 'client' | 'service'>) {
  await client.send(new DeleteChangeSetCommand(byName));
  await client.send(
    new CreateChangeSetCommand({ ...shared, ...byName, ChangeSetType: 'UPDATE', TemplateURL: URL }),
  );
  const changeSet = await client.send(new DescribeChangeSetCommand(byName));
  if (changeSet.Status !== 'CREATE_COMPLETE') return changeSet;
  await client.send(new ExecuteChangeSetCommand(byName));
  await service.idle();
  return changeSet;
}

describe('the calls of serverless deploy, info and remove', () => {
  it('creates the stack with the bucket, then updates it to the full template', async () => {
    // Prepare
    const local = world();

    // Act
    const { created, createEvents, physical, update } = await firstDeploy(local);
    const stacks = await local.client.send(new DescribeStacksCommand({ StackName: STACK }));
    const listed = await local.client.send(new ListStackResourcesCommand({ StackName: STACK }));

    // Assess
    expect(created).toMatchObject({ Status: 'CREATE_COMPLETE', StackName: STACK });
    expect(created.Changes?.map(({ ResourceChange }) => ResourceChange?.Action)).toEqual([
      'Add',
      'Add',
    ]);
    const events = createEvents.StackEvents ?? [];
    expect(events[0]).toMatchObject({
      LogicalResourceId: STACK,
      ResourceStatus: 'CREATE_COMPLETE',
    });
    expect(events.map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`)).toContain(
      `${STACK} CREATE_IN_PROGRESS`,
    );
    expect(physical.StackResourceDetail?.PhysicalResourceId).toMatch(
      /^ServerlessDeploymentBucket-/,
    );
    expect(update.Changes).toHaveLength(1);
    expect(stacks.Stacks?.[0]).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      Tags: [{ Key: 'STAGE', Value: 'local' }],
      EnableTerminationProtection: false,
    });
    expect(stacks.Stacks?.[0]?.Outputs).toContainEqual({
      OutputKey: 'Endpoint',
      OutputValue: expect.stringMatching(/^http:\/\/Api-\w+\.execute-api\.us-east-1$/),
    });
    expect(
      listed.StackResourceSummaries?.map(({ LogicalResourceId }) => LogicalResourceId),
    ).toEqual(['Api', 'ServerlessDeploymentBucket', 'ServerlessDeploymentBucketPolicy']);
  });

  it('responds to a deployment without changes with a FAILED change set and its reason', async () => {
    // Prepare
    const local = world();
    await firstDeploy(local);

    // Act
    const changeSet = await deployAgain(local);
    await local.client.send(new DeleteChangeSetCommand(byName));

    // Assess
    expect(changeSet).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
  });

  it('removes the stack, which then does not exist', async () => {
    // Prepare
    const local = world();
    await firstDeploy(local);

    // Act
    await local.client.send(new DeleteStackCommand({ StackName: STACK }));
    const during = await local.client.send(new DescribeStacksCommand({ StackName: STACK }));
    await local.service.idle();
    const after = local.client.send(new DescribeStackEventsCommand({ StackName: STACK }));

    // Assess
    expect(during.Stacks?.[0]?.StackStatus).toBe('DELETE_IN_PROGRESS');
    await expect(after).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Stack [${STACK}] does not exist`,
    });
    expect(local.resources.existing.size).toBe(0);
  });

  it('reports a resource that is not in the stack', async () => {
    // Prepare
    const local = world();
    await firstDeploy(local);

    // Act
    const missing = local.client.send(
      new DescribeStackResourceCommand({ StackName: STACK, LogicalResourceId: 'Nope' }),
    );

    // Assess
    await expect(missing).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Resource Nope does not exist for stack ${STACK}`,
    });
  });
});
