import { settleConditions } from '../../../hooks/template/conditions';

const template = (authorization: string) => ({
  Conditions: {
    NeedsKey: { 'Fn::Equals': [authorization, 'API_KEY'] },
    Open: { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'NeedsKey' }, { Condition: 'Signed' }] }] },
    Signed: {
      'Fn::And': [{ 'Fn::Equals': [authorization, 'AWS_IAM'] }, { 'Fn::Equals': [1, '1'] }],
    },
  },
  Resources: {
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        AuthorizationType: { 'Fn::If': ['Signed', 'AWS_IAM', 'NONE'] },
        ApiKeyRequired: { 'Fn::If': ['NeedsKey', true, { Ref: 'AWS::NoValue' }] },
        List: ['a', { 'Fn::If': ['Open', 'open', { Ref: 'AWS::NoValue' }] }, { Ref: 'Other' }],
      },
      DependsOn: ['Key', 'Api'],
    },
    Api: { Type: 'AWS::ApiGateway::RestApi', DependsOn: 'Key' },
    Key: { Type: 'AWS::ApiGateway::ApiKey', Condition: 'NeedsKey' },
  },
  Outputs: {
    KeyId: { Condition: 'NeedsKey', Value: { Ref: 'Key' } },
    Url: { Value: { 'Fn::If': ['Open', 'open', 'closed'] } },
  },
});

test('what a stage leaves out is left out, with everything that points at it', () => {
  expect(settleConditions(template('NONE'))).toEqual({
    Resources: {
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: { AuthorizationType: 'NONE', List: ['a', 'open', { Ref: 'Other' }] },
        DependsOn: ['Api'],
      },
      Api: { Type: 'AWS::ApiGateway::RestApi' },
    },
    Outputs: { Url: { Value: 'open' } },
  });
});

test('what a stage has stays, without its condition', () => {
  const settled = settleConditions(template('API_KEY'));

  expect(settled.Resources).toMatchObject({
    Method: { Properties: { AuthorizationType: 'NONE', ApiKeyRequired: true } },
    Key: { Type: 'AWS::ApiGateway::ApiKey' },
  });
  expect(settled.Resources.Key).not.toHaveProperty('Condition');
  expect(settled.Resources.Method?.DependsOn).toEqual(['Key', 'Api']);
  expect(settled.Outputs).toEqual({ KeyId: { Value: { Ref: 'Key' } }, Url: { Value: 'closed' } });
});

test.each([
  ['a,b', false],
  ['a', true],
  ['', true],
])('a condition may look into a list: %j', (list, holds) => {
  const { Resources: resources } = settleConditions({
    Conditions: {
      HasNoComma: { 'Fn::Equals': [{ 'Fn::Select': [0, { 'Fn::Split': [',', list] }] }, list] },
    },
    Resources: { Key: { Type: 'AWS::ApiGateway::ApiKey', Condition: 'HasNoComma' } },
  });
  expect('Key' in resources).toBe(holds);
});

test('a text with nothing to fill in is no Fn::Sub', () => {
  const value = (url: unknown) =>
    settleConditions({ Resources: {}, Outputs: { Url: { Value: { 'Fn::Sub': url } } } }).Outputs;
  expect(value('https://a')).toEqual({ Url: { Value: 'https://a' } });
  expect(value(['https://a', { Stage: { Ref: 'Stage' } }])).toEqual({
    Url: { Value: 'https://a' },
  });
  expect(value('${Stage}')).toEqual({ Url: { Value: { 'Fn::Sub': '${Stage}' } } });
});

test('a template without conditions stays as it is', () => {
  const plain = { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { Tags: [] } } } };
  expect(settleConditions(plain)).toEqual(plain);
});

test.each([
  [
    { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    'is known only when the stack is deployed',
  ],
  [{ 'Fn::Equals': [{ 'Fn::Select': [0, { Ref: 'Names' }] }, 'a'] }, 'is not a list of strings'],
  [{ 'Fn::Maybe': ['a', 'b'] }, 'Fn::Maybe is not an operator of conditions'],
  [{ Condition: 'Missing' }, 'there is no condition Missing'],
])('the condition %j is refused by name', (condition, message) => {
  const broken = {
    Conditions: { Broken: condition },
    Resources: { Key: { Type: 'AWS::ApiGateway::ApiKey', Condition: 'Broken' } },
  };
  expect(() => settleConditions(broken)).toThrow(message);
});

test('conditions that are not to be settled stay, and so does what hangs on them', () => {
  const { Conditions, Resources } = template('API_KEY');
  const HasQueue = {
    'Fn::And': [{ Condition: 'NeedsKey' }, { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }],
  };
  const settled = settleConditions(
    {
      Conditions: { ...Conditions, HasQueue },
      Resources: {
        ...Resources,
        Queue: {
          Type: 'AWS::SQS::Queue',
          Condition: 'HasQueue',
          Properties: {
            QueueName: { 'Fn::If': ['HasQueue', { Ref: 'AWS::NoValue' }, 'none'] },
            Kept: { 'Fn::If': ['NeedsKey', 'yes', 'no'] },
          },
        },
      },
      Outputs: { QueueUrl: { Condition: 'HasQueue', Value: { Ref: 'Queue' } } },
    },
    Object.keys(Conditions),
  );

  expect(settled.Conditions).toEqual({
    HasQueue: {
      'Fn::And': [{ 'Fn::Equals': ['true', 'true'] }, HasQueue['Fn::And'][1]],
    },
  });
  expect(settled.Resources.Queue).toEqual({
    Type: 'AWS::SQS::Queue',
    Condition: 'HasQueue',
    Properties: {
      QueueName: { 'Fn::If': ['HasQueue', { Ref: 'AWS::NoValue' }, 'none'] },
      Kept: 'yes',
    },
  });
  expect(settled.Resources.Method?.Properties).toMatchObject({ ApiKeyRequired: true });
  expect(settled.Outputs).toEqual({ QueueUrl: { Condition: 'HasQueue', Value: { Ref: 'Queue' } } });
});
