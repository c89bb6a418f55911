import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type ExecuteChangeSetCommandInput,
} from '@aws-sdk/client-cloudformation';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListTagsForStreamCommand,
} from '@aws-sdk/client-kinesis';
import { createAws } from '../../src';
import { answeredBy } from '../../src/in-process';
import { fullEvents } from './support';

// A resource whose name is taken is found when the change set is created; with
// ImportExistingResources it becomes the stack's.

const CONFLICT =
  'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
const stream = (Name?: unknown, attributes: object = {}) => ({
  Type: 'AWS::Kinesis::Stream',
  Properties: { ShardCount: 1, ...(Name !== undefined && { Name }) },
  ...attributes,
});
/** A stream that cannot be created, after everything else was. */
const failing = (...after: string[]) => ({
  Type: 'AWS::Kinesis::Stream',
  DependsOn: after,
  Properties: { ShardCount: 1, RetentionPeriodHours: 12 },
});

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
};

type Resources = Record<string, object>;

/** An embedded AWS whose stream `orders` was not created by a stack, and has two shards. */
async function withOrders() {
  const aws = createAws({ kinesis: { createMs: 0, updateMs: 0, deleteMs: 0 } });
  const config = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: answeredBy((request) => aws.handle(request)),
  };
  const kinesis = new KinesisClient(config);
  const client = new CloudFormationClient(config);
  await kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 2 }));

  let count = 0;
  const review = async (
    Resources: Resources,
    rest: Partial<CreateChangeSetCommandInput> & { declared?: object } = {},
  ) => {
    const { declared, ...input } = rest;
    const { Id } = await client.send(
      new CreateChangeSetCommand({
        StackName: 'mine',
        ChangeSetName: `changes-${++count}`,
        ChangeSetType: 'CREATE',
        TemplateBody: JSON.stringify({ Resources, Parameters: declared }),
        ...input,
      }),
    );
    return client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
  };
  /** Executes a change set. @returns the status in which the stack ends */
  const execute = async (
    ChangeSetName: string | undefined,
    StackName = 'mine',
    rest: Partial<ExecuteChangeSetCommandInput> = {},
  ): Promise<string> => {
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName, ...rest }));
    for (;;) {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      const status = stack?.StackStatus ?? '';
      if (!status.endsWith('_IN_PROGRESS')) return status;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const deploy = async (
    resources: Resources,
    { StackName = 'mine', ...rest }: Partial<CreateChangeSetCommandInput> = {},
  ) => execute((await review(resources, { StackName, ...rest })).ChangeSetId, StackName);
  const shards = async (StreamName = 'orders') =>
    kinesis.send(new DescribeStreamSummaryCommand({ StreamName })).then(
      ({ StreamDescriptionSummary }) => StreamDescriptionSummary?.OpenShardCount,
      ({ name }: Error) => name,
    );
  return { client, kinesis, review, execute, deploy, shards };
}

const IMPORT = { ImportExistingResources: true };

describe('a change set for a stream that exists', () => {
  test('fails without naming it, which DescribeEvents does', async () => {
    const { client, review } = await withOrders();

    const changeSet = await review({ Orders: stream('orders'), Others: stream('others') });
    const { OperationEvents } = await client.send(
      new DescribeEventsCommand({ ChangeSetName: changeSet.ChangeSetId }),
    );

    expect(changeSet).toMatchObject({
      Status: 'FAILED',
      StatusReason: CONFLICT,
      ExecutionStatus: 'UNAVAILABLE',
    });
    expect(OperationEvents).toMatchObject([
      {
        EventType: 'VALIDATION_ERROR',
        LogicalResourceId: 'Orders',
        ResourceType: 'AWS::Kinesis::Stream',
        ValidationName: 'NAME_CONFLICT_VALIDATION',
        ValidationFailureMode: 'FAIL',
        ValidationPath: '/Resources/Orders',
        ValidationStatusReason:
          "Resource of type 'AWS::Kinesis::Stream' with identifier 'orders' already exists.",
      },
    ]);
  });

  test.each([
    ['with its name in a parameter', 'FAILED', stream({ Ref: 'Name' })],
    ['with another name', 'CREATE_COMPLETE', stream('others')],
    ['without a name', 'CREATE_COMPLETE', stream()],
  ])('%s ends in %s', async (_, status, Orders) => {
    const { review } = await withOrders();

    const changeSet = await review(
      { Orders },
      { declared: { Name: { Type: 'String', Default: 'orders' } } },
    );

    expect(changeSet.Status).toBe(status);
  });

  test('fails when another one is renamed to it', async () => {
    const { deploy, review } = await withOrders();
    await deploy({ Orders: stream('others') });

    const changeSet = await review({ Orders: stream('orders') }, { ChangeSetType: 'UPDATE' });

    expect(changeSet.StatusReason).toBe(CONFLICT);
  });

  test('is created without the validation, and fails when it is executed', async () => {
    const { deploy } = await withOrders();

    expect(await deploy({ Orders: stream('orders') }, { DisableValidation: true })).toBe(
      'ROLLBACK_COMPLETE',
    );
  });

  test.each([
    ['AWS::Logs::LogGroup', { LogGroupName: 'taken' }],
    ['AWS::S3::Bucket', { BucketName: 'taken' }],
    ['AWS::CloudWatch::Dashboard', { DashboardName: 'taken', DashboardBody: '{"widgets": []}' }],
    ['AWS::IAM::Role', { RoleName: 'taken', AssumeRolePolicyDocument: TRUST }],
    [
      'AWS::CloudWatch::Alarm',
      {
        AlarmName: 'taken',
        Namespace: 'N',
        MetricName: 'M',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      },
    ],
  ])('fails for another %s of the name', async (Type, Properties) => {
    const { deploy, review } = await withOrders();
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    const resources = { Taken: { Type, Properties } };
    expect(await deploy(resources, { Capabilities })).toBe('CREATE_COMPLETE');

    const changeSet = await review(resources, { StackName: 'second', Capabilities });

    expect(changeSet.StatusReason).toBe(CONFLICT);
  });
});

describe('with ImportExistingResources', () => {
  test('it is imported as it is, and gets the stack’s tags', async () => {
    const { client, kinesis, review, execute, shards } = await withOrders();

    const changeSet = await review(
      { Orders: stream('orders', KEPT), Others: stream('others', KEPT) },
      { ...IMPORT, Tags: [{ Key: 'team', Value: 'shop' }] },
    );
    const status = await execute(changeSet.ChangeSetId);

    expect(changeSet.Changes?.map(({ ResourceChange }) => ResourceChange)).toMatchObject([
      { Action: 'Import', LogicalResourceId: 'Orders', PhysicalResourceId: 'orders' },
      { Action: 'Add', LogicalResourceId: 'Others' },
    ]);
    expect(changeSet.ImportExistingResources).toBe(true);
    expect(status).toBe('CREATE_COMPLETE');
    expect(await shards()).toBe(2);
    const events = await fullEvents(client, 'mine');
    expect(
      events
        .filter(({ LogicalResourceId }) => LogicalResourceId === 'Orders')
        .map(({ ResourceStatus, ResourceStatusReason }) => [ResourceStatus, ResourceStatusReason]),
    ).toEqual([
      ['IMPORT_IN_PROGRESS', 'Resource import started.'],
      ['IMPORT_COMPLETE', 'Resource import completed.'],
      ['UPDATE_IN_PROGRESS', 'Apply stack-level tags to imported resource if applicable.'],
      ['UPDATE_COMPLETE', undefined],
    ]);
    const { Tags } = await kinesis.send(new ListTagsForStreamCommand({ StreamName: 'orders' }));
    expect(Tags).toMatchObject([{ Key: 'team', Value: 'shop' }]);
  });

  test('a later update changes what differs from the template that imported it', async () => {
    const { deploy, shards } = await withOrders();
    await deploy({ Orders: stream('orders', KEPT) }, IMPORT);
    const four = { Orders: { ...stream('orders', KEPT) } };
    four.Orders.Properties = { ...four.Orders.Properties, ShardCount: 4 };

    const status = await deploy(four, { ChangeSetType: 'UPDATE' });

    expect([status, await shards()]).toEqual(['UPDATE_COMPLETE', 4]);
  });

  test.each([
    ['whose name is a reference', stream({ Ref: 'Name' }, KEPT)],
    ['that the stack would delete', stream('orders')],
  ])('a resource %s is not imported', async (_, Orders) => {
    const { review } = await withOrders();

    const changeSet = await review(
      { Orders },
      { ...IMPORT, declared: { Name: { Type: 'String', Default: 'orders' } } },
    );

    expect(changeSet.StatusReason).toBe(CONFLICT);
  });

  test('a resource of another stack is not imported, until that one gives it up', async () => {
    const { deploy, review } = await withOrders();
    const Bystander = { Type: 'AWS::Logs::LogGroup' };
    const owner = { StackName: 'owner' };
    await deploy({ Orders: stream('orders', KEPT), Bystander }, { ...owner, ...IMPORT });

    const owned = await review({ Orders: stream('orders', KEPT) }, IMPORT);
    await deploy({ Bystander }, { ...owner, ChangeSetType: 'UPDATE' });
    const free = await review({ Orders: stream('orders', KEPT) }, IMPORT);

    expect([owned.StatusReason, free.Status]).toEqual([CONFLICT, 'CREATE_COMPLETE']);
  });

  test.each([
    ['ROLLBACK', 'ROLLBACK_COMPLETE'],
    ['DELETE', 'DELETE_COMPLETE'],
  ] as const)(
    'a creation that fails (%s) keeps what it imported, and nothing else',
    async (OnStackFailure, status) => {
      const { review, execute, shards } = await withOrders();
      const { ChangeSetId, StackId } = await review(
        {
          Orders: stream('orders', KEPT),
          Others: stream('others', KEPT),
          Failing: failing('Orders', 'Others'),
        },
        { ...IMPORT, OnStackFailure },
      );

      expect(await execute(ChangeSetId, StackId)).toBe(status);
      expect([await shards(), await shards('others')]).toEqual([2, 'ResourceNotFoundException']);
    },
  );

  test('an update that fails keeps what it imported, outside of the stack', async () => {
    const { client, deploy, shards } = await withOrders();
    const Bystander = { Type: 'AWS::Logs::LogGroup' };
    await deploy({ Bystander });

    const status = await deploy(
      {
        Bystander,
        Orders: stream('orders', KEPT),
        Others: stream('others', KEPT),
        Failing: failing('Orders', 'Others'),
      },
      { ...IMPORT, ChangeSetType: 'UPDATE' },
    );

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([await shards(), await shards('others')]).toEqual([2, 'ResourceNotFoundException']);
    const { StackResources = [] } = await client.send(
      new DescribeStackResourcesCommand({ StackName: 'mine' }),
    );
    expect(StackResources.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Bystander']);
  });
});
