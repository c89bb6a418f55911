import { CreateChangeSetCommand, DescribeChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { api, createStack, IAM, role, settle, stream, template, world } from './support';

async function changesWithValues(before: string, after: string) {
  const here = world();
  await settle(here, createStack(here, before));
  const names = { StackName: 'stack', ChangeSetName: 'next' };
  await here.client.send(
    new CreateChangeSetCommand({ ...names, TemplateBody: after, Capabilities: IAM }),
  );
  const { Changes = [] } = await here.client.send(
    new DescribeChangeSetCommand({ ...names, IncludePropertyValues: true }),
  );
  return Changes.map(({ ResourceChange }) => ResourceChange);
}

const parsed = (text: string | undefined) => JSON.parse(text ?? '');

describe('a change set with property values', () => {
  it('lists each property before and after the change', async () => {
    const [change] = await changesWithValues(
      template({ Stream: stream({ RetentionPeriodHours: 24 }) }),
      template({ Stream: stream({ ShardCount: 3, StreamEncryption: encryption }) }),
    );

    expect(change?.Details?.map(({ Target }) => Target)).toMatchObject([
      {
        Path: '/Properties/RetentionPeriodHours',
        AttributeChangeType: 'Remove',
        BeforeValue: '24',
      },
      {
        Path: '/Properties/ShardCount',
        AttributeChangeType: 'Modify',
        BeforeValue: '1',
        AfterValue: '3',
      },
      {
        Path: '/Properties/StreamEncryption',
        AttributeChangeType: 'Add',
        AfterValue: JSON.stringify(encryption),
      },
    ]);
    expect(parsed(change?.BeforeContext)).toEqual({
      Properties: { ShardCount: 1, RetentionPeriodHours: 24 },
    });
    expect(parsed(change?.AfterContext)).toEqual({
      Properties: { ShardCount: 3, StreamEncryption: encryption },
    });
  });

  it('marks values that are only known after the deployment', async () => {
    const body = (path: string) =>
      template({ Role: role({ Path: path }), Api: api({ Description: { Ref: 'Role' } }) });

    const [change] = await changesWithValues(body('/a/'), body('/b/'));

    expect(change?.Details?.[0]?.Target).toMatchObject({
      Path: '/Properties/Description',
      BeforeValue: expect.stringMatching(/^Role-/),
      AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}',
    });
    expect(parsed(change?.AfterContext).Properties.Description).toBe(
      '{{changeSet:KNOWN_AFTER_APPLY}}',
    );
  });

  // LocalStack's test_change_set_ref, 08-04-2025
  it('tells the replaced resource, and that the value is not certain', async () => {
    const body = (path: string) =>
      template({ Role: role({ Path: path }), Api: api({ Description: { Ref: 'Role' } }) });

    const [change] = await changesWithValues(body('/a/'), body('/b/'));

    expect(change?.Details).toMatchObject([
      { Evaluation: 'Static', ChangeSource: 'ResourceReference', CausingEntity: 'Role' },
      { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
    ]);
  });

  // LocalStack's test_update_refence_argument, 05-05-2025
  it('does not list what only might change with an attribute', async () => {
    const body = (ShardCount: number) =>
      template({
        Stream: stream({ ShardCount }),
        Api: api({ Description: { 'Fn::GetAtt': ['Stream', 'Arn'] } }),
      });

    const changes = await changesWithValues(body(1), body(2));

    expect(changes.map((change) => change?.LogicalResourceId)).toEqual(['Stream']);
  });

  // LocalStack's test_stack_deletion_order, 01-08-2025
  it('does not tell what a removed resource had of another', async () => {
    const [removed] = await changesWithValues(
      template({ Stream: stream(), Api: api({ Description: { Ref: 'Stream' } }) }),
      template({ Stream: stream() }),
    );

    expect(parsed(removed?.BeforeContext)).toEqual({
      Properties: { Name: 'api', Description: '{{changeSet:KNOWN_AFTER_APPLY}}' },
    });
  });

  it('lists added and removed resources', async () => {
    const [added, removed] = await changesWithValues(
      template({ Old: stream() }),
      template({ New: stream({ ShardCount: 2 }) }),
    );

    expect(parsed(added?.AfterContext)).toEqual({ Properties: { ShardCount: 2 } });
    expect(added?.BeforeContext).toBeUndefined();
    expect(parsed(removed?.BeforeContext)).toEqual({ Properties: { ShardCount: 1 } });
    expect(removed?.AfterContext).toBeUndefined();
  });
});

const encryption = { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' };
