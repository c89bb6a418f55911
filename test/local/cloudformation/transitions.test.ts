import { RollbackStackCommand, type UpdateStackCommandInput } from '@aws-sdk/client-cloudformation';
import {
  api,
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

// What an update does to a stack: from one template to another, with something failing or not.

/** A role whose path, when it changes, replaces it. */
const at = (path: string, attributes: object = {}) => ({ ...role({ Path: path }), ...attributes });
const named = (description: string, attributes: object = {}) => ({
  ...api({ Description: description }),
  ...attributes,
});
/** Comes last, so that its failure finds all else done. */
const last = (shards: number) => ({
  ...stream({ ShardCount: shards }),
  DependsOn: ['A'],
});

interface Transition {
  readonly name: string;
  readonly before: Record<string, object>;
  readonly after: Record<string, object>;
  /** Conditions and the like, for both. */
  readonly rest?: Record<string, unknown>;
  readonly update?: Partial<UpdateStackCommandInput>;
  /** The call that fails. */
  readonly failing?: string;
  readonly status: string;
  readonly calls: readonly string[];
  /** Logical ids of what exists then; twice where an old one stays beside the new. */
  readonly left: readonly string[];
  /** Without the stack's own. */
  readonly events: readonly string[];
}

const prodOnly = {
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
};
const toProd = { Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }] };

const CREATED = ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE'];
const REPLACED = ['UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'];
const UPDATED = ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'];
const FAILED = ['UPDATE_IN_PROGRESS', 'UPDATE_FAILED'];
const DELETED = ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'];
const SKIPPED = ['DELETE_SKIPPED'];
const of = (id: string, ...statuses: readonly (readonly string[])[]) =>
  statuses.flat().map((status) => `${id} ${status}`);

const transitions: readonly Transition[] = [
  {
    name: 'a property that can be changed in place',
    before: { A: named('1') },
    after: { A: named('2') },
    status: 'UPDATE_COMPLETE',
    calls: ['update A'],
    left: ['A'],
    events: of('A', UPDATED),
  },
  {
    name: 'a property that replaces: the new one is there before the old one goes',
    before: { A: at('/1/') },
    after: { A: at('/2/') },
    status: 'UPDATE_COMPLETE',
    calls: ['create A', 'delete A'],
    left: ['A'],
    events: of('A', REPLACED, DELETED),
  },
  {
    name: 'what replaces says Retain: the old one stays',
    before: { A: at('/1/') },
    after: { A: at('/2/', { UpdateReplacePolicy: 'Retain' }) },
    status: 'UPDATE_COMPLETE',
    calls: ['create A'],
    left: ['A', 'A'],
    events: of('A', REPLACED, SKIPPED),
  },
  {
    name: 'DeletionPolicy does not count for what is replaced',
    before: { A: at('/1/', { DeletionPolicy: 'Retain' }) },
    after: { A: at('/2/', { DeletionPolicy: 'Retain' }) },
    status: 'UPDATE_COMPLETE',
    calls: ['create A', 'delete A'],
    left: ['A'],
    events: of('A', REPLACED, DELETED),
  },
  {
    name: 'a replacement is carried on to what refers to it',
    before: { A: at('/1/'), B: named('x') },
    after: { A: at('/2/'), B: api({ Description: { Ref: 'A' } }) },
    status: 'UPDATE_COMPLETE',
    calls: ['create A', 'update B', 'delete A'],
    left: ['A', 'B'],
    events: [...of('A', REPLACED), ...of('B', UPDATED), ...of('A', DELETED)],
  },
  {
    name: 'a resource that the template no longer has',
    before: { A: named('1'), B: at('/') },
    after: { A: named('1') },
    status: 'UPDATE_COMPLETE',
    calls: ['delete B'],
    left: ['A'],
    events: of('B', DELETED),
  },
  ...['Retain', 'RetainExceptOnCreate'].map((policy) => ({
    name: `the same with the policy ${policy}`,
    before: { A: named('1'), B: at('/', { DeletionPolicy: policy }) },
    after: { A: named('1') },
    status: 'UPDATE_COMPLETE',
    calls: [],
    left: ['A', 'B'],
    events: of('B', SKIPPED),
  })),
  {
    name: 'a resource under a new logical id: another one, made before the old one goes',
    before: { A: named('1') },
    after: { B: named('1') },
    status: 'UPDATE_COMPLETE',
    calls: ['create B', 'delete A'],
    left: ['B'],
    events: [...of('B', CREATED), ...of('A', DELETED)],
  },
  {
    name: 'a condition that comes true',
    before: { A: named('1'), B: at('/', { Condition: 'IsProd' }) },
    after: { A: named('1'), B: at('/', { Condition: 'IsProd' }) },
    rest: prodOnly,
    update: toProd,
    status: 'UPDATE_COMPLETE',
    calls: ['create B'],
    left: ['A', 'B'],
    events: of('B', CREATED),
  },
  {
    name: "the stack's tags, on what takes tags",
    before: { A: named('1') },
    after: { A: named('1') },
    update: { Tags: [{ Key: 'team', Value: 'web' }] },
    status: 'UPDATE_COMPLETE',
    calls: ['update A'],
    left: ['A'],
    events: of('A', UPDATED),
  },
  {
    name: 'a failure after a change in place: the change is taken back',
    before: { A: named('1'), Last: last(1) },
    after: { A: named('2'), Last: last(2) },
    failing: 'update Last',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    calls: ['update A', 'update Last', 'update Last', 'update A'],
    left: ['A', 'Last'],
    events: [...of('A', UPDATED), ...of('Last', FAILED, UPDATED), ...of('A', UPDATED)],
  },
  {
    name: 'a failure after a replacement: the old one was never gone',
    before: { A: at('/1/'), Last: last(1) },
    after: { A: at('/2/'), Last: last(2) },
    failing: 'update Last',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    calls: ['create A', 'update Last', 'update Last', 'delete A'],
    left: ['A', 'Last'],
    events: [
      ...of('A', REPLACED),
      ...of('Last', FAILED, UPDATED),
      ...of('A', ['UPDATE_COMPLETE'], DELETED),
    ],
  },
  {
    name: 'a failure beside something new: it goes again',
    before: { A: named('1'), Last: last(1) },
    after: { A: named('1'), New: at('/'), Last: { ...last(2), DependsOn: ['New'] } },
    failing: 'update Last',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    calls: ['create New', 'update Last', 'update Last', 'delete New'],
    left: ['A', 'Last'],
    events: [...of('New', CREATED), ...of('Last', FAILED, UPDATED), ...of('New', DELETED)],
  },
  ...(
    [
      ['Retain', false, true],
      ['Retain', true, false],
      ['RetainExceptOnCreate', false, false],
    ] as const
  ).map(
    ([policy, RetainExceptOnCreate, stays]): Transition => ({
      name: `the same with the policy ${policy}, RetainExceptOnCreate asked for: ${RetainExceptOnCreate}`,
      before: { A: named('1'), Last: last(1) },
      after: {
        A: named('1'),
        New: at('/', { DeletionPolicy: policy }),
        Last: { ...last(2), DependsOn: ['New'] },
      },
      update: { RetainExceptOnCreate },
      failing: 'update Last',
      status: 'UPDATE_ROLLBACK_COMPLETE',
      calls: [...['create New', 'update Last', 'update Last'], ...(stays ? [] : ['delete New'])],
      left: ['A', 'Last', ...(stays ? ['New'] : [])],
      events: [
        ...of('New', CREATED),
        ...of('Last', FAILED, UPDATED),
        ...of('New', stays ? SKIPPED : DELETED),
      ],
    }),
  ),
  {
    name: 'a failure before what is to be removed: it was never gone',
    before: { A: named('1'), B: at('/'), Last: last(1) },
    after: { A: named('1'), Last: last(2) },
    failing: 'update Last',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    calls: ['update Last', 'update Last'],
    left: ['A', 'B', 'Last'],
    events: of('Last', FAILED, UPDATED),
  },
  {
    name: 'a failure with the rollback disabled: all stays as it came to be',
    before: { A: at('/1/'), Last: last(1) },
    after: { A: at('/2/'), Last: last(2) },
    update: { DisableRollback: true },
    failing: 'update Last',
    status: 'UPDATE_FAILED',
    calls: ['create A', 'update Last'],
    left: ['A', 'A', 'Last'],
    events: [...of('A', REPLACED), ...of('Last', FAILED)],
  },
];

const idsOf = ({ resources }: World) =>
  [...resources.existing.keys()].map((id) => id.split('-')[0]).sort();

describe('an update', () => {
  it.each(transitions)('$name', async (row) => {
    const here = world();
    await settle(here, createStack(here, template(row.before, row.rest)));
    const seen = (await eventsOf(here)).length;
    here.resources.calls.length = 0;
    if (row.failing) here.resources.failOnce(row.failing, 'no');

    const update = updateStack(here, template(row.after, row.rest), row.update);
    const stack = await settle(here, update);

    expect(stack?.StackStatus).toBe(row.status);
    expect(here.resources.calls).toEqual(row.calls);
    expect(idsOf(here)).toEqual(row.left);
    const events = (await eventsOf(here)).slice(seen);
    expect(events.filter((event) => !event.startsWith('stack '))).toEqual(row.events);
  });
});

describe('RollbackStack', () => {
  const rollBack = (here: World) =>
    settle(here, here.client.send(new RollbackStackCommand({ StackName: 'stack' })));

  it('takes a failed update back to what was before it', async () => {
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

  it('goes back over several failed updates to the last that held', async () => {
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

  it('is not needed when the next update holds: that cleans up after both', async () => {
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

  it('takes a failed creation down', async () => {
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

describe('a creation', () => {
  it.each([
    [false, ['A']],
    [true, []],
  ])(
    'that fails keeps what says Retain, unless RetainExceptOnCreate is %s',
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

  it('that ends in time is not', async () => {
    const here = world();
    const body = template({ A: named('1'), Last: last(1) });
    const stack = await settle(here, createStack(here, body, { TimeoutInMinutes: 5 }));
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  });
});
