import { ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { named, review } from './change-set-review';
import {
  API_ROOT,
  api,
  apiResource,
  createStack,
  role,
  settle,
  stream,
  template,
  world,
} from './support';

async function changesOf(before: string, after: string) {
  const local = world();
  await settle(local, createStack(local, before));
  const { Changes, Status, StatusReason } = await review(local, after);
  expect([Status, StatusReason]).toEqual(['CREATE_COMPLETE', undefined]);
  return (Changes ?? []).map(({ ResourceChange }) => ResourceChange);
}

const policy = {
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'p', PolicyDocument: {}, Roles: [{ Ref: 'Role' }] },
};

describe('a change set lists', () => {
  it('added, removed and modified resources, by their ids', async () => {
    // Act
    const changes = await changesOf(
      template({ Same: api(), Gone: { ...role(), DeletionPolicy: 'Retain' }, Grown: stream() }),
      template({ Same: api(), New: role(), Grown: stream({ ShardCount: 2 }) }),
    );

    // Assess
    expect(changes).toMatchObject([
      { Action: 'Remove', LogicalResourceId: 'Gone', PolicyAction: 'Retain' },
      {
        Action: 'Modify',
        LogicalResourceId: 'Grown',
        PhysicalResourceId: expect.stringMatching(/^Grown-/),
        Replacement: 'False',
        Scope: ['Properties'],
        Details: [
          {
            Target: { Attribute: 'Properties', Name: 'ShardCount', RequiresRecreation: 'Never' },
            Evaluation: 'Static',
            ChangeSource: 'DirectModification',
          },
        ],
      },
      { Action: 'Add', LogicalResourceId: 'New', ResourceType: 'AWS::IAM::Role' },
    ]);
  });

  it('a replacement and its consequences', async () => {
    // Act
    const changes = await changesOf(
      template({ Role: role({ Path: '/a/' }), Policy: policy }),
      template({ Role: role({ Path: '/b/' }), Policy: policy }),
    );

    // Assess
    expect(changes).toMatchObject([
      {
        LogicalResourceId: 'Policy',
        Replacement: 'False',
        Details: [
          { Evaluation: 'Static', ChangeSource: 'ResourceReference', CausingEntity: 'Role' },
        ],
      },
      { LogicalResourceId: 'Role', Replacement: 'True', PolicyAction: 'ReplaceAndDelete' },
    ]);
  });

  it('possible consequences of a changed attribute', async () => {
    // Prepare
    const body = (Description: string) =>
      template({
        Api: api({ Description }),
        Branch: apiResource(API_ROOT, 'x'),
      });

    // Act
    const changes = await changesOf(body('a'), body('b'));

    // Assess
    expect(changes[1]).toMatchObject({
      LogicalResourceId: 'Branch',
      Replacement: 'Conditional',
      Details: [
        {
          Target: { Name: 'ParentId', RequiresRecreation: 'Always' },
          Evaluation: 'Dynamic',
          ChangeSource: 'ResourceAttribute',
          CausingEntity: 'Api.RootResourceId',
        },
      ],
    });
  });

  it('the parameter that causes a change', async () => {
    // Prepare
    const local = world();
    const body = template(
      { Stream: stream({ ShardCount: { Ref: 'Shards' } }) },
      { Parameters: { Shards: { Type: 'Number', Default: 1 } } },
    );
    await settle(local, createStack(local, body));

    // Act
    const { Changes, Parameters } = await review(local, body, {
      Parameters: [{ ParameterKey: 'Shards', ParameterValue: '2' }],
    });

    // Assess
    expect(Changes?.[0]?.ResourceChange?.Details).toMatchObject([
      { Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'Shards' },
      { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
    ]);
    expect(Parameters).toEqual([{ ParameterKey: 'Shards', ParameterValue: '2' }]);
  });

  it('the new parameter of an expression in place of a literal', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Role: role({ Description: 'of a' }) })));
    const body = template(
      { Role: role({ Description: { 'Fn::Sub': 'of ${Owner}' } }) },
      { Parameters: { Owner: { Type: 'String' } } },
    );

    // Act
    const { Changes } = await review(local, body, {
      Parameters: [{ ParameterKey: 'Owner', ParameterValue: 'b' }],
    });

    // Assess
    expect(Changes?.[0]?.ResourceChange?.Details).toMatchObject([
      { Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'Owner' },
      { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
    ]);
  });

  it('changed tags and policies with their scope', async () => {
    // Act
    const changes = await changesOf(
      template({ Stream: stream() }),
      template({
        Stream: { ...stream({ Tags: [{ Key: 'a', Value: 'b' }] }), DeletionPolicy: 'Retain' },
      }),
    );

    // Assess
    expect(changes[0]?.Scope).toEqual(['DeletionPolicy', 'Properties']);
  });

  it('changed tags of the stack as no property of the template', async () => {
    // Prepare
    const local = world();
    const body = template({ Stream: stream() });
    await settle(local, createStack(local, body));

    // Act
    const { Changes } = await review(local, body, { Tags: [{ Key: 'team', Value: 'a' }] });

    // Assess
    expect(Changes?.[0]?.ResourceChange).toMatchObject({ Scope: ['Tags'] });
    expect(Changes?.[0]?.ResourceChange?.Details).toEqual([
      {
        Target: { Attribute: 'Tags', RequiresRecreation: 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      },
    ]);
  });

  it('nothing if only outputs change, but can still be executed', async () => {
    // Prepare
    const local = world();
    await settle(local, createStack(local, template({ Api: api() })));

    // Act
    const { Status, Changes } = await review(
      local,
      template({ Api: api() }, { Outputs: { Id: { Value: { Ref: 'Api' } } } }),
    );
    const stack = await settle(local, local.client.send(new ExecuteChangeSetCommand(named)));

    // Assess
    expect([Status, Changes ?? []]).toEqual(['CREATE_COMPLETE', []]);
    expect(stack?.Outputs).toHaveLength(1);
  });

  // LocalStack's test_mappings_with_parameter_lookup, 18-06-2025
  it('a parameter that chooses from a mapping', async () => {
    // Prepare
    const local = world();
    const body = template(
      { Stream: stream({ ShardCount: { 'Fn::FindInMap': ['Size', { Ref: 'Stage' }, 'shards'] } }) },
      {
        Parameters: { Stage: { Type: 'String', Default: 'small' } },
        Mappings: { Size: { small: { shards: 1 }, big: { shards: 2 } } },
      },
    );
    await settle(local, createStack(local, body));

    // Act
    const { Changes } = await review(local, body, {
      Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'big' }],
    });

    // Assess
    expect(Changes?.[0]?.ResourceChange?.Details).toMatchObject([
      { Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'Stage' },
      { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
    ]);
  });

  // LocalStack's test_base_mapping_scenarios, 18-06-2025
  it('a changed mapping as a direct modification', async () => {
    // Prepare
    const body = (shards: number) =>
      template(
        { Stream: stream({ ShardCount: { 'Fn::FindInMap': ['Size', 'any', 'shards'] } }) },
        { Mappings: { Size: { any: { shards } } } },
      );

    // Act
    const changes = await changesOf(body(1), body(2));

    // Assess
    expect(changes[0]?.Details).toMatchObject([
      { Evaluation: 'Static', ChangeSource: 'DirectModification' },
    ]);
  });
});
