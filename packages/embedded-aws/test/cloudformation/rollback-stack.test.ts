import { RollbackStackCommand } from '@aws-sdk/client-cloudformation';
import { at, idsOf, last, named } from './changing-resources';
import { createStack, settle, template, updateStack, type World, world } from './support';

describe('RollbackStack', () => {
  const rollBack = (here: World) =>
    settle(here, here.client.send(new RollbackStackCommand({ StackName: 'stack' })));

  it('undoes a failed update', async () => {
    const here = world();
    await settle(here, createStack(here, template({ A: at('/1/'), Last: last(1) })));
    here.resources.failOnce('update Last', 'no');
    const after = template({ A: at('/2/'), Last: last(2), New: named('1') });
    await settle(here, updateStack(here, after, { DisableRollback: true }));

    const stack = await rollBack(here);

    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(idsOf(here)).toEqual(['A', 'Last']);
    expect(here.resources.propertiesOf('A')[0]).toMatchObject({ Path: '/1/' });
    expect(here.resources.propertiesOf('Last')[0]).toMatchObject({ ShardCount: 1 });
  });

  it('undoes several failed updates, back to the last successful one', async () => {
    const here = world();
    await settle(here, createStack(here, template({ A: at('/1/'), Last: last(1) })));
    for (const [path, shards] of [
      ['/2/', 2],
      ['/3/', 3],
    ] as const) {
      here.resources.failOnce('update Last', 'no');
      const body = template({ A: at(path), Last: last(shards) });
      await settle(here, updateStack(here, body, { DisableRollback: true }));
    }
    expect(idsOf(here)).toEqual(['A', 'A', 'A', 'Last']);

    const stack = await rollBack(here);

    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(idsOf(here)).toEqual(['A', 'Last']);
    expect(here.resources.propertiesOf('A')[0]).toMatchObject({ Path: '/1/' });
  });

  it('is not needed if the next update succeeds, which cleans up after both', async () => {
    const here = world();
    await settle(here, createStack(here, template({ A: at('/1/'), Last: last(1) })));
    here.resources.failOnce('update Last', 'no');
    const after = template({ A: at('/2/'), Last: last(2) });
    await settle(here, updateStack(here, after, { DisableRollback: true }));

    const stack = await settle(here, updateStack(here, after));

    expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
    expect(idsOf(here)).toEqual(['A', 'Last']);
    expect(here.resources.propertiesOf('A')[0]).toMatchObject({ Path: '/2/' });
  });

  it('deletes the resources of a failed creation', async () => {
    const here = world();
    here.resources.failOnce('create Last', 'no');
    const body = template({ A: named('1'), Last: last(1) });
    const failed = await settle(here, createStack(here, body, { DisableRollback: true }));
    expect(failed?.StackStatus).toBe('CREATE_FAILED');

    const stack = await rollBack(here);

    expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(idsOf(here)).toEqual([]);
  });

  it('is refused for a stack that has not failed', async () => {
    const here = world();
    await settle(here, createStack(here, template({ A: named('1') })));
    await expect(rollBack(here)).rejects.toThrow(/is in CREATE_COMPLETE state and can not be/);
  });
});
