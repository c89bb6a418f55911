import {
  GetTemplateCommand,
  type GetTemplateCommandInput,
  GetTemplateSummaryCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { review } from './change-set-review';
import { createStack, settle, stream, template, type World, world } from './support';

const get = ({ client }: World, input: Partial<GetTemplateCommandInput>) =>
  client.send(new GetTemplateCommand({ StackName: 'stack', ...input }));

const HANDLE = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
const PARAMETERS = {
  Names: { Type: 'CommaDelimitedList', Default: 'a,b' },
  Policy: { Type: 'String', Default: 'Retain' },
};

describe('GetTemplate', () => {
  const extended = template(
    {
      Stream: stream({
        ShardCount: { 'Fn::Length': { Ref: 'Names' } },
        Name: { 'Fn::FindInMap': ['Names', 'none', 'name', { DefaultValue: 'other' }] },
        Tags: [{ Key: 'region', Value: { Ref: 'AWS::Region' } }],
      }),
      Handle: { ...HANDLE, DeletionPolicy: { Ref: 'Policy' }, UpdateReplacePolicy: 'Delete' },
    },
    {
      Transform: 'AWS::LanguageExtensions',
      Parameters: PARAMETERS,
      Mappings: { Names: { some: { name: 'one' } } },
    },
  );

  it('gives what the language extensions made of a template, unless the original is asked for', async () => {
    const local = world();
    await settle(
      local,
      createStack(local, extended, {
        Capabilities: ['CAPABILITY_AUTO_EXPAND'],
      }),
    );

    const original = await get(local, { TemplateStage: 'Original' });
    const processed = await get(local, {});

    expect(original.TemplateBody).toBe(extended);
    expect(JSON.parse(processed.TemplateBody ?? '')).toEqual({
      Resources: {
        Stream: stream({
          ShardCount: 2,
          Name: 'other',
          Tags: [{ Key: 'region', Value: { Ref: 'AWS::Region' } }],
        }),
        Handle: { ...HANDLE, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete' },
      },
      Parameters: PARAMETERS,
      Mappings: { Names: { some: { name: 'one' } } },
    });
  });

  it('gives none for a stack in review, and that of its change set', async () => {
    const local = world();
    const body = template({ Stream: stream() });
    await review(local, body, { ChangeSetType: 'CREATE' });

    const ofStack = await get(local, {});
    const ofChangeSet = await get(local, { ChangeSetName: 'changes' });

    expect([ofStack.TemplateBody, ofChangeSet.TemplateBody]).toEqual([undefined, body]);
  });

  // LocalStack's test_autoexpand_capability_requirement
  it('needs no capability for the extensions of a change set, as its creation', async () => {
    const local = world();

    const { Status } = await review(local, extended, { ChangeSetType: 'CREATE', Capabilities: [] });
    const stack = createStack(world(), extended, { Capabilities: [] });

    expect(Status).toBe('CREATE_COMPLETE');
    await expect(stack).rejects.toThrow('Requires capabilities : [CAPABILITY_AUTO_EXPAND]');
  });

  // LocalStack's test_get_template_missing_resources, 12-09-2025, and
  // test_get_template_no_arguments, 13-11-2025
  it.each([
    [{ StackName: 'none' }, 'Stack with id none does not exist'],
    [{ StackName: undefined, ChangeSetName: 'none' }, 'StackName is a required parameter.'],
    [{ StackName: undefined }, 'StackName is required if ChangeSetName is not specified.'],
    [
      { ChangeSetName: 'arn:aws:cloudformation:us-east-1:000000000000:changeSet/a/b' },
      'ChangeSet [arn:aws:cloudformation:us-east-1:000000000000:changeSet/a/b] does not exist',
    ],
  ])('of %j is refused', async (input, message) => {
    await expect(get(world(), input)).rejects.toThrow(message);
  });
});

describe('GetTemplateSummary', () => {
  const summary = ({ client }: World, input: object) =>
    client.send(new GetTemplateSummaryCommand(input));

  // LocalStack's test_get_template_summary, 24-05-2023
  it('leaves out what a template has not, and quotes the metadata of YAML', async () => {
    const yaml = `
Metadata: {TopicName: sns-topic-simple, "it's": [1, true]}
Resources:
  Stream: {Type: "AWS::Kinesis::Stream"}
`;

    const { $metadata, ...answer } = await summary(world(), { TemplateBody: yaml });

    expect(answer).toEqual({
      Metadata: "{'TopicName': 'sns-topic-simple', 'it\\'s': [1, true]}",
      Parameters: [],
      ResourceIdentifierSummaries: [
        {
          LogicalResourceIds: ['Stream'],
          ResourceIdentifiers: ['Name'],
          ResourceType: 'AWS::Kinesis::Stream',
        },
      ],
      ResourceTypes: ['AWS::Kinesis::Stream'],
      Version: '2010-09-09',
    });
  });

  // LocalStack's test_get_template_summary_non_executed_change_set, 10-09-2025
  it('of a stack in review is refused', async () => {
    const local = world();
    await review(local, template({ Stream: stream() }), { ChangeSetType: 'CREATE' });

    await expect(summary(local, { StackName: 'stack' })).rejects.toThrow(
      'GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.',
    );
  });
});

// LocalStack's test_validate_template, 18-06-2024
it('ValidateTemplate leaves out capabilities that are not needed', async () => {
  const { $metadata, ...answer } = await world().client.send(
    new ValidateTemplateCommand({ TemplateBody: template({ Stream: stream() }) }),
  );

  expect(answer).toEqual({ Parameters: [] });
});

// LocalStack's test_create_stack_from_s3_template_url, 11-10-2023
it('a template’s URL is not one of the scheme s3', async () => {
  const creation = createStack(world(), '', {
    TemplateBody: undefined,
    TemplateURL: 's3://bucket/template.yml',
  });

  await expect(creation).rejects.toThrow(
    'S3 error: Domain name specified in bucket is not a valid S3 domain',
  );
});
