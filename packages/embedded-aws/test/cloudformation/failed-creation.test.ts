import { idsOf, last, named } from './changing-resources';
import {
  api,
  createStack,
  dependent,
  eventsOf,
  fullEvents,
  settle,
  stream,
  template,
  updateStack,
  world,
} from './support';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
it('a stack that failed and was kept is complete when the failed resource leaves it', async () => {
  // Prepare
  const local = world();
  local.resources.failures.set('create Broken', 'no');
  const broken = template({ Api: api(), Broken: { ...stream(), DependsOn: 'Api' } });
  await settle(local, createStack(local, broken, { DisableRollback: true }));

  // Act
  const stack = await settle(local, updateStack(local, template({ Api: api() })));

  // Assess
  expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
  expect(local.resources.calls).toEqual(['create Api', 'create Broken']);
});

describe('a creation that fails', () => {
  it('deletes its resources and reports why', async () => {
    // Prepare
    const local = world();
    local.resources.failures.set('create Stream', 'Too many shards');

    // Act
    const stack = await settle(
      local,
      createStack(local, template({ Api: api(), Stream: dependent('Api') })),
    );
    const events = await fullEvents(local.client);

    // Assess
    expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(local.resources.calls).toEqual(['create Api', 'create Stream', 'delete Api']);
    const failed = events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed).toMatchObject({
      LogicalResourceId: 'Stream',
      ResourceStatusReason: expect.stringMatching(
        /^Resource handler returned message: "Too many shards" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\)$/,
      ),
    });
    expect(await eventsOf(local)).toEqual([
      'stack CREATE_IN_PROGRESS',
      'Api CREATE_IN_PROGRESS',
      'Api CREATE_IN_PROGRESS',
      'Api CREATE_COMPLETE',
      'Stream CREATE_IN_PROGRESS',
      'Stream CREATE_FAILED',
      'stack ROLLBACK_IN_PROGRESS',
      'Stream DELETE_COMPLETE',
      'Api DELETE_IN_PROGRESS',
      'Api DELETE_COMPLETE',
      'stack ROLLBACK_COMPLETE',
    ]);
    expect(events[6]?.ResourceStatusReason).toBe(
      'The following resource(s) failed to create: [Stream]. Rollback requested by user.',
    );
  });

  it('cancels resources in progress beside the failure, and deletes them once they exist', async () => {
    // Prepare
    const local = world();
    let open = () => {};
    local.resources.gates.set('create Slow', new Promise((resolve) => (open = resolve)));
    local.resources.failures.set('create Broken', 'no');

    // Act
    await createStack(local, template({ Slow: api(), Broken: stream() }));
    while (!(await eventsOf(local)).includes('Slow CREATE_FAILED')) await new Promise(setImmediate);
    open();
    await local.service.idle();
    const events = await fullEvents(local.client);

    // Assess
    const cancelled = events.find(
      (event) => event.LogicalResourceId === 'Slow' && event.ResourceStatus === 'CREATE_FAILED',
    );
    expect(cancelled?.ResourceStatusReason).toBe('Resource creation cancelled');
    expect(events.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain(
      'The following resource(s) failed to create: [Broken, Slow]. Rollback requested by user.',
    );
    expect(local.resources.existing.size).toBe(0);
  });

  it.each([
    ['DELETE', 'DELETE_COMPLETE', 0],
    ['DO_NOTHING', 'CREATE_FAILED', 1],
    ['ROLLBACK', 'ROLLBACK_COMPLETE', 0],
  ] as const)('with OnFailure %s ends in %s', async (OnFailure, status, left) => {
    // Prepare
    const local = world();
    local.resources.failures.set('create Stream', 'no');
    const body = template({ Api: api(), Stream: dependent('Api') });

    // Act
    const { StackId } = await createStack(local, body, { OnFailure });
    await local.service.idle();
    const events = await eventsOf(local, StackId);

    // Assess
    expect(events.at(-1)).toBe(`stack ${status}`);
    expect(local.resources.existing.size).toBe(left);
  });

  it.each([
    ['Retain', 1],
    ['RetainExceptOnCreate', 0],
    ['Delete', 0],
  ])('applies the deletion policy %s', async (DeletionPolicy, left) => {
    // Prepare
    const local = world();
    local.resources.failures.set('create Stream', 'no');
    const body = template({ Api: { ...api(), DeletionPolicy }, Stream: dependent('Api') });

    // Act
    await settle(local, createStack(local, body));

    // Assess
    expect(local.resources.existing.size).toBe(left);
  });

  it('ends in ROLLBACK_FAILED if a resource cannot be deleted', async () => {
    // Prepare
    const local = world();
    local.resources.failures.set('create Stream', 'no');
    local.resources.failures.set('delete Api', 'stuck');

    // Act
    const stack = await settle(
      local,
      createStack(local, template({ Api: api(), Stream: dependent('Api') })),
    );

    // Assess
    expect(stack).toMatchObject({
      StackStatus: 'ROLLBACK_FAILED',
      StackStatusReason: expect.stringContaining('failed to delete: [Api]'),
    });
  });

  it('cannot be updated afterwards', async () => {
    // Prepare
    const local = world();
    local.resources.failures.set('create Api', 'no');
    await settle(local, createStack(local, template({ Api: api() })));

    // Act
    const update = updateStack(local, template({ Api: api({ Name: 'b' }) }));

    // Assess
    await expect(update).rejects.toThrow(/is in ROLLBACK_COMPLETE state and can not be updated\.$/);
  });
});

describe('a creation', () => {
  it.each([
    [false, ['A']],
    [true, []],
  ])(
    'that fails keeps resources with Retain, unless RetainExceptOnCreate is %s',
    async (RetainExceptOnCreate, left) => {
      const here = world();
      here.resources.failOnce('create Last', 'no');
      const body = template({ A: named('1', { DeletionPolicy: 'Retain' }), Last: last(1) });

      const stack = await settle(here, createStack(here, body, { RetainExceptOnCreate }));

      expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE');
      expect(idsOf(here)).toEqual(left);
    },
  );

  it('that takes longer than TimeoutInMinutes is rolled back', async () => {
    const start = Date.now();
    let minutes = 0;
    const here = world({ now: () => new Date(start + minutes * 60_000) });
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    here.resources.gates.set('create A', gate);
    const body = template({ A: named('1'), Last: last(1) });

    await createStack(here, body, { TimeoutInMinutes: 5 });
    while (here.resources.calls.length === 0) await new Promise(setImmediate);
    minutes = 6;
    open();
    const stack = await settle(here, here.service.idle());

    expect(stack).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE', TimeoutInMinutes: 5 });
    expect(here.resources.calls).toEqual(['create A', 'delete A']);
    const events = await fullEvents(here.client);
    expect(events.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain(
      'Stack creation time exceeded the specified timeout. Rollback requested by user.',
    );
  });

  it('that ends in time is not rolled back', async () => {
    const here = world();
    const body = template({ A: named('1'), Last: last(1) });
    const stack = await settle(here, createStack(here, body, { TimeoutInMinutes: 5 }));
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  });
});
