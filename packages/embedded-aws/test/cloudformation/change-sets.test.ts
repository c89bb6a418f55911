import {
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { named, review } from './change-set-review';
import {
  API_ROOT,
  api,
  createStack,
  eventsOf,
  settle,
  template,
  updateStack,
  world,
} from './support';

describe('a change set fails', () => {
  it('for properties that the type does not have, with the details from DescribeEvents', async () => {
    // Prepare
    const local = world();
    const body = template({
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: { Ref: 'Api' },
          ResourceId: API_ROOT,
          HttpMethod: 'GET',
          Integration: { Type: 'AWSS' },
        },
      },
      Api: api(),
    });

    // Act
    const changeSet = await review(local, body, { ChangeSetType: 'CREATE' });
    const { OperationEvents } = await local.client.send(
      new DescribeEventsCommand({ ChangeSetName: changeSet.ChangeSetId }),
    );
    const executed = local.client.send(new ExecuteChangeSetCommand(named));

    // Assess
    expect(changeSet.Status).toBe('FAILED');
    expect(changeSet.StatusReason).toMatch(
      /^The following hook\(s\)\/validation failed: \[AWS::EarlyValidation::PropertyValidation\]\./,
    );
    expect(changeSet.StatusReason).toContain(
      'Method #/Integration/Type: AWSS is not a valid enum value',
    );
    expect(OperationEvents).toMatchObject([
      {
        EventType: 'VALIDATION_ERROR',
        LogicalResourceId: 'Method',
        ValidationPath: '/Resources/Method/Properties/Integration/Type',
        ValidationFailureMode: 'FAIL',
      },
    ]);
    await expect(executed).rejects.toMatchObject({
      name: 'InvalidChangeSetStatusException',
      message: expect.stringContaining('cannot be executed in its current status of [FAILED]'),
    });
  });

  it('for an export that does not exist', async () => {
    // Prepare
    const local = world();

    // Act
    const { Status, StatusReason } = await review(
      local,
      template({ Api: api({ Name: { 'Fn::ImportValue': 'nope' } }) }),
      { ChangeSetType: 'CREATE' },
    );

    // Assess
    expect([Status, StatusReason]).toEqual(['FAILED', 'No export named nope found.']);
  });
});

describe('change sets', () => {
  it('keep a new stack in review until they are executed', async () => {
    // Prepare
    const local = world();

    // Act
    await review(local, template({ Api: api() }), { ChangeSetType: 'CREATE' });
    const { Stacks } = await local.client.send(new DescribeStacksCommand({ StackName: 'stack' }));
    const stack = await settle(local, local.client.send(new ExecuteChangeSetCommand(named)));

    // Assess
    expect(Stacks?.[0]?.StackStatus).toBe('REVIEW_IN_PROGRESS');
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect((await eventsOf(local)).slice(0, 2)).toEqual([
      'stack REVIEW_IN_PROGRESS',
      'stack CREATE_IN_PROGRESS',
    ]);
  });

  it('of a stack are gone when one is executed; that one is found by its id alone', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));
    const { ChangeSetId } = await review(local, template({ Api: api({ Name: 'b' }) }));
    await review(local, template({ Api: api({ Name: 'c' }) }), { ChangeSetName: 'other' });

    // Act
    await settle(local, local.client.send(new ExecuteChangeSetCommand(named)));
    const { Summaries } = await local.client.send(
      new ListChangeSetsCommand({ StackName: 'stack' }),
    );
    const executed = await local.client.send(
      new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }),
    );

    // Assess
    expect(Summaries).toEqual([]);
    expect(executed.ExecutionStatus).toBe('EXECUTE_COMPLETE');
    await expect(local.client.send(new DescribeChangeSetCommand(named))).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
    });
    await expect(
      local.client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId })),
    ).rejects.toThrow('cannot be executed in its current execution status of [EXECUTE_COMPLETE]');
    const reused = await review(local, template({ Api: api({ Name: 'd' }) }));
    expect(reused.ExecutionStatus).toBe('AVAILABLE');
  });

  it('cannot be executed after another update of the stack', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));
    await review(local, template({ Api: api({ Name: 'b' }) }));

    // Act
    await settle(local, updateStack(local, template({ Api: api({ Name: 'c' }) })));
    const executed = local.client.send(new ExecuteChangeSetCommand(named));

    // Assess
    await expect(executed).rejects.toThrow('[OBSOLETE]');
  });

  it('keep their template', async () => {
    // Prepare
    const local = world();
    const body = template({ Api: api() });
    await review(local, body, { ChangeSetType: 'CREATE' });

    // Act
    const { TemplateBody } = await local.client.send(new GetTemplateCommand(named));

    // Assess
    expect(TemplateBody).toBe(body);
  });

  it('can be deleted even if they do not exist', async () => {
    // Prepare
    const local = world();
    await review(local, template({ Api: api() }), { ChangeSetType: 'CREATE' });

    // Act
    await local.client.send(new DeleteChangeSetCommand(named));
    await local.client.send(new DeleteChangeSetCommand(named));
    const described = local.client.send(new DescribeChangeSetCommand(named));

    // Assess
    await expect(described).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
      message: 'ChangeSet [changes] does not exist',
    });
  });

  it.each([
    [
      'an update of a stack that does not exist',
      { ChangeSetType: 'UPDATE' as const },
      'Stack [stack] does not exist',
    ],
    [
      'an import',
      { ChangeSetType: 'IMPORT' as const },
      'does not implement change sets of type IMPORT',
    ],
    [
      'a name with an underscore',
      { ChangeSetType: 'CREATE' as const, ChangeSetName: 'a_b' },
      "Value 'a_b' at 'changeSetName'",
    ],
    [
      'a stack name with an underscore',
      { ChangeSetType: 'CREATE' as const, StackName: 'a_b' },
      "Value 'a_b' at 'stackName'",
    ],
  ])('are refused for %s', async (_, rest, message) => {
    // Prepare
    const local = world();

    // Act
    const reviewed = review(local, template({ Api: api() }), rest);

    // Assess
    await expect(reviewed).rejects.toThrow(message);
  });

  it('of type CREATE are refused for an existing stack', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));

    // Act
    const reviewed = review(local, template({ Api: api() }), { ChangeSetType: 'CREATE' });

    // Assess
    await expect(reviewed).rejects.toThrow(
      'Stack [stack] already exists and cannot be created again with the changeSet [changes].',
    );
  });

  it('are made and executed once by requests that are repeated with their tokens', async () => {
    // Prepare
    const local = world();
    const body = template({ Api: api() });
    const create = { ChangeSetType: 'CREATE' as const, ClientToken: 'a' };
    const execute = new ExecuteChangeSetCommand({ ...named, ClientRequestToken: 'b' });

    // Act
    const first = await review(local, body, create);
    const second = await review(local, body, create);
    await settle(local, local.client.send(execute));
    await local.client.send(execute);

    // Assess
    expect(second.ChangeSetId).toBe(first.ChangeSetId);
    const events = await eventsOf(local);
    expect(events.filter((event) => event === 'stack CREATE_IN_PROGRESS')).toHaveLength(1);
    await expect(
      local.client.send(new ExecuteChangeSetCommand({ ...named, ClientRequestToken: 'other' })),
    ).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  });

  it('cannot have the same name', async () => {
    // Prepare
    const local = world();
    await review(local, template({ Api: api() }), { ChangeSetType: 'CREATE' });

    // Act
    const again = review(local, template({ Api: api() }), { ChangeSetType: 'CREATE' });

    // Assess
    await expect(again).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  });
});
