import { api, createStack, settle, stream, template, world } from './support';

describe('conditions', () => {
  const body = template(
    {
      Api: api(),
      Optional: { ...stream(), Condition: 'Wanted' },
      After: {
        ...stream({ Name: { 'Fn::If': ['Wanted', { Ref: 'Optional' }, 'plain'] } }),
        DependsOn: 'Optional',
      },
    },
    {
      Parameters: { Want: { Type: 'String', Default: 'no' } },
      Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Want' }, 'yes'] } },
      Outputs: { Name: { Condition: 'Wanted', Value: { Ref: 'Optional' } } },
    },
  );

  it('select the resources and outputs', async () => {
    // Prepare
    const without = world();
    const wanted = world();

    // Act
    const stackWithout = await settle(without, createStack(without, body));
    const stackWanted = await settle(
      wanted,
      createStack(wanted, body, { Parameters: [{ ParameterKey: 'Want', ParameterValue: 'yes' }] }),
    );

    // Assess
    expect(without.resources.calls.sort()).toEqual(['create After', 'create Api']);
    expect(without.resources.propertiesOf('After')[0]?.Name).toBe('plain');
    expect(stackWithout?.Outputs ?? []).toEqual([]);
    expect(wanted.resources.propertiesOf('After')[0]?.Name).toMatch(/^Optional-/);
    expect(stackWanted?.Outputs).toHaveLength(1);
  });

  it('make references to resources that are not created invalid', async () => {
    // Prepare
    const local = world();
    const broken = JSON.parse(body);
    broken.Resources.After.Properties.Name = { Ref: 'Optional' };

    // Act
    const creation = createStack(local, JSON.stringify(broken));

    // Assess
    await expect(creation).rejects.toThrow(
      'Unresolved resource dependencies [Optional] in the Resources block of the template',
    );
  });
});
