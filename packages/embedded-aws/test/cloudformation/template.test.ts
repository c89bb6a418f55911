import { ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { parseTemplate } from '../../src/cloudformation/template';
import { checkTemplate } from '../../src/cloudformation/template-check';
import { api, createStack, role, settle, stream, template, world } from './support';

const check = (body: string) => checkTemplate(parseTemplate(body));
const withApi = (rest: Record<string, unknown>) => template({ Api: api() }, rest);
const resource = (attributes: Record<string, unknown>) =>
  template({ Api: { ...api(), ...attributes } });

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}

describe('a template is refused', () => {
  it.each([
    ['nothing', '', 'Template format error: unsupported structure.'],
    ['a text', 'Resources', 'Template format error: unsupported structure.'],
    ['broken JSON', '{"Resources": ', 'Template format error: JSON not well-formed.'],
    ['a list', '[]', 'Template format error: unsupported structure.'],
    ['no resources', '{"Resources": {}}', 'At least one Resources member must be defined.'],
    ['no resources section', '{}', 'At least one Resources member must be defined.'],
    [
      'another version',
      withApi({ AWSTemplateFormatVersion: '2020-01-01' }),
      'unsupported value for AWSTemplateFormatVersion.',
    ],
    [
      'an unknown section',
      withApi({ Ressources: {}, Foo: 1 }),
      'Invalid template property or properties [Ressources, Foo]',
    ],
    ['Hooks', withApi({ Hooks: {} }), 'does not implement the template section Hooks'],
    [
      'a loop over resources',
      template({ 'Fn::ForEach::Streams': ['Name', ['a', 'b'], { Stream: stream() }] }),
      'does not implement Fn::ForEach in Resources (Fn::ForEach::Streams)',
    ],
    [
      'a transform',
      withApi({ Transform: 'AWS::Serverless-2016-10-31' }),
      'does not implement the transform AWS::Serverless-2016-10-31',
    ],
    [
      'a dynamic reference',
      resource({ Properties: { Name: '{{resolve:ssm:name}}' } }),
      'does not implement dynamic references: {{resolve:ssm:name}} at /Resources/Api/Properties/Name',
    ],
    [
      'null',
      resource({ Properties: { Name: null } }),
      "[/Resources/Api/Properties/Name] 'null' values are not allowed in templates",
    ],
    [
      'a name with a dash',
      template({ 'my-api': api() }),
      'Template format error: Resource name my-api is non alphanumeric.',
    ],
    [
      'a name of the prototype',
      '{"Resources": {"__proto__": {"Type": "AWS::IAM::Role"}}}',
      'Resource name __proto__ is non alphanumeric.',
    ],
    [
      'no type',
      template({ Api: {} }),
      '[/Resources/Api] Every Resources object must contain a Type member.',
    ],
    [
      'an unknown attribute',
      resource({ Propertis: {} }),
      "Invalid template resource property 'Propertis'",
    ],
    [
      'an unknown deletion policy',
      resource({ DeletionPolicy: 'Keep' }),
      'Unrecognized DeletionPolicy Keep for resource Api',
    ],
    [
      'a snapshot',
      resource({ DeletionPolicy: 'Snapshot' }),
      'resource type AWS::ApiGateway::RestApi does not support deletion policy Snapshot',
    ],
    [
      'a replacement policy for deletions',
      resource({ UpdateReplacePolicy: 'RetainExceptOnCreate' }),
      'Unrecognized UpdateReplacePolicy',
    ],
    [
      'a malformed type',
      template({ Foo: { Type: 'Stream' }, Bar: { Type: 'AWS::Bar' } }),
      'Template format error: Unrecognized resource types: [Stream, AWS::Bar]',
    ],
    [
      'a reference to nothing',
      resource({ Properties: { Name: { Ref: 'Nope' } } }),
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      'a dependency on nothing',
      resource({ DependsOn: ['Nope'] }),
      'Unresolved resource dependencies [Nope] in the Resources block',
    ],
    [
      'an attribute of nothing',
      resource({ Properties: { Name: { 'Fn::GetAtt': ['Nope', 'Arn'] } } }),
      'instance of Fn::GetAtt references undefined resource Nope',
    ],
    [
      'an attribute that the type does not have',
      template({ Api: api(), B: stream({ Name: { 'Fn::GetAtt': ['Api', 'Arn'] } }) }),
      'resource Api does not support attribute type Arn in Fn::GetAtt',
    ],
    [
      'the same through Sub',
      template({ Api: api(), B: stream({ Name: { 'Fn::Sub': '${Api.Arn}' } }) }),
      'resource Api does not support attribute type Arn in Fn::GetAtt',
    ],
    [
      'an unknown name in Sub',
      resource({ Properties: { Name: { 'Fn::Sub': '${Nope}' } } }),
      'Unresolved resource dependencies [Nope]',
    ],
    [
      'an unknown condition',
      resource({ Condition: 'Nope' }),
      'Unresolved condition dependency Nope in the Resources block',
    ],
    [
      'a resource in a condition',
      withApi({ Conditions: { C: { 'Fn::Equals': [{ Ref: 'Api' }, 'x'] } } }),
      'Unresolved dependencies [Api]. Cannot reference resources in the Conditions block of the template',
    ],
    [
      'an output without value',
      withApi({ Outputs: { O: {} } }),
      'Every Outputs member must contain a Value object',
    ],
    [
      'an output of nothing',
      withApi({ Outputs: { O: { Value: { Ref: 'Nope' } } } }),
      'Unresolved resource dependencies [Nope] in the Outputs block of the template',
    ],
    [
      'a parameter without type',
      withApi({ Parameters: { P: {} } }),
      'Every Parameters object must contain a Type member.',
    ],
    [
      'a resource that depends on itself',
      template({ A: stream({ Name: { Ref: 'A' } }) }),
      'Circular dependency between resources: [A]',
    ],
    [
      'a circle',
      template({
        Before: { ...stream(), DependsOn: 'A' },
        A: stream({ Name: { Ref: 'B' } }),
        B: stream({ Name: { 'Fn::Sub': '${C}' } }),
        C: { ...stream(), DependsOn: 'A' },
        Alone: api(),
      }),
      'Circular dependency between resources: [A, B, C]',
    ],
    [
      'more resources than allowed',
      template(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`R${i}`, role()]))),
      'Number of resources, 501, is greater than maximum allowed, 500',
    ],
    [
      'excessive nesting',
      `{"Resources": {"A": {"Type": "AWS::IAM::Role", "Properties": ${'['.repeat(20_000)}${']'.repeat(20_000)}}}}`,
      'The template nests deeper than',
    ],
  ])('for %s', (_, body, message) => {
    expect(() => check(body)).toThrow(message);
  });

  const topic = { Type: 'AWS::SNS::Topic' };
  const importing = (name: unknown) => ({
    ...topic,
    Properties: { DisplayName: { 'Fn::ImportValue': name } },
  });

  // Texts and dates: LocalStack's recordings of engine/test_mappings (12-06-2023), test_validations
  // (31-05-2024) and test_stacks; the others are quoted in public issues.
  it.each([
    [
      'resources that are a text',
      { Resources: '', Outputs: '' },
      'Template format error: Any Resources member must be an object.',
    ],
    [
      'a resource that is a text',
      { Resources: { A: 'x' } },
      'Template format error: Any Resources member must be an object.',
    ],
    [
      'a parameter with a member that parameters do not have',
      { Parameters: { P: { Type: 'String', DefaultValue: 'x' } } },
      "Invalid template parameter property 'DefaultValue'",
    ],
    [
      'an import by the name of a resource',
      { Resources: { A: topic, B: importing({ Ref: 'A' }) } },
      'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
    ],
    [
      'an import by the name of what is not there',
      { Resources: { B: importing({ 'Fn::Sub': '${Network}-Vpc' }) } },
      'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
    ],
    [
      'an import by the name of an import',
      { Resources: { B: importing({ 'Fn::Join': ['', [{ 'Fn::ImportValue': 'x' }]] }) } },
      'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
    ],
    [
      'an export by the name of a resource',
      { Resources: { A: topic }, Outputs: { O: { Value: 'x', Export: { Name: { Ref: 'A' } } } } },
      'Template format error: Output O is malformed.  The Name field of Export must not depend on any resources, imported values, or Fn::GetAZs.',
    ],
    [
      'a mapping with a dash in its name',
      { Mappings: { 'M-1': { A: { b: 'c' } } } },
      "Template format error: Mappings name 'M-1' is non alphanumeric.",
    ],
    [
      'a mapping with a slash in a key',
      { Mappings: { M: { '10.0.0.0/16': { b: 'c' } } } },
      "Template format error: Mappings element name '10.0.0.0/16' must be non-empty and can contain only alphanumerics, '-' or '.'",
    ],
    [
      'a mapping with a dot in an attribute',
      { Mappings: { M: { 'eu-west-1': { 'v1.2': 'c' } } } },
      "Template format error: Mappings attribute name 'v1.2' must contain only alphanumeric characters.",
    ],
    [
      'a mapping of one level',
      { Mappings: { M: { A: 'x' } } },
      'Template format error: Every Mappings member A must be a map',
    ],
    [
      'a mapping of three levels',
      { Mappings: { M: { A: { b: { c: 'd' } } } } },
      'Template format error: Every Mappings attribute must be a String or a List.',
    ],
    [
      'a function in a mapping',
      { Mappings: { M: { A: { b: { Ref: 'AWS::Region' } } } } },
      'Template format error: Every Mappings attribute must be a String or a List.',
    ],
    [
      'the first of several null values',
      { Outputs: { O: { Value: null, Other: null } } },
      "[/Outputs/O/Value] 'null' values are not allowed in templates",
    ],
    [
      'an output with a dash',
      { Outputs: { 'a-b': { Value: 'x' } } },
      "Template format error: Outputs name 'a-b' is non alphanumeric.",
    ],
    [
      'an export without a name',
      { Outputs: { O: { Value: 'x', Export: {} } } },
      'Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.',
    ],
    [
      'an export with a dot',
      { Outputs: { O: { Value: 'x', Export: { Name: 'a.b' } } } },
      'Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.',
    ],
    [
      'a description that is a function',
      { Description: { Ref: 'AWS::Region' } },
      'Template format error: Every Description member must be a string.',
    ],
    [
      'a default that is a function',
      { Parameters: { P: { Type: 'String', Default: { Ref: 'AWS::Region' } } } },
      'Template format error: Every Default member must be a string.',
    ],
    [
      'a condition in place of its name',
      { Resources: { Api: { ...api(), Condition: { 'Fn::Equals': ['a', 'a'] } } } },
      'Template format error: Every Condition member must be a string.',
    ],
    [
      'a policy that is a function',
      { Resources: { Api: { ...api(), DeletionPolicy: { Ref: 'AWS::Region' } } } },
      'Template format error: Every DeletionPolicy member must be a string.',
    ],
    [
      'an output of nothing',
      { Outputs: { O: { Value: { Ref: 'Nope' } } } },
      'Unresolved resource dependencies [Nope] in the Outputs block of the template',
    ],
    [
      'an unknown condition in Fn::If',
      { Outputs: { O: { Value: { 'Fn::If': ['Nope', 'a', 'b'] } } } },
      'Template error: unresolved condition dependency Nope in Fn::If',
    ],
  ])('to the letter for %s', (_, members, message) => {
    const body = JSON.stringify({ Resources: { Api: api() }, ...members });
    expect(messageOf(() => check(body))).toBe(message);
  });

  it.each([
    [
      'a creation policy',
      resource({ CreationPolicy: {} }),
      'does not implement CreationPolicy (resource Api)',
    ],
    [
      'a type that is not implemented',
      template({ Api: api(), Q: { Type: 'AWS::SQS::Queue' } }),
      'The embedded AWS does not implement the resource type AWS::SQS::Queue (resource Q).',
    ],
    ...['UserPool', 'UserPoolClient', 'UserPoolDomain', 'UserPoolResourceServer'].map((type) => [
      `a Cognito ${type}`,
      template({ Pool: { Type: `AWS::Cognito::${type}` } }),
      `type AWS::Cognito::${type} (resource Pool). Bring your own issuer of tokens: name it by the ARN of a user pool, --user-pool ARN=URL, and use that ARN in authorizers.`,
    ]),
    [
      'an unknown type of a known service',
      template({ Policy: { Type: 'AWS::Kinesis::Streem' } }),
      'type AWS::Kinesis::Streem (resource Policy). Of AWS::Kinesis it has AWS::Kinesis::Stream, AWS::Kinesis::StreamConsumer.',
    ],
    [
      'a custom resource',
      template({ Mine: { Type: 'Custom::Thing' } }),
      'does not implement the resource type Custom::Thing (resource Mine)',
    ],
    [
      'a custom resource, spelt out',
      template({ Mine: { Type: 'AWS::CloudFormation::CustomResource' } }),
      'does not implement the resource type AWS::CloudFormation::CustomResource',
    ],
    [
      'a nested stack',
      template({ Mine: { Type: 'AWS::CloudFormation::Stack' } }),
      'does not implement the resource type AWS::CloudFormation::Stack',
    ],
  ])('unless it is switched off, for %s', async (_, body, message) => {
    // Prepare
    const off = JSON.parse(body);
    for (const id of Object.keys(off.Resources)) {
      if (off.Resources[id].Type !== api().Type || off.Resources[id].CreationPolicy) {
        off.Resources[id].Condition = 'Never';
      }
    }
    off.Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    off.Resources.Other = role();
    const local = world();

    // Act
    const refused = await createStack(local, body).catch(String);
    const made = await settle(local, createStack(local, JSON.stringify(off), { StackName: 'off' }));

    // Assess
    expect(refused).toContain(message);
    expect(made?.StackStatus ?? 'none').not.toContain('ROLLBACK');
    expect(local.resources.calls).toContain('create Other');
  });

  it('for a body that is too large, whatever it contains', async () => {
    // Prepare
    const { client } = world();
    const body = template({ Api: api({ Description: 'x'.repeat(60_000) }) });

    // Act
    const validation = client.send(new ValidateTemplateCommand({ TemplateBody: body }));

    // Assess
    await expect(validation).rejects.toThrow('Member must have length less than or equal to 51200');
  });

  it('for a URL that does not exist in S3', async () => {
    // Prepare
    const { client } = world();

    // Act
    const validation = client.send(
      new ValidateTemplateCommand({ TemplateURL: 'https://s3.amazonaws.com/bucket/key' }),
    );

    // Assess
    await expect(validation).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'S3 error: The specified key does not exist.',
    });
  });

  it('for a type without a handler', async () => {
    // Prepare
    const local = world({ types: ['AWS::IAM::Role'] });

    // Act
    const creation = createStack(local, template({ Role: role(), Api: api() }));

    // Assess
    await expect(creation).rejects.toThrow(
      'The embedded AWS does not implement the resource type AWS::ApiGateway::RestApi (resource Api).',
    );
  });
});

describe('a large template', () => {
  it('of 500 resources in one chain is deployed', async () => {
    // Prepare
    const local = world();
    const chain = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [
        `R${i}`,
        i === 0 ? role() : { ...role(), DependsOn: `R${i - 1}` },
      ]),
    );
    local.templates.set('https://s3.amazonaws.com/b/k', template(chain));

    // Act
    const stack = await settle(
      local,
      createStack(local, '', {
        TemplateBody: undefined,
        TemplateURL: 'https://s3.amazonaws.com/b/k',
      }),
    );

    // Assess
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(local.resources.calls.at(-1)).toBe('create R499');
  });
});
