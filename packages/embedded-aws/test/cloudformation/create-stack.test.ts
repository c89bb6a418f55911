import { DescribeStacksCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { rootCaller } from '../../src/core/caller';
import {
  API_ROOT,
  api,
  apiResource,
  clientOf,
  createStack,
  eventsOf,
  fullEvents,
  role,
  settle,
  stream,
  template,
  updateStack,
  world,
} from './support';

describe('creating a stack', () => {
  it('responds immediately and creates each resource after its dependencies', async () => {
    // Prepare
    const local = world();
    const body = template({
      Leaf: apiResource({ Ref: 'Branch' }, 'leaf'),
      Branch: apiResource(API_ROOT, 'branch'),
      Role: { ...role(), DependsOn: 'Leaf' },
      Api: api(),
    });

    // Act
    await createStack(local, body);
    const early = await local.client.send(new DescribeStacksCommand({ StackName: 'stack' }));
    const callsEarly = [...local.resources.calls];
    const stack = await settle(local, Promise.resolve());

    // Assess
    expect(early.Stacks?.[0]?.StackStatus).toBe('CREATE_IN_PROGRESS');
    expect(callsEarly).toEqual([]);
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(local.resources.calls).toEqual([
      'create Api',
      'create Branch',
      'create Leaf',
      'create Role',
    ]);
    const [leaf] = local.resources.propertiesOf('Leaf');
    expect(leaf?.ParentId).toMatch(/^Branch-/);
  });

  it('creates independent resources concurrently', async () => {
    // Prepare
    const local = world();
    let open = () => {};
    local.resources.gates.set('create First', new Promise((resolve) => (open = resolve)));

    // Act
    await createStack(local, template({ First: api(), Second: role() }));
    while (!local.resources.calls.includes('create Second')) await new Promise(setImmediate);
    const during = await eventsOf(local);
    open();
    const stack = await settle(local, Promise.resolve());

    // Assess
    expect(during).not.toContain('First CREATE_COMPLETE');
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  });

  it('lists events newest first, between those of the stack itself', async () => {
    // Prepare
    const local = world();

    // Act
    await settle(
      local,
      createStack(local, template({ Api: api() }), { ClientRequestToken: 'token-1' }),
    );
    const events = await fullEvents(local.client);

    // Assess
    expect(events.map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`)).toEqual([
      'stack CREATE_IN_PROGRESS',
      'Api CREATE_IN_PROGRESS',
      'Api CREATE_IN_PROGRESS',
      'Api CREATE_COMPLETE',
      'stack CREATE_COMPLETE',
    ]);
    expect(events[0]?.ResourceStatusReason).toBe('User Initiated');
    expect(events[2]?.ResourceStatusReason).toBe('Resource creation Initiated');
    expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(events.length);
    expect(events.every(({ ClientRequestToken }) => ClientRequestToken === 'token-1')).toBe(true);
  });

  it('pages through more events than fit into a response', async () => {
    // Prepare
    const local = world();
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`Role${i}`, role()]));

    // Act
    await settle(local, createStack(local, template(many)));
    const events = await eventsOf(local);

    // Assess
    expect(events).toHaveLength(60 * 3 + 2);
    expect(events[0]).toBe('stack CREATE_IN_PROGRESS');
  });

  it('uses the same seeds for a stack of the same name, so that ids survive a restart', async () => {
    // Prepare
    const body = template({ Api: api() });
    const before = world();
    const after = world();

    // Act
    await settle(before, createStack(before, body));
    await settle(after, createStack(after, body));

    // Assess
    expect(before.resources.contexts[0]?.seed).toBe('000000000000/us-east-1/stack/Api/0');
    expect([...after.resources.existing.keys()]).toEqual([...before.resources.existing.keys()]);
  });

  it('keeps accounts and regions apart', async () => {
    // Prepare
    const local = world();
    const elsewhere = clientOf(
      local.service,
      rootCaller({ accountId: '111122223333', region: 'eu-west-1' }),
    );

    // Act
    await settle(local, createStack(local, template({ Api: api() })));
    const { StackSummaries } = await elsewhere.send(new ListStacksCommand({}));

    // Assess
    expect(StackSummaries ?? []).toEqual([]);
  });

  it('refuses a second stack with the same name', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));

    // Act
    const again = createStack(local, template({ Api: api() }));

    // Assess
    await expect(again).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Stack [stack] already exists',
    });
  });

  it("propagates the stack's tags to resources that support tags; their own take precedence", async () => {
    // Prepare
    const local = world();
    const body = template({
      Stream: stream({ Tags: [{ Key: 'team', Value: 'own' }] }),
      Account: { Type: 'AWS::ApiGateway::Account' },
    });
    const tags = [
      { Key: 'team', Value: 'stack' },
      { Key: 'stage', Value: 'local' },
    ];

    // Act
    await settle(local, createStack(local, body, { Tags: tags }));

    // Assess
    expect(local.resources.propertiesOf('Stream')[0]?.Tags).toEqual([
      { Key: 'team', Value: 'own' },
      { Key: 'stage', Value: 'local' },
    ]);
    expect(local.resources.propertiesOf('Account')[0]).toEqual({});
  });

  it('answers a repeated request with the same token as the first, as do updates', async () => {
    // Prepare
    const local = world();
    const create = () =>
      createStack(local, template({ Api: api() }), { ClientRequestToken: 'one' });
    const update = () =>
      updateStack(local, template({ Api: api({ Name: 'b' }) }), { ClientRequestToken: 'two' });

    // Act
    const created = [await create(), await create()];
    await local.service.idle();
    const updated = [await update(), await update()];
    await local.service.idle();

    // Assess
    expect(new Set([...created, ...updated].map(({ StackId }) => StackId)).size).toBe(1);
    expect(local.resources.calls).toEqual(['create Api', 'update Api']);
    await expect(createStack(local, template({ Api: api() }))).rejects.toThrow('already exists');
  });

  it('reports unsupported options in the first event', async () => {
    // Prepare
    const local = world();

    // Act
    await settle(
      local,
      createStack(local, template({ Api: api() }), {
        RoleARN: 'arn:aws:iam::000000000000:role/deployer',
      }),
    );
    const [first] = await fullEvents(local.client);

    // Assess
    expect(first?.ResourceStatusReason).toContain('RoleARN is not assumed');
  });
});
