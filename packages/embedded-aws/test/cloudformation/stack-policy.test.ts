import {
  GetStackPolicyCommand,
  SetStackPolicyCommand,
  type SetStackPolicyCommandInput,
} from '@aws-sdk/client-cloudformation';
import { refusalByPolicy, type UpdateAction } from '../../src/cloudformation/stack-policy';
import {
  api,
  createStack,
  fullEvents,
  settle,
  stream,
  template,
  updateStack,
  type World,
  world,
} from './support';

const ALLOW_ALL = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' };
const DENY_ALL = { ...ALLOW_ALL, Effect: 'Deny' };
const policy = (...statements: object[]) => JSON.stringify({ Statement: statements });

const setPolicy = ({ client }: World, rest: Partial<SetStackPolicyCommandInput>) =>
  client.send(new SetStackPolicyCommand({ StackName: 'stack', ...rest }));

const policyOf = async ({ client }: World) =>
  (await client.send(new GetStackPolicyCommand({ StackName: 'stack' }))).StackPolicyBody;

const before = template({ Api: api(), Stream: stream() });

async function stackWith(body: string) {
  const local = world();
  await settle(local, createStack(local, before));
  await setPolicy(local, { StackPolicyBody: body });
  return local;
}

describe('what a stack policy lets an update do', () => {
  const denyReplace = { ...DENY_ALL, Action: 'Update:Replace', Resource: 'LogicalResourceId/Db*' };
  const ofType = (operator: string, type: string) => ({
    ...DENY_ALL,
    Condition: { [operator]: { ResourceType: [type] } },
  });

  // Text and count: two public quotes of AWS, of a policy that allows all and then denies.
  const quoted =
    'Action denied by stack policy: Statement [#1] does not allow [Update:Replace] for resource [LogicalResourceId/Db*];';
  const all =
    'Action denied by stack policy: Statement [#0] does not allow [Update:*] for resource [*];';
  it.each<[string, UpdateAction, object[], string | undefined]>([
    ['a denied action', 'Update:Replace', [ALLOW_ALL, denyReplace], quoted],
    ['another action', 'Update:Modify', [ALLOW_ALL, denyReplace], undefined],
    ['a Deny before an Allow', 'Update:Modify', [DENY_ALL, ALLOW_ALL], all],
    ['a type', 'Update:Modify', [ofType('StringEquals', 'AWS::S3::Bucket'), ALLOW_ALL], all],
    ['a kind of types', 'Update:Modify', [ofType('StringLike', 'AWS::S3::*'), ALLOW_ALL], all],
    [
      'another type',
      'Update:Modify',
      [ofType('StringEquals', 'AWS::SNS::Topic'), ALLOW_ALL],
      undefined,
    ],
    [
      'all but one resource',
      'Update:Delete',
      [{ ...ALLOW_ALL, Resource: undefined, NotResource: 'LogicalResourceId/Other' }],
      undefined,
    ],
    [
      'all but one action',
      'Update:Delete',
      [{ ...ALLOW_ALL, Action: undefined, NotAction: 'Update:Delete' }],
      'Action not allowed by stack policy',
    ],
    [
      'a Deny of no resource',
      'Update:Modify',
      [ALLOW_ALL, { ...DENY_ALL, Resource: undefined }],
      undefined,
    ],
    [
      'no statement that allows',
      'Update:Modify',
      [denyReplace],
      'Action not allowed by stack policy',
    ],
    ['no statement at all', 'Update:Modify', [], undefined],
  ])('with %s (%s)', (_, action, statements, refusal) => {
    const resource = { logicalId: 'Db1', type: 'AWS::S3::Bucket' };
    expect(refusalByPolicy(policy(...statements), action, resource)).toBe(refusal);
  });
});

// Recorded: LocalStack's test_stack_policies, 10 to 21-11-2022.
describe('a stack policy', () => {
  it('is there once it is set, and empty when it is replaced by an empty one', async () => {
    const local = world();
    await settle(local, createStack(local, before, { StackPolicyBody: policy(ALLOW_ALL) }));
    expect(await policyOf(local)).toBe(policy(ALLOW_ALL));

    await setPolicy(local, { StackPolicyBody: '{}' });

    expect(await policyOf(local)).toBe('{}');
  });

  it('is read from S3', async () => {
    const local = await stackWith('{}');
    local.templates.set('https://bucket.s3.amazonaws.com/policy', policy(DENY_ALL));

    await setPolicy(local, { StackPolicyURL: 'https://bucket.s3.amazonaws.com/policy' });

    expect(await policyOf(local)).toBe(policy(DENY_ALL));
  });

  it.each([
    ['no JSON', 'policy'],
    ['no object', '[]'],
    ['another action', policy({ ...ALLOW_ALL, Action: 'Delete:*' })],
    ['another principal', policy({ ...ALLOW_ALL, Principal: 'me' })],
    ['another effect', policy({ ...ALLOW_ALL, Effect: 'Maybe' })],
  ])('is refused with %s', async (_, StackPolicyBody) => {
    const local = await stackWith('{}');
    await expect(setPolicy(local, { StackPolicyBody })).rejects.toThrow(
      'Error validating stack policy: Invalid stack policy',
    );
  });

  it.each([
    ['s3://bucket/policy', 'StackPolicyURL must be a supported URL.'],
    ['https://bucket.s3.amazonaws.com/none', 'The specified key does not exist.'],
  ])('is refused at %s', async (StackPolicyURL, message) => {
    const local = await stackWith('{}');
    await expect(setPolicy(local, { StackPolicyURL })).rejects.toThrow(message);
  });

  it('comes in one of two ways', async () => {
    const local = await stackWith('{}');
    const both = {
      StackPolicyBody: '{}',
      StackPolicyURL: 'https://bucket.s3.amazonaws.com/policy',
    };
    await expect(setPolicy(local, both)).rejects.toThrow(
      'You cannot specify both StackPolicyURL and StackPolicyBody',
    );
  });
});

describe('an update of what a stack policy protects', () => {
  const renamed = template({ Api: api({ Name: 'other' }), Stream: stream() });

  it.each([
    ['a change', 'Api', renamed],
    ['a replacement', 'Stream', template({ Api: api(), Stream: stream({ Name: 'new' }) })],
    ['a removal', 'Stream', template({ Api: api() })],
  ])('fails before %s, and leaves the resource as it is', async (_, protectedId, body) => {
    // Prepare
    const local = await stackWith(policy(DENY_ALL));
    const callsBefore = [...local.resources.calls];

    // Act
    const stack = await settle(local, updateStack(local, body));
    const events = await fullEvents(local.client);

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(local.resources.calls).toEqual(callsBefore);
    const own = events.filter(({ LogicalResourceId: id }) => id === protectedId).slice(-2);
    expect(own.map((event) => [event.ResourceStatus, event.ResourceStatusReason])).toEqual([
      [
        'UPDATE_FAILED',
        'Action denied by stack policy: Statement [#0] does not allow [Update:*] for resource [*];',
      ],
      ['UPDATE_COMPLETE', undefined],
    ]);
  });

  it('succeeds with a policy for this update, which is told meanwhile', async () => {
    // Prepare
    const local = await stackWith(policy(DENY_ALL));

    // Act
    await updateStack(local, renamed, { StackPolicyDuringUpdateBody: policy(ALLOW_ALL) });
    const meanwhile = await policyOf(local);
    const stack = await settle(local, Promise.resolve());

    // Assess
    expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
    expect([meanwhile, await policyOf(local)]).toEqual([policy(ALLOW_ALL), policy(DENY_ALL)]);
  });

  it('may bring the policy that protects it from the next one on', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, before));

    // Act
    await updateStack(local, renamed, { StackPolicyBody: policy(DENY_ALL) });
    const meanwhile = await policyOf(local);
    const first = await settle(local, Promise.resolve());
    const second = await settle(local, updateStack(local, before));

    // Assess
    expect([meanwhile, await policyOf(local)]).toEqual([undefined, policy(DENY_ALL)]);
    expect([first?.StackStatus, second?.StackStatus]).toEqual([
      'UPDATE_COMPLETE',
      'UPDATE_ROLLBACK_COMPLETE',
    ]);
  });

  it('may add resources', async () => {
    const local = await stackWith(policy(DENY_ALL));
    const body = template({ Api: api(), Stream: stream(), Second: stream() });

    const stack = await settle(local, updateStack(local, body));

    expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
  });
});
