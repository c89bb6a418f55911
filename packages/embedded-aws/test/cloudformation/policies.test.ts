import { createStack, settle, stream, template, updateStack, world } from './support';

const AUTO_EXPAND = { Capabilities: ['CAPABILITY_AUTO_EXPAND' as const] };
const parameter = (ParameterValue: string) => ({
  ...AUTO_EXPAND,
  Parameters: [{ ParameterKey: 'Policy', ParameterValue }],
});
const other = { Other: stream({ Name: 'other' }) };
const rest = {
  Transform: 'AWS::LanguageExtensions',
  Parameters: { Policy: { Type: 'String', Default: 'Retain' } },
  Conditions: { Kept: { 'Fn::Equals': [{ Ref: 'Policy' }, 'Retain'] } },
};
const body = template(
  {
    ...other,
    Named: { ...stream({ Name: 'named' }), DeletionPolicy: { Ref: 'Policy' } },
    Chosen: {
      ...stream({ Name: 'chosen' }),
      DeletionPolicy: { 'Fn::If': ['Kept', 'Retain', 'Delete'] },
    },
  },
  rest,
);

describe('policies that are functions', () => {
  it.each([
    ['Retain', []],
    ['Delete', ['delete Chosen', 'delete Named']],
  ])('of parameters decide, with the language extensions: %s', async (policy, deleted) => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, body, parameter(policy)));

    // Act
    await settle(local, updateStack(local, template(other, rest), parameter(policy)));

    // Assess
    expect(local.resources.calls.filter((call) => call.startsWith('delete')).sort()).toEqual(
      deleted,
    );
  });

  it('must come to a policy', async () => {
    const creation = createStack(world(), body, parameter('Keep'));
    await expect(creation).rejects.toThrow('Unrecognized DeletionPolicy Keep for resource Named');
  });
});
