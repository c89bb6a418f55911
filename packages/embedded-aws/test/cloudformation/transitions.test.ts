import type { UpdateStackCommandInput } from '@aws-sdk/client-cloudformation';
import { at, idsOf, last, named } from './changing-resources';
import { api, createStack, eventsOf, settle, template, updateStack, world } from './support';

// The effects of an update on a stack, from one template to another, with or without a failure.

interface Transition {
  readonly name: string;
  readonly before: Record<string, object>;
  readonly after: Record<string, object>;
  /** Further sections of both templates, such as Conditions. */
  readonly rest?: Record<string, unknown>;
  readonly update?: Partial<UpdateStackCommandInput>;
  /** The call that fails. */
  readonly failing?: string;
  readonly status: string;
  readonly calls: readonly string[];
  /** The logical ids of the resources afterwards; twice if an old one exists beside a new one. */
  readonly left: readonly string[];
  /** The events of resources, without those of the stack. */
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
    name: 'a property that is updated in place',
    before: { A: named('1') },
    after: { A: named('2') },
    status: 'UPDATE_COMPLETE',
    calls: ['update A'],
    left: ['A'],
    events: of('A', UPDATED),
  },
  {
    name: 'a property that requires replacement: the new resource is created before the old one is deleted',
    before: { A: at('/1/') },
    after: { A: at('/2/') },
    status: 'UPDATE_COMPLETE',
    calls: ['create A', 'delete A'],
    left: ['A'],
    events: of('A', REPLACED, DELETED),
  },
  {
    name: 'UpdateReplacePolicy Retain: the old resource stays',
    before: { A: at('/1/') },
    after: { A: at('/2/', { UpdateReplacePolicy: 'Retain' }) },
    status: 'UPDATE_COMPLETE',
    calls: ['create A'],
    left: ['A', 'A'],
    events: of('A', REPLACED, SKIPPED),
  },
  {
    name: 'DeletionPolicy does not apply to a replaced resource',
    before: { A: at('/1/', { DeletionPolicy: 'Retain' }) },
    after: { A: at('/2/', { DeletionPolicy: 'Retain' }) },
    status: 'UPDATE_COMPLETE',
    calls: ['create A', 'delete A'],
    left: ['A'],
    events: of('A', REPLACED, DELETED),
  },
  {
    name: 'a replacement is propagated to references',
    before: { A: at('/1/'), B: named('x') },
    after: { A: at('/2/'), B: api({ Description: { Ref: 'A' } }) },
    status: 'UPDATE_COMPLETE',
    calls: ['create A', 'update B', 'delete A'],
    left: ['A', 'B'],
    events: [...of('A', REPLACED), ...of('B', UPDATED), ...of('A', DELETED)],
  },
  {
    name: 'a resource that is removed from the template',
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
    name: 'a resource under a new logical id: a new one, created before the old one is deleted',
    before: { A: named('1') },
    after: { B: named('1') },
    status: 'UPDATE_COMPLETE',
    calls: ['create B', 'delete A'],
    left: ['B'],
    events: [...of('B', CREATED), ...of('A', DELETED)],
  },
  {
    name: 'a condition that becomes true',
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
    name: "the stack's tags, on resources that support tags",
    before: { A: named('1') },
    after: { A: named('1') },
    update: { Tags: [{ Key: 'team', Value: 'web' }] },
    status: 'UPDATE_COMPLETE',
    calls: ['update A'],
    left: ['A'],
    events: of('A', UPDATED),
  },
  {
    name: 'a failure after an update in place: the update is rolled back',
    before: { A: named('1'), Last: last(1) },
    after: { A: named('2'), Last: last(2) },
    failing: 'update Last',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    calls: ['update A', 'update Last', 'update Last', 'update A'],
    left: ['A', 'Last'],
    events: [...of('A', UPDATED), ...of('Last', FAILED, UPDATED), ...of('A', UPDATED)],
  },
  {
    name: 'a failure after a replacement: the old resource still exists',
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
    name: 'a failure beside a new resource: it is deleted again',
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
      name: `the same with the policy ${policy} and RetainExceptOnCreate ${RetainExceptOnCreate}`,
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
    name: 'a failure before a removal: the resource still exists',
    before: { A: named('1'), B: at('/'), Last: last(1) },
    after: { A: named('1'), Last: last(2) },
    failing: 'update Last',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    calls: ['update Last', 'update Last'],
    left: ['A', 'B', 'Last'],
    events: of('Last', FAILED, UPDATED),
  },
  {
    name: 'a failure with rollback disabled: everything stays as it is',
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
