import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  api,
  createStack,
  dependent,
  eventsOf,
  fullEvents,
  role,
  settle,
  stream,
  template,
  updateStack,
  world,
} from './support';

describe('an update that fails', () => {
  it('restores changed, replaced, added and removed resources', async () => {
    // Prepare
    const local = world();
    const before = template({
      Api: api(),
      Replaced: stream({ Name: 'one' }),
      Removed: role(),
    });
    await settle(local, createStack(local, before));
    const existing = structuredClone([...local.resources.existing]);
    local.resources.failures.set('create Broken', 'no');

    // Act
    const stack = await settle(
      local,
      updateStack(
        local,
        template({
          Api: api({ Name: 'changed' }),
          Replaced: stream({ Name: 'two' }),
          Added: role(),
          Broken: { ...stream(), DependsOn: ['Api', 'Replaced', 'Added'] },
        }),
      ),
    );
    const { StackResourceSummaries } = await local.client.send(
      new ListStackResourcesCommand({ StackName: 'stack' }),
    );

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...local.resources.existing].sort()).toEqual(existing.sort());
    expect(StackResourceSummaries?.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual([
      'Api',
      'Removed',
      'Replaced',
    ]);
    const events = await eventsOf(local);
    expect(events.filter((event) => event.startsWith('stack UPDATE'))).toEqual([
      'stack UPDATE_IN_PROGRESS',
      'stack UPDATE_ROLLBACK_IN_PROGRESS',
      'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'stack UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(local.resources.calls).not.toContain('delete Removed');
  });

  it.each([
    ['Retain', 1],
    ['RetainExceptOnCreate', 0],
  ])('applies the policy %s to added resources', async (DeletionPolicy, left) => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));
    local.resources.failures.set('create Broken', 'no');
    const added = { Added: { ...role(), DeletionPolicy }, Broken: dependent('Added') };

    // Act
    await settle(local, updateStack(local, template({ Api: api(), ...added })));

    // Assess
    expect(local.resources.propertiesOf('Added')).toHaveLength(left);
  });

  it('can be retried from the previous definition', async () => {
    // Prepare
    const local = world();
    const body = (name: string) => template({ Api: api({ Name: name }), Stream: dependent('Api') });
    await settle(local, createStack(local, template({ Api: api() })));
    local.resources.failures.set('create Stream', 'no');
    await settle(local, updateStack(local, body('two')));
    local.resources.failures.clear();

    // Act
    const unchanged = updateStack(local, template({ Api: api() }));
    await expect(unchanged).rejects.toThrow('No updates are to be performed.');
    const stack = await settle(local, updateStack(local, body('two')));

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
    expect(local.resources.propertiesOf('Api')).toEqual([{ Name: 'two' }]);
  });

  it('undoes an in-place change that failed half-way', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));
    local.resources.failOnce('update Api', 'no');

    // Act
    const stack = await settle(local, updateStack(local, template({ Api: api({ Name: 'two' }) })));

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(local.resources.calls.slice(1)).toEqual(['update Api', 'update Api']);
    expect(local.resources.propertiesOf('Api')).toEqual([{ Name: 'api' }]);
  });

  it('ends in UPDATE_ROLLBACK_FAILED if it cannot be undone, and can be continued', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));
    local.resources.failures.set('update Api', 'stuck');
    const stuck = await settle(local, updateStack(local, template({ Api: api({ Name: 'two' }) })));

    // Act
    local.resources.failures.clear();
    const stack = await settle(
      local,
      local.client.send(new ContinueUpdateRollbackCommand({ StackName: 'stack' })),
    );

    // Assess
    expect(stuck?.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(local.resources.propertiesOf('Api')).toEqual([{ Name: 'api' }]);
  });

  it('skips the resources that ContinueUpdateRollback lists', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));
    local.resources.failures.set('update Api', 'stuck');
    await settle(local, updateStack(local, template({ Api: api({ Name: 'two' }) })));

    // Act
    const stack = await settle(
      local,
      local.client.send(
        new ContinueUpdateRollbackCommand({ StackName: 'stack', ResourcesToSkip: ['Api'] }),
      ),
    );

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('keeps the old resource if the new one cannot be created with the same name', async () => {
    // Prepare
    const local = world();
    const body = (name: string) =>
      template({ Renamed: stream({ Name: name }), Other: stream({ Name: 'taken' }) });
    await settle(local, createStack(local, body('mine')));

    // Act
    const stack = await settle(local, updateStack(local, body('taken')));
    const failed = (await fullEvents(local.client)).find(
      ({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED',
    );

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failed?.ResourceStatusReason).toContain('"taken already exists"');
    expect(local.resources.propertiesOf('Renamed')).toEqual([{ Name: 'mine', ShardCount: 1 }]);
    expect(local.resources.calls).not.toContain('delete Renamed');
  });

  it('is not rolled back if rollback is disabled, and is repaired by the next update', async () => {
    // Prepare
    const local = world();
    const body = template({ Api: api({ Name: 'two' }), Stream: dependent('Api') });
    await settle(local, createStack(local, template({ Api: api() })));
    local.resources.failures.set('create Stream', 'no');

    // Act
    const failed = await settle(local, updateStack(local, body, { DisableRollback: true }));
    local.resources.failures.clear();
    const repaired = await settle(local, updateStack(local, body));

    // Assess
    expect(failed?.StackStatus).toBe('UPDATE_FAILED');
    expect(repaired?.StackStatus).toBe('UPDATE_COMPLETE');
    expect(local.resources.propertiesOf('Stream')).toHaveLength(1);
  });

  it('rolls back when it is cancelled', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));
    let open = () => {};
    local.resources.gates.set('update Api', new Promise((resolve) => (open = resolve)));

    // Act
    await updateStack(local, template({ Api: api({ Name: 'two' }), Stream: dependent('Api') }));
    await local.client.send(new CancelUpdateStackCommand({ StackName: 'stack' }));
    open();
    const stack = await settle(local, Promise.resolve());

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(local.resources.propertiesOf('Api')).toEqual([{ Name: 'api' }]);
    expect(local.resources.calls).not.toContain('create Stream');
  });
});
