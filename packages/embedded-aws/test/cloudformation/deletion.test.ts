import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import {
  api,
  apiResource,
  createStack,
  eventsOf,
  role,
  settle,
  stream,
  template,
  updateStack,
  world,
} from './support';

const remove = new DeleteStackCommand({ StackName: 'stack' });

describe('deleting a stack', () => {
  it('deletes each resource before its dependencies', async () => {
    // Prepare
    const local = world();
    const body = template({
      Api: api(),
      Stage: apiResource('x', 'y'),
    });
    const { StackId } = await createStack(local, body);
    await local.service.idle();

    // Act
    await local.client.send(remove);
    await local.service.idle();
    const byId = await local.client.send(new DescribeStacksCommand({ StackName: StackId }));

    // Assess
    expect(local.resources.calls.slice(2)).toEqual(['delete Stage', 'delete Api']);
    expect(byId.Stacks?.[0]?.StackStatus).toBe('DELETE_COMPLETE');
    await expect(
      local.client.send(new DescribeStacksCommand({ StackName: 'stack' })),
    ).rejects.toThrow('Stack with id stack does not exist');
  });

  it('keeps a deleted stack and its resources accessible by id', async () => {
    // Prepare
    const local = world();
    const { StackId } = await createStack(local, template({ Api: api() }));
    await local.service.idle();
    await local.client.send(remove);
    await local.service.idle();

    // Act
    const listed = await local.client.send(new ListStackResourcesCommand({ StackName: StackId }));
    const stacks = await local.client.send(
      new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }),
    );

    // Assess
    expect(listed.StackResourceSummaries?.[0]?.ResourceStatus).toBe('DELETE_COMPLETE');
    expect(stacks.StackSummaries?.map((stack) => stack.StackId)).toEqual([StackId]);
  });

  it('does nothing for a stack that does not exist', async () => {
    // Prepare
    const local = world();

    // Act
    const answer = local.client.send(remove);

    // Assess
    await expect(answer).resolves.toBeDefined();
  });

  it.each(['Retain', 'RetainExceptOnCreate'])(
    'retains resources with the policy %s',
    async (policy) => {
      // Prepare
      const local = world();
      const { StackId } = await createStack(
        local,
        template({ Kept: { ...stream(), DeletionPolicy: policy }, Gone: api() }),
      );
      await local.service.idle();

      // Act
      await local.client.send(remove);
      await local.service.idle();

      // Assess
      expect([...local.resources.existing.keys()]).toEqual([expect.stringMatching(/^Kept-/)]);
      expect(await eventsOf(local, StackId)).toContain('Kept DELETE_SKIPPED');
    },
  );

  it('uses a new seed for the successor of a retained resource', async () => {
    // Prepare
    const local = world();
    const body = template({ Kept: { ...stream(), DeletionPolicy: 'Retain' } });
    await settle(local, createStack(local, body));
    await settle(local, local.client.send(remove));

    // Act
    await settle(local, createStack(local, body));

    // Assess
    expect(local.resources.propertiesOf('Kept')).toHaveLength(2);
  });

  it('retains a replaced resource according to its UpdateReplacePolicy', async () => {
    // Prepare
    const local = world();
    const body = (Name: string) =>
      template({ Stream: { ...stream({ Name }), UpdateReplacePolicy: 'Retain' } });
    await settle(local, createStack(local, body('one')));

    // Act
    await settle(local, updateStack(local, body('two')));

    // Assess
    expect(local.resources.propertiesOf('Stream').map(({ Name }) => Name)).toEqual(['one', 'two']);
  });

  it('stops at a resource that cannot be deleted, and keeps its dependencies', async () => {
    // Prepare
    const local = world();
    const body = template({ Api: api(), Role: role(), Stream: { ...stream(), DependsOn: 'Api' } });
    await settle(local, createStack(local, body));
    local.resources.failures.set('delete Stream', 'stuck');

    // Act
    const stack = await settle(local, local.client.send(remove));

    // Assess
    expect(stack).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [Stream]. ',
    });
    expect(local.resources.calls).not.toContain('delete Api');
    expect(local.resources.calls).toContain('delete Role');
  });

  it.each([
    ['RetainResources', { RetainResources: ['Stream'] }],
    ['FORCE_DELETE_STACK', { DeletionMode: 'FORCE_DELETE_STACK' as const }],
  ])('succeeds at the second attempt with %s', async (_, options) => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Stream: stream() })));
    local.resources.failures.set('delete Stream', 'stuck');
    const tooEarly = local.client.send(new DeleteStackCommand({ StackName: 'stack', ...options }));
    await expect(tooEarly).rejects.toThrow(/can only be used for a stack in status DELETE_FAILED/);
    await settle(local, local.client.send(remove));

    // Act
    await local.client.send(new DeleteStackCommand({ StackName: 'stack', ...options }));
    await local.service.idle();
    const { Stacks } = await local.client.send(new DescribeStacksCommand({}));

    // Assess
    expect(Stacks ?? []).toEqual([]);
  });

  // Text: github.com/rebuy-de/aws-nuke/issues/270.
  it('does not retain what is deleted already', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api(), Stream: stream() })));
    local.resources.failures.set('delete Stream', 'stuck');
    await settle(local, local.client.send(remove));

    // Act
    const again = local.client.send(
      new DeleteStackCommand({ StackName: 'stack', RetainResources: ['Stream', 'Api'] }),
    );

    // Assess
    await expect(again).rejects.toThrow(
      'The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.',
    );
  });

  it('is refused with termination protection', async () => {
    // Prepare
    const local = world();
    await settle(
      local,
      createStack(local, template({ Api: api() }), { EnableTerminationProtection: true }),
    );

    // Act
    const refused = local.client.send(remove);
    await expect(refused).rejects.toThrow(
      'Stack [stack] cannot be deleted while TerminationProtection is enabled',
    );
    await local.client.send(
      new UpdateTerminationProtectionCommand({
        StackName: 'stack',
        EnableTerminationProtection: false,
      }),
    );
    await local.client.send(remove);
    await local.service.idle();

    // Assess
    expect(local.resources.existing.size).toBe(0);
  });

  it('cancels a creation in progress, and deletes its resources', async () => {
    // Prepare
    const local = world();
    let open = () => {};
    local.resources.gates.set('create Api', new Promise((resolve) => (open = resolve)));
    const body = template({ Api: api(), Stream: { ...stream(), DependsOn: 'Api' } });
    const { StackId } = await createStack(local, body);
    while (!local.resources.calls.includes('create Api')) await new Promise(setImmediate);

    // Act
    await local.client.send(remove);
    open();
    await local.service.idle();

    // Assess
    expect((await eventsOf(local, StackId)).at(-1)).toBe('stack DELETE_COMPLETE');
    expect(local.resources.calls).toEqual(['create Api', 'delete Api']);
    expect(local.resources.existing.size).toBe(0);
  });

  it('deletes a stack in REVIEW_IN_PROGRESS', async () => {
    // Prepare
    const local = world();
    await local.client.send(
      new CreateChangeSetCommand({
        StackName: 'stack',
        ChangeSetName: 'first',
        ChangeSetType: 'CREATE',
        TemplateBody: template({ Api: api() }),
      }),
    );

    // Act
    await local.client.send(remove);
    await local.service.idle();
    const { Stacks } = await local.client.send(new DescribeStacksCommand({}));

    // Assess
    expect(Stacks ?? []).toEqual([]);
  });
});
