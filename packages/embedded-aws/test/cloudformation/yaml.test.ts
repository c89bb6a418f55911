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

  it.each([
    [
      'an alias',
      'a: &x 1\nb: *x',
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    ],
    [
      'an unclosed bracket',
      'Resources: [1',
      'Template format error: YAML not well-formed. (line 1, column 14: ',
    ],
    ['tabs', 'a:\n\t- b', 'YAML not well-formed. (line 2, column 1: '],
    ['a tag that is not a function', 'a: !Foo b', 'YAML not well-formed. (unknown tag !Foo)'],
    [
      'binary data',
      'a: !!binary aGk=',
      'YAML not well-formed. (aGk= is not valid for the tag !!binary',
    ],
    ['a set', 'a: !!set {x}', 'YAML not well-formed. (unknown tag !!set)'],
    ['a duplicate key', 'a: 1\na: 2', 'duplicate key a'],
    ['a list as a key', '? [a]\n: b', 'a key must be a string'],
    ['two documents', '---\na: 1\n---\nb: 1', 'a template must be a single document'],
    ['excessive nesting', `a: ${'['.repeat(5000)}`, 'nesting exceeded'],
    ['nothing but a text', 'Resources', 'Template format error: unsupported structure.'],
  ])('is refused for %s', async (_, text, message) => {
    await expect(createStack(world(), text)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});
