import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  API_ROOT,
  api,
  apiResource,
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

describe('updating a stack', () => {
  it('updates resources in place if possible, and leaves the others untouched', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api(), Stream: stream() })));
    const before = [...local.resources.existing.keys()];

    // Act
    const stack = await settle(
      local,
      updateStack(local, template({ Api: api(), Stream: stream({ ShardCount: 2 }) })),
    );

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
    expect(local.resources.calls.slice(2)).toEqual(['update Stream']);
    expect([...local.resources.existing.keys()]).toEqual(before);
    expect(local.resources.propertiesOf('Stream')).toEqual([{ ShardCount: 2 }]);
  });

  it('replaces resources if the type requires it: creates the new one first, deletes the old one in the clean-up', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Stream: stream({ Name: 'one' }) })));

    // Act
    await settle(local, updateStack(local, template({ Stream: stream({ Name: 'two' }) })));
    const events = (await eventsOf(local)).slice(5);

    // Assess
    expect(local.resources.calls.slice(1)).toEqual(['create Stream', 'delete Stream']);
    expect(local.resources.contexts.map(({ seed }) => seed.split('/').at(-1))).toEqual([
      '0',
      '1',
      '0',
    ]);
    expect(local.resources.propertiesOf('Stream')).toEqual([{ Name: 'two', ShardCount: 1 }]);
    expect(events).toEqual([
      'stack UPDATE_IN_PROGRESS',
      'Stream UPDATE_IN_PROGRESS',
      'Stream UPDATE_IN_PROGRESS',
      'Stream UPDATE_COMPLETE',
      'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Stream DELETE_IN_PROGRESS',
      'Stream DELETE_COMPLETE',
      'stack UPDATE_COMPLETE',
    ]);
  });

  it('propagates a new physical id to references', async () => {
    // Prepare
    const local = world();
    const body = (path: string) =>
      template({
        Role: role({ Path: path }),
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'p', PolicyDocument: {}, Roles: [{ Ref: 'Role' }] },
        },
      });
    await settle(local, createStack(local, body('/a/')));
    const [before] = local.resources.propertiesOf('Policy');

    // Act
    await settle(local, updateStack(local, body('/b/')));

    // Assess
    const [after] = local.resources.propertiesOf('Policy');
    expect(after?.Roles).not.toEqual(before?.Roles);
    expect(local.resources.calls.slice(2)).toEqual(['create Role', 'update Policy', 'delete Role']);
  });

  it('removes resources that are no longer in the template, dependents first', async () => {
    // Prepare
    const local = world();
    const branch = apiResource(API_ROOT, 'branch');
    const leaf = apiResource({ Ref: 'Branch' }, 'leaf');
    await settle(local, createStack(local, template({ Api: api(), Branch: branch, Leaf: leaf })));

    // Act
    await settle(local, updateStack(local, template({ Api: api() })));
    const { StackResources } = await local.client.send(
      new DescribeStackResourcesCommand({ StackName: 'stack' }),
    );

    // Assess
    expect(local.resources.calls.slice(3)).toEqual(['delete Leaf', 'delete Branch']);
    expect(StackResources?.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Api']);
  });

  it('succeeds and reports it if an old resource could not be deleted', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api(), Role: role() })));
    local.resources.failures.set('delete Role', 'in use');

    // Act
    const stack = await settle(local, updateStack(local, template({ Api: api() })));

    // Assess
    expect(stack).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      StackStatusReason: 'Update successful. One or more resources could not be deleted.',
    });
  });

  it.each([
    ['the same template', (body: string) => body],
    ['only other white space', (body: string) => JSON.stringify(JSON.parse(body), null, 4)],
    [
      'only another description',
      (body: string) => JSON.stringify({ ...JSON.parse(body), Description: 'x' }),
    ],
  ])('finds no changes in %s', async (_, change) => {
    // Prepare
    const local = world();
    const body = template({ Api: api(), Stream: stream() });
    await settle(local, createStack(local, body));

    // Act
    const update = updateStack(local, change(body));

    // Assess
    await expect(update).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.',
    });
    expect(local.resources.calls).toHaveLength(2);
  });

  it('treats changed outputs as a change', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));

    // Act
    const stack = await settle(
      local,
      updateStack(local, template({ Api: api() }, { Outputs: { Id: { Value: { Ref: 'Api' } } } })),
    );

    // Assess
    expect(stack?.Outputs?.[0]?.OutputValue).toMatch(/^Api-/);
    expect(local.resources.calls).toEqual(['create Api']);
  });

  it('keeps parameters and template on request', async () => {
    // Prepare
    const local = world();
    const body = template(
      { Stream: stream({ ShardCount: { Ref: 'Shards' }, RetentionPeriodHours: { Ref: 'Hours' } }) },
      { Parameters: { Shards: { Type: 'Number' }, Hours: { Type: 'Number', Default: 24 } } },
    );
    const shards = (ParameterValue: string) => [{ ParameterKey: 'Shards', ParameterValue }];
    await settle(local, createStack(local, body, { Parameters: shards('2') }));

    // Act
    await settle(
      local,
      updateStack(local, body, {
        TemplateBody: undefined,
        UsePreviousTemplate: true,
        Parameters: [
          { ParameterKey: 'Shards', UsePreviousValue: true },
          { ParameterKey: 'Hours', ParameterValue: '48' },
        ],
      }),
    );

    // Assess
    expect(local.resources.propertiesOf('Stream')).toEqual([
      { ShardCount: 2, RetentionPeriodHours: 48 },
    ]);
  });

  it('is refused during another operation', async () => {
    // Prepare
    const local = world();
    await createStack(local, template({ Api: api() }));

    // Act
    const update = updateStack(local, template({ Api: api({ Name: 'other' }) }));

    // Assess
    await expect(update).rejects.toThrow(
      /is in CREATE_IN_PROGRESS state and can not be updated\.$/,
    );
    await local.service.idle();
  });

  it('does not change the type of a resource', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Thing: api() })));

    // Act
    const update = updateStack(local, template({ Thing: stream() }));

    // Assess
    await expect(update).rejects.toThrow(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Thing]',
    );
  });

  it('does not replace a resource with an unchanged custom name', async () => {
    // Prepare
    const local = world();
    const named = (path: string) => template({ Role: role({ RoleName: 'mine', Path: path }) });
    await settle(local, createStack(local, named('/a/')));

    // Act
    const stack = await settle(local, updateStack(local, named('/b/')));
    const failed = (await fullEvents(local.client)).find(
      ({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED',
    );

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failed?.ResourceStatusReason).toBe(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename mine and update the stack again.',
    );
  });
});
