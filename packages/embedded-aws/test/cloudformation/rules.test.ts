import { createStack, settle, stream, template, updateStack, world } from './support';

const Parameters = {
  Stage: { Type: 'String', Default: 'dev' },
  Shards: { Type: 'Number', Default: 1 },
  Origins: { Type: 'CommaDelimitedList', Default: 'a,b' },
};
const ref = (name: string) => ({ Ref: name });
const isProd = { 'Fn::Equals': [ref('Stage'), 'prod'] };

const withRule = (rule: unknown) =>
  template(
    { Stream: stream({ ShardCount: ref('Shards') }) },
    { Parameters, Rules: { Rule: rule } },
  );

const asserting = (Assert: unknown, RuleCondition?: unknown) =>
  withRule({ RuleCondition, Assertions: [{ Assert, AssertDescription: 'that will not do' }] });

describe('rules', () => {
  it.each([
    ['Equals', isProd, false],
    ['Equals of a number and its text', { 'Fn::Equals': [ref('Shards'), 1] }, true],
    ['Not', { 'Fn::Not': [isProd] }, true],
    ['And', { 'Fn::And': [{ 'Fn::Not': [isProd] }, isProd] }, false],
    ['Or', { 'Fn::Or': [{ 'Fn::Not': [isProd] }, isProd] }, true],
    ['Contains', { 'Fn::Contains': [['dev', 'test'], ref('Stage')] }, true],
    ['Contains, not in it', { 'Fn::Contains': [['prod'], ref('Stage')] }, false],
    ['Contains with a list parameter', { 'Fn::Contains': [ref('Origins'), 'b'] }, true],
    ['EachMemberIn', { 'Fn::EachMemberIn': [ref('Origins'), ['a', 'b', 'c']] }, true],
    ['EachMemberIn, one outside', { 'Fn::EachMemberIn': [ref('Origins'), ['a']] }, false],
    ['EachMemberEquals', { 'Fn::EachMemberEquals': [ref('Origins'), 'a'] }, false],
    ['Equals of a pseudo parameter', { 'Fn::Equals': [ref('AWS::Region'), 'us-east-1'] }, true],
  ])('%s', async (_, assertion, holds) => {
    const here = world();
    const created = createStack(here, asserting(assertion));

    if (holds) {
      await expect(created).resolves.toHaveProperty('StackId');
      await here.service.idle();
      expect(here.resources.calls).toEqual(['create Stream']);
    } else {
      await expect(created).rejects.toMatchObject({
        name: 'ValidationError',
        message: 'Rules failed: Rule: that will not do',
      });
      expect(here.resources.calls).toEqual([]);
    }
  });

  it('apply only if their condition is true', async () => {
    const body = asserting({ 'Fn::Equals': [ref('Shards'), '2'] }, isProd);
    const here = world();

    const stack = await settle(here, createStack(here, body));

    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    const prod = [{ ParameterKey: 'Stage', ParameterValue: 'prod' }];
    await expect(updateStack(here, body, { Parameters: prod })).rejects.toThrow('that will not do');
    const shards = { ParameterKey: 'Shards', ParameterValue: '2' };
    const updated = await settle(here, updateStack(here, body, { Parameters: [...prod, shards] }));
    expect(updated?.StackStatus).toBe('UPDATE_COMPLETE');
  });

  it.each([
    ['no assertions', withRule({}), 'Every Rules member must contain Assertions (rule Rule)'],
    [
      'an empty assertion',
      withRule({ Assertions: [{ AssertDescription: 'x' }] }),
      'Every assertion must contain Assert',
    ],
    ['another function', asserting({ 'Fn::Sub': 'true' }), 'Rules only support Fn::And'],
    ['a name of the prototype', asserting({ constructor: [1, 2] }), 'Rules only support Fn::And'],
    ['too few operands', asserting({ 'Fn::Equals': ['a'] }), 'requires a list of exactly 2'],
    [
      'a lookup of VPCs',
      asserting({ 'Fn::Contains': [{ 'Fn::RefAll': 'AWS::EC2::VPC::Id' }, 'vpc-1'] }),
      'does not implement the rule function Fn::RefAll',
    ],
    [
      'a resource',
      asserting({ 'Fn::Equals': [ref('Stream'), 'x'] }),
      'Unresolved resource dependencies [Stream]',
    ],
  ])('are refused for %s', async (_, body, message) => {
    await expect(createStack(world(), body)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});
