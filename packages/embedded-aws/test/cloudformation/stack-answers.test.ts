import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { named, review } from './change-set-review';
import {
  createStack,
  eventsOf,
  fullEvents,
  role,
  settle,
  stream,
  template,
  updateStack,
  type World,
  world,
} from './support';

// The members of the answers were recorded by LocalStack's tests, whose names are given.

const body = template({ Stream: stream() });
const withParameter = template(
  { Stream: stream() },
  {
    Description: 'streams',
    Parameters: { Stage: { Type: 'String', Default: 'a' } },
    Outputs: { Name: { Value: { Ref: 'Stream' } } },
  },
);

async function described({ client }: World, StackName = 'stack'): Promise<Stack> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  return Stacks?.[0] ?? Promise.reject(new Error('no stack'));
}

const given = (answer: object) =>
  Object.entries(answer)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .sort();

const ALWAYS = [
  'CreationTime',
  'DisableRollback',
  'DriftInformation',
  'LastOperations',
  'NotificationARNs',
  'RollbackConfiguration',
  'StackId',
  'StackName',
  'StackStatus',
  'Tags',
];

describe('DescribeStacks', () => {
  it('leaves out what a stack has not', async () => {
    const local = world();

    await settle(local, createStack(local, body, { Capabilities: [] }));

    expect(given(await described(local))).toEqual(
      [...ALWAYS, 'EnableTerminationProtection'].sort(),
    );
  });

  it('tells what it has', async () => {
    const local = world();

    await settle(local, createStack(local, withParameter));

    expect(given(await described(local))).toEqual(
      [
        ...ALWAYS,
        'Capabilities',
        'Description',
        'EnableTerminationProtection',
        'Outputs',
        'Parameters',
      ].sort(),
    );
  });

  // test_stack_description_lifecycle, 09-09-2025
  it('has nothing of the definition of a stack in review', async () => {
    const local = world();

    await review(local, withParameter, {
      ChangeSetType: 'CREATE',
      Tags: [{ Key: 'team', Value: 'a' }],
    });

    const stack = await described(local);
    expect(given(stack)).toEqual(
      [...ALWAYS, 'EnableTerminationProtection', 'StackStatusReason'].sort(),
    );
    expect(stack).toMatchObject({ Tags: [], StackStatusReason: 'User Initiated' });
  });

  it('names the change set that was executed, until an update without one', async () => {
    const local = world();
    const { ChangeSetId } = await review(local, body, { ChangeSetType: 'CREATE' });

    const created = await settle(local, local.client.send(new ExecuteChangeSetCommand(named)));
    const updated = await settle(
      local,
      updateStack(local, template({ Stream: stream({ ShardCount: 2 }) })),
    );

    expect(created).toMatchObject({ ChangeSetId, LastUpdatedTime: expect.any(Date) });
    expect(updated?.ChangeSetId).toBeUndefined();
  });

  // test_no_echo_parameter, 15-08-2025
  it('keeps its capabilities in an update that gives none, and has to be given them again', async () => {
    const local = world();
    await settle(local, createStack(local, body));
    const without = { Capabilities: undefined };

    const updated = await settle(
      local,
      updateStack(local, template({ Stream: stream({ ShardCount: 2 }) }), without),
    );
    const withRole = updateStack(local, template({ Role: role() }), without);

    expect(updated?.Capabilities).toEqual(['CAPABILITY_NAMED_IAM']);
    await expect(withRole).rejects.toThrow('Requires capabilities : [CAPABILITY_IAM]');
  });

  it('tells a deleted stack by its id, without what it cannot have any more', async () => {
    const local = world();
    await review(local, withParameter, { ChangeSetType: 'CREATE' });
    const stack = await settle(local, local.client.send(new ExecuteChangeSetCommand(named)));

    await settle(local, local.client.send(new DeleteStackCommand({ StackName: 'stack' })));

    expect(given(await described(local, stack?.StackId))).toEqual(
      [
        ...ALWAYS,
        'Capabilities',
        'DeletionTime',
        'Description',
        'LastUpdatedTime',
        'Parameters',
      ].sort(),
    );
  });

  // test_blocked_stack_deletion, 06-09-2023
  it('tells since when a stack is rolled back or deleted', async () => {
    const local = world();
    local.resources.failures.set('create Stream', 'broken');

    const stack = await settle(local, createStack(local, body));

    expect(stack).toMatchObject({
      StackStatus: 'ROLLBACK_COMPLETE',
      DeletionTime: expect.any(Date),
    });
  });

  // Recorded: LocalStack's test_fn_find_in_map_with_multiple_nested_functions, 2026; of a rollback:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events-by-operation.html
  it('tells the last operation, and a rollback beside what it rolled back', async () => {
    const local = world();
    const types = (stack?: Stack) =>
      stack?.LastOperations?.map(({ OperationType }) => OperationType);

    const created = await settle(local, createStack(local, body));
    const update = template({ Stream: stream({ ShardCount: 2 }) });
    const updated = await settle(local, updateStack(local, update));
    local.resources.failures.set('update Stream', 'broken');
    const rolledBack = await settle(local, updateStack(local, body));

    expect([created, updated, rolledBack].map(types)).toEqual([
      ['CREATE_STACK'],
      ['UPDATE_STACK'],
      ['ROLLBACK', 'UPDATE_STACK'],
    ]);
    expect(updated?.LastOperations?.[0]?.OperationId).not.toBe(
      rolledBack?.LastOperations?.[1]?.OperationId,
    );
  });
});

describe('DescribeChangeSet and ListChangeSets', () => {
  it('leave out tags and parameters that are not there, and tell IncludeNestedStacks', async () => {
    const local = world();

    const { $metadata, ...changeSet } = await review(local, body, {
      ChangeSetType: 'CREATE',
      Capabilities: [],
    });
    const { Summaries } = await local.client.send(
      new ListChangeSetsCommand({ StackName: 'stack' }),
    );

    expect(given(changeSet)).toEqual([
      'Capabilities',
      'ChangeSetId',
      'ChangeSetName',
      'Changes',
      'CreationTime',
      'ExecutionStatus',
      'IncludeNestedStacks',
      'NotificationARNs',
      'RollbackConfiguration',
      'StackId',
      'StackName',
      'Status',
    ]);
    expect(Summaries?.[0]).toMatchObject({ IncludeNestedStacks: false });
  });

  it('tell the execution, while it lasts and how it ended', async () => {
    const local = world();
    let open = () => {};
    local.resources.gates.set('create Stream', new Promise((resolve) => (open = resolve)));
    local.resources.failures.set('create Stream', 'broken');
    const { ChangeSetId } = await review(local, body, { ChangeSetType: 'CREATE' });
    const status = async () => {
      const { ExecutionStatus } = await local.client.send(
        new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }),
      );
      return ExecutionStatus;
    };

    await local.client.send(new ExecuteChangeSetCommand(named));
    const during = await status();
    open();
    await local.service.idle();

    expect([during, await status()]).toEqual(['EXECUTE_IN_PROGRESS', 'EXECUTE_FAILED']);
  });
});

// test_nested_conditions, 26-06-2023
it('a stack whose conditions switch every resource off is created empty', async () => {
  const local = world();
  const off = template(
    { Stream: { ...stream(), Condition: 'Never' } },
    { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
  );

  const changeSet = await review(local, off, { ChangeSetType: 'CREATE' });
  const stack = await settle(local, local.client.send(new ExecuteChangeSetCommand(named)));
  const { StackResources } = await local.client.send(
    new DescribeStackResourcesCommand({ StackName: 'stack' }),
  );

  expect(changeSet).toMatchObject({
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
    Changes: [],
  });
  expect([stack?.StackStatus, StackResources]).toEqual(['CREATE_COMPLETE', []]);
});

describe('a stack in review', () => {
  // test_create_while_in_review, 22-11-2023
  it('is taken up by CreateStack, and its change sets are obsolete', async () => {
    const local = world();
    const { ChangeSetId, StackId } = await review(local, body, { ChangeSetType: 'CREATE' });

    const created = await settle(local, createStack(local, body));
    const changeSet = await local.client.send(
      new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }),
    );

    expect(created).toMatchObject({ StackId, StackStatus: 'CREATE_COMPLETE' });
    expect(changeSet.ExecutionStatus).toBe('OBSOLETE');
  });
});

describe('a change set for a deleted stack, by its id', () => {
  // test_create_changeset_for_deleted_stack, 10-10-2025
  it.each([
    ['UPDATE', (id: string) => `Stack:${id} is in DELETE_COMPLETE state and can not be updated.`],
    [
      'CREATE',
      (id: string) =>
        `Stack [${id}] already exists and cannot be created again with the changeSet [late].`,
    ],
  ] as const)('of type %s is refused', async (ChangeSetType, message) => {
    const local = world();
    const { StackId = '' } = await createStack(local, body);
    await local.service.idle();
    await settle(local, local.client.send(new DeleteStackCommand({ StackName: StackId })));

    const made = local.client.send(
      new CreateChangeSetCommand({
        StackName: StackId,
        ChangeSetName: 'late',
        ChangeSetType,
        TemplateBody: body,
      }),
    );

    await expect(made).rejects.toThrow(message(StackId));
  });
});

describe('events', () => {
  it('have times that increase, also on a clock that stands still', async () => {
    const still = new Date('2026-01-01T00:00:00.000Z');
    const local = world({ now: () => still });

    await settle(local, createStack(local, template({ A: stream(), B: role(), C: stream() })));

    const times = (await fullEvents(local.client)).map(({ Timestamp }) => Number(Timestamp));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(times.length).toBeGreaterThan(10);
  });

  // test_change_set_ref, 08-04-2025
  it('are named by resource, status and time; those of a clean-up have no properties', async () => {
    const local = world();
    await settle(local, createStack(local, template({ Kept: stream(), Gone: stream() })));

    await settle(local, updateStack(local, template({ Kept: stream() })));

    const events = await fullEvents(local.client);
    const of = (status: string) =>
      events.find(
        ({ LogicalResourceId, ResourceStatus }) =>
          LogicalResourceId === 'Gone' && ResourceStatus === status,
      );
    expect(of('CREATE_COMPLETE')?.EventId).toBe(
      `Gone-CREATE_COMPLETE-${of('CREATE_COMPLETE')?.Timestamp?.toISOString()}`,
    );
    expect(of('DELETE_COMPLETE')).toMatchObject({
      EventId: expect.stringMatching(/^Gone-[0-9a-f]{8}-/),
    });
    expect(of('DELETE_COMPLETE')?.ResourceProperties).toBeUndefined();
    expect(await eventsOf(local)).toContain('stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  });
});

// test_no_echo_parameter, 15-08-2025
it('metadata is told with its values, and changes with a parameter', async () => {
  const local = world();
  const text = template(
    { Stream: { ...stream(), Metadata: { owner: { Ref: 'Owner' } } } },
    { Parameters: { Owner: { Type: 'String' } } },
  );
  const owner = (ParameterValue: string) => [{ ParameterKey: 'Owner', ParameterValue }];
  await settle(local, createStack(local, text, { Parameters: owner('us') }));

  const { StackResourceDetail } = await local.client.send(
    new DescribeStackResourceCommand({ StackName: 'stack', LogicalResourceId: 'Stream' }),
  );
  const { Changes } = await review(local, text, { Parameters: owner('them') });

  expect(StackResourceDetail?.Metadata).toBe('{"owner":"us"}');
  expect(Changes?.[0]?.ResourceChange).toMatchObject({
    Scope: ['Metadata'],
    Replacement: 'False',
    Details: [
      {
        Target: { Attribute: 'Metadata', RequiresRecreation: 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'ParameterReference',
        CausingEntity: 'Owner',
      },
      { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
    ],
  });
});
