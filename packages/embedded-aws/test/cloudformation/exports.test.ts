import {
  DeleteStackCommand,
  DescribeStacksCommand,
  ListExportsCommand,
  ListImportsCommand,
} from '@aws-sdk/client-cloudformation';
import {
  api,
  createStack,
  fullEvents,
  role,
  settle,
  stream,
  template,
  updateStack,
  type World,
  world,
} from './support';

const exporter = (name = 'shared', value: unknown = { Ref: 'Api' }) =>
  template({ Api: api() }, { Outputs: { Id: { Value: value, Export: { Name: name } } } });

const importer = template({ Stream: stream({ Name: { 'Fn::ImportValue': 'shared' } }) });

async function both(): Promise<World> {
  const local = world();
  await settle(local, createStack(local, exporter()));
  await settle(local, createStack(local, importer, { StackName: 'user' }));
  return local;
}

async function statusOf({ client }: World, StackName: string) {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  return { status: Stacks?.[0]?.StackStatus, reason: Stacks?.[0]?.StackStatusReason };
}

describe('exports', () => {
  it('can be imported by other stacks, and are listed', async () => {
    // Prepare
    const local = await both();

    // Act
    const { Exports } = await local.client.send(new ListExportsCommand({}));
    const { Imports } = await local.client.send(new ListImportsCommand({ ExportName: 'shared' }));

    // Assess
    expect(local.resources.propertiesOf('Stream')[0]?.Name).toMatch(/^Api-/);
    expect(Exports).toMatchObject([
      {
        Name: 'shared',
        Value: expect.stringMatching(/^Api-/),
        ExportingStackId: expect.any(String),
      },
    ]);
    expect(Imports).toEqual(['user']);
  });

  it('prevent the deletion of their stack while they are in use', async () => {
    // Prepare
    const local = await both();

    // Act
    await settle(local, local.client.send(new DeleteStackCommand({ StackName: 'stack' })));
    const refused = await statusOf(local, 'stack');
    await settle(local, local.client.send(new DeleteStackCommand({ StackName: 'user' })));
    await settle(local, local.client.send(new DeleteStackCommand({ StackName: 'stack' })));

    // Assess
    expect(refused).toEqual({
      status: 'CREATE_COMPLETE',
      reason: 'Delete canceled. Cannot delete export shared as it is in use by user.',
    });
    expect(local.resources.existing.size).toBe(0);
  });

  it.each([
    [
      'taken away',
      template({ Api: api() }),
      'Cannot delete export shared as it is in use by user.',
    ],
    [
      'changed',
      exporter('shared', 'other'),
      'Cannot update export shared as it is in use by user.',
    ],
  ])('cannot be %s while they are in use', async (_, body, reason) => {
    // Prepare
    const local = await both();

    // Act
    await settle(local, updateStack(local, body));
    const events = await fullEvents(local.client);

    // Assess
    expect((await statusOf(local, 'stack')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(events.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain(reason);
    const { Exports } = await local.client.send(new ListExportsCommand({}));
    expect(Exports?.map(({ Name }) => Name)).toEqual(['shared']);
  });

  it('belong to one stack only', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, exporter()));

    // Act
    await settle(local, createStack(local, exporter(), { StackName: 'second' }));
    const events = await fullEvents(local.client, 'second');

    // Assess
    expect((await statusOf(local, 'second')).status).toBe('ROLLBACK_COMPLETE');
    expect(events.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain(
      'Export with name shared is already exported by stack stack. Rollback requested by user.',
    );
  });

  // Events: github.com/widdix/aws-s3-virusscan/issues/39.
  it('that do not exist fail the stack before it creates anything', async () => {
    // Prepare
    const local = world();

    // Act
    await settle(local, createStack(local, importer));
    const events = await fullEvents(local.client);

    // Assess
    expect(
      events.map(({ LogicalResourceId: id, ResourceStatus, ResourceStatusReason }) => [
        id,
        ResourceStatus,
        ResourceStatusReason,
      ]),
    ).toEqual([
      ['stack', 'CREATE_IN_PROGRESS', 'User Initiated'],
      [
        'stack',
        'ROLLBACK_IN_PROGRESS',
        'No export named shared found. Rollback requested by user.',
      ],
      ['stack', 'ROLLBACK_COMPLETE', undefined],
    ]);
  });

  it('without imports have an error in ListImports', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, exporter()));

    // Act
    const imports = local.client.send(new ListImportsCommand({ ExportName: 'shared' }));

    // Assess
    await expect(imports).rejects.toThrow("Export 'shared' is not imported by any stack.");
  });

  it('must have string values', async () => {
    // Prepare
    const local = world();

    // Act
    await settle(local, createStack(local, exporter('shared', ['a'])));

    // Assess
    expect((await statusOf(local, 'stack')).status).toBe('ROLLBACK_COMPLETE');
    expect(local.resources.calls).toEqual(['create Api', 'delete Api']);
  });

  it('are restored when an update fails', async () => {
    // Prepare
    const local = await both();
    local.resources.failures.set('create Broken', 'no');
    const body = template(
      { Api: api({ Name: 'two' }), Broken: role() },
      { Outputs: { Id: { Value: { Ref: 'Api' }, Export: { Name: 'shared' } } } },
    );

    // Act
    await settle(local, updateStack(local, body));
    const { Imports } = await local.client.send(new ListImportsCommand({ ExportName: 'shared' }));

    // Assess
    expect(Imports).toEqual(['user']);
  });
});
