import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { parseYaml } from '../../src/cloudformation/yaml';
import { createStack, settle, world } from './support';

describe('a template in YAML', () => {
  it('deploys, and is returned verbatim', async () => {
    const here = world();
    const body = `# two resources
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: { Type: String, Default: dev }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Allow, Principal: { Service: !Sub 'apigateway.\${AWS::URLSuffix}' }, Action: sts:AssumeRole }
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: !If [IsProd, api, !Join ['-', [api, !Ref Stage]]]
      Description: !GetAtt Role.Arn
Outputs:
  Root:
    Value: !GetAtt Api.RootResourceId
`;
    const stack = await settle(here, createStack(here, body));

    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(stack?.Outputs?.[0]?.OutputValue).toMatch(/^Api-.*\/RootResourceId$/);
    expect(here.resources.propertiesOf('Api')[0]).toMatchObject({
      Name: 'api-dev',
      Description: expect.stringMatching(/^Role-.*\/Arn$/),
    });
    expect(here.resources.propertiesOf('Role')[0]).toMatchObject({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Principal: { Service: 'apigateway.amazonaws.com' } }],
      },
    });
    const { TemplateBody } = await here.client.send(new GetTemplateCommand({ StackName: 'stack' }));
    expect(TemplateBody).toBe(body);
  });

  it.each([
    ['!Ref Api', { Ref: 'Api' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Api.RootResourceId', { 'Fn::GetAtt': ['Api', 'RootResourceId'] }],
    ['!GetAtt Nested.Outputs.Url', { 'Fn::GetAtt': ['Nested', 'Outputs.Url'] }],
    ['!GetAtt [Api, RootResourceId]', { 'Fn::GetAtt': ['Api', 'RootResourceId'] }],
    ['!Sub "${A}-${!B}"', { 'Fn::Sub': '${A}-${!B}' }],
    ['!Sub ["${A}", { A: !Ref B }]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!Join [",", [a, !Ref B]]', { 'Fn::Join': [',', ['a', { Ref: 'B' }]] }],
    ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['!Split [",", a]', { 'Fn::Split': [',', 'a'] }],
    ['!Base64 5', { 'Fn::Base64': '5' }],
    ['!FindInMap [M, a, b]', { 'Fn::FindInMap': ['M', 'a', 'b'] }],
    ['!ImportValue { "Fn::Sub": x }', { 'Fn::ImportValue': { 'Fn::Sub': 'x' } }],
    [
      '!If [C, !Ref A, !Ref "AWS::NoValue"]',
      { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
    ],
    [
      '!Not [!And [!Condition A, !Or [!Condition B, !Equals [a, b]]]]',
      {
        'Fn::Not': [
          {
            'Fn::And': [
              { Condition: 'A' },
              { 'Fn::Or': [{ Condition: 'B' }, { 'Fn::Equals': ['a', 'b'] }] },
            ],
          },
        ],
      },
    ],
    ['!ToJsonString { a: 1 }', { 'Fn::ToJsonString': { a: 1 } }],
  ])('%s becomes its long form', (text, expected) => {
    expect(parseYaml(`value: ${text}`)).toEqual({ value: expected });
  });

  it.each([
    ['a date', '2012-10-17', '2012-10-17'],
    ['an account', '123456789012', 123456789012],
    ['a number with too many digits', '12345678901234567890', '12345678901234567890'],
    ['quoted digits', "'5'", '5'],
    ['a boolean of YAML 1.1', 'yes', true],
    ['quoted words', '"yes"', 'yes'],
    ['a text with a tag', '!!str 5', '5'],
    ['a block', '|\n  #set($x = 1)\n  {"a": $x}\n', '#set($x = 1)\n{"a": $x}\n'],
    ['other scripts', '流 ключ', '流 ключ'],
  ])('reads %s', (_, text, expected) => {
    expect(parseYaml(`value: ${text}`)).toEqual({ value: expected });
  });

  it('keeps keys as they are written, including those of the prototype', () => {
    const read = parseYaml('012345678901: a\non: b\n__proto__: c\nconstructor: d');
    expect(Object.entries(read as object)).toEqual([
      ['012345678901', 'a'],
      ['on', 'b'],
      ['__proto__', 'c'],
      ['constructor', 'd'],
    ]);
  });

  // SnakeYAML, with which CloudFormation reads YAML, takes each of these (1.33).
  it.each([
    [
      'flow collections that end at the column of their parent',
      'Tags: [\n{ Key: a, Value: b },\n]\nList:\n  - {\n    a: 1\n  }\n  - [\n  ]',
      { Tags: [{ Key: 'a', Value: 'b' }], List: [{ a: 1 }, []] },
    ],
    ['trailing commas', 'a: [1, 2,]\nb: { c: d, }', { a: [1, 2], b: { c: 'd' } }],
    ['CRLF and a byte order mark', '\ufeffa:\r\n  b: |\r\n    c\r\n', { a: { b: 'c\n' } }],
    ['a version and one document', '%YAML 1.1\n---\na: 1\n...\n', { a: 1 }],
    ['anchors that nothing refers to', 'a: &x 1\n&y b: 2', { a: 1, b: 2 }],
    ['a tab behind a value and within flow', 'a: b\t\nc: ["x\ty"]', { a: 'b', c: ['x\ty'] }],
    [
      'comments without a space before them',
      'a: "b"#c\nd: e #f\ng: h#i',
      { a: 'b', d: 'e', g: 'h#i' },
    ],
    ['single letters, which are texts', 'AttributeType: N\ny: Y', { AttributeType: 'N', y: 'Y' }],
    ['the last of keys that stand twice', 'a: 1\nb: 2\na: 3', { a: 3, b: 2 }],
    ['a merge key, which means nothing', '<<: { a: 1 }', { '<<': { a: 1 } }],
    [
      'sequences at the column of their key',
      'a:\n- b\n- c: d\n  e: f\ng:',
      { a: ['b', { c: 'd', e: 'f' }], g: null },
    ],
  ])('reads %s', (_, text, expected) => {
    expect(parseYaml(text)).toEqual(expected);
  });

  it.each([
    [
      'an alias',
      'a: &x 1\nb: *x',
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    ],
    ['an unclosed bracket', 'Resources: [1', 'YAML not well-formed. (line 1, column 14)'],
    ['tabs that indent', 'a:\n\t- b', 'YAML not well-formed. (line 2, column 1)'],
    ['a tag that is not a function', 'a: !Foo b', 'YAML not well-formed. (line 1, column 4)'],
    ['two functions in a row', 'a: !Base64 !Ref b', 'YAML not well-formed. (line 1, column 12)'],
    ['binary data', 'a: !!binary aGk=', 'YAML not well-formed. (line 1, column 4)'],
    ['a set', 'a: 1\nb: !!set {x}', 'YAML not well-formed. (line 2, column 4)'],
    // Recorded without its place: test_create_stack_invalid_yaml_template_should_fail, 13-11-2025.
    ['a wrong indentation', 'a:\n    b: c\n  d: e', 'YAML not well-formed. (line 3, column 3)'],
    ['a list as a key', '? [a]\n: b', 'YAML not well-formed. (line 1, column 3)'],
    ['two documents', '---\na: 1\n---\nb: 1', 'YAML not well-formed. (line 3, column 1)'],
    ['excessive nesting', `a: ${'['.repeat(5000)}`, 'YAML not well-formed. (line 1, column '],
    ['nothing but a text', 'Resources', 'Template format error: unsupported structure.'],
  ])('is refused for %s', async (_, text, message) => {
    await expect(createStack(world(), text)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});
