import type { CompiledTemplate } from '../../../hooks/framework';
import { addressByContent } from '../../../hooks/template/deployment';
import type { Streams } from '../../../resources/streams/declaration';
import { declaredStreams } from '../../../resources/streams/declared';
import { compiledStack } from '../../support/compiled-stack';

const POOL = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI';
const COGNITO = { authorization: 'COGNITO', userPoolArns: POOL };
const LAMBDA = { authorization: 'LAMBDA', authorizerFunction: 'token-check' };

function stack(values: Readonly<Record<string, string>>, streams: Streams = {}): CompiledTemplate {
  const declared = declaredStreams(streams, { stage: 'dev', folder: '.' });
  return compiledStack(values, 'dev', 'us-east-1', declared);
}

const propertiesOf = ({ Resources }: CompiledTemplate, id: string) =>
  Resources[id]?.Properties as Record<string, unknown>;

const idsOf = ({ Resources }: CompiledTemplate, type: string) =>
  Object.keys(Resources).filter((id) => Resources[id]?.Type === `AWS::${type}`);

/** The door of a method. */
const doorOf = (template: CompiledTemplate, id: string) => {
  const { AuthorizationType, ApiKeyRequired, AuthorizerId, AuthorizationScopes } = propertiesOf(
    template,
    id,
  );
  return { AuthorizationType, ApiKeyRequired, AuthorizerId, AuthorizationScopes };
};

test('a stage whose callers sign, have a key or are everybody has no authorizer', () => {
  for (const authorization of ['AWS_IAM', 'API_KEY', 'NONE']) {
    const template = stack({ authorization }, { orders: { authorization: 'AWS_IAM' } });
    expect(idsOf(template, 'ApiGateway::Authorizer')).toEqual([]);
    expect(idsOf(template, 'Lambda::Permission')).toEqual([]);
    expect(JSON.stringify(template.Resources)).not.toContain('authorizer');
  }
});

test('writing and reading have doors of their own, each with its scopes', () => {
  const template = stack({
    ...COGNITO,
    writeScopes: 'orders/write,orders/all',
    readAuthorization: 'LAMBDA',
    authorizerFunction: 'token-check',
  });
  const write = {
    AuthorizationType: 'COGNITO_USER_POOLS',
    ApiKeyRequired: false,
    AuthorizerId: { Ref: 'UserPoolAuthorizer' },
    AuthorizationScopes: ['orders/write', 'orders/all'],
  };
  const read = {
    AuthorizationType: 'CUSTOM',
    ApiKeyRequired: false,
    AuthorizerId: { Ref: 'Authorizer' },
    AuthorizationScopes: undefined,
  };
  for (const id of ['PutRecord', 'PutRecords', 'CreateStream', 'DeleteStream']) {
    expect(doorOf(template, `${id}Method`)).toEqual(write);
  }
  for (const id of ['ListStreams', 'DescribeStream', 'ListShards', 'GetShardIterator']) {
    expect(doorOf(template, `${id}Method`)).toEqual(read);
  }
  expect(doorOf(template, 'GetRecordsMethod')).toEqual(read);
});

test('a function of serverless.ts is referred to, and allowed to be called before it is asked', () => {
  const template = stack(LAMBDA);
  const arn = { 'Fn::GetAtt': ['TokenDashcheckLambdaFunction', 'Arn'] };

  expect(propertiesOf(template, 'Authorizer')).toMatchObject({
    Type: 'TOKEN',
    AuthorizerUri: {
      'Fn::Sub': [expect.any(String), { Region: { Ref: 'AWS::Region' }, Function: arn }],
    },
    AuthorizerResultTtlInSeconds: 300,
    IdentitySource: 'method.request.header.Authorization',
  });
  expect(propertiesOf(template, 'Authorizer')).not.toHaveProperty('AuthorizerCredentials');
  expect(propertiesOf(template, 'AuthorizerPermission')).toMatchObject({
    FunctionName: arn,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': expect.stringMatching(/:\$\{RestApi\}\/authorizers\/\*$/) },
  });
  expect(template.Resources.Authorizer?.DependsOn).toEqual(['AuthorizerPermission']);
});

test.each([
  ['arn:aws:iam::123456789012:role/calls', 'arn:aws:iam::123456789012:role/calls'],
  ['none', undefined],
])('with authorizerRoleArn %s the stack allows nothing', (authorizerRoleArn, credentials) => {
  const function_ = 'arn:aws:lambda:eu-west-1:210987654321:function:check:live';
  const template = stack({ ...LAMBDA, authorizerFunction: function_, authorizerRoleArn });

  expect(idsOf(template, 'Lambda::Permission')).toEqual([]);
  expect(template.Resources.Authorizer).not.toHaveProperty('DependsOn');
  const { AuthorizerCredentials: role, AuthorizerUri: uri } = propertiesOf(template, 'Authorizer');
  expect(role).toBe(credentials);
  expect(uri).toMatchObject({
    'Fn::Sub': [expect.any(String), { Region: 'eu-west-1', Function: function_ }],
  });
});

test('a changed function has a permission of its own beside the one that the live stage needs', () => {
  const permissionOf = (authorizerFunction: string) =>
    idsOf(addressByContent(stack({ ...LAMBDA, authorizerFunction })), 'Lambda::Permission');
  const [one, other] = [permissionOf('one'), permissionOf('other')];

  expect(one).toEqual([expect.stringMatching(/^AuthorizerPermission[0-9a-f]{10}$/)]);
  expect(permissionOf('one')).toEqual(one);
  expect(other).not.toEqual(one);
});

test('streams that ask alike share an authorizer, with the stage and with each other', () => {
  const template = stack(COGNITO, {
    asStage: {},
    scoped: { authorization: { type: 'COGNITO', scopes: ['orders/send'] } },
    same: { authorization: { type: 'COGNITO', userPoolArns: [POOL], scopes: [] } },
    one: { authorization: { type: 'LAMBDA', function: 'check', ttlSeconds: 0 } },
    two: { authorization: { type: 'LAMBDA', function: 'check', ttlSeconds: 0 } },
    other: { authorization: { type: 'LAMBDA', function: 'check', ttlSeconds: 60 } },
  });

  expect(idsOf(template, 'ApiGateway::Authorizer')).toEqual([
    'UserPoolAuthorizer',
    'OneAuthorizer',
    'OtherAuthorizer',
  ]);
  expect(idsOf(template, 'Lambda::Permission')).toEqual(['OneAuthorizerPermission']);
  expect(template.Resources.OtherAuthorizer?.DependsOn).toEqual(['OneAuthorizerPermission']);
  expect(doorOf(template, 'EventsAsStageMethod').AuthorizerId).toEqual({
    Ref: 'UserPoolAuthorizer',
  });
  expect(doorOf(template, 'EventsScopedMethod')).toMatchObject({
    AuthorizerId: { Ref: 'UserPoolAuthorizer' },
    AuthorizationScopes: ['orders/send'],
  });
  expect(doorOf(template, 'EventsSameMethod').AuthorizerId).toEqual({ Ref: 'UserPoolAuthorizer' });
  expect(doorOf(template, 'EventsTwoMethod').AuthorizerId).toEqual({ Ref: 'OneAuthorizer' });
});

test("the owner of a shared API gives its authorizer, or has the stack's", () => {
  const shared = { restApiId: 'a1b2c3d4e5', rootResourceId: 'f6g7h8i9j0', authorization: 'LAMBDA' };
  const given = stack({ ...shared, authorizerId: 'abc123' });
  expect(idsOf(given, 'ApiGateway::Authorizer')).toEqual([]);
  expect(doorOf(given, 'PutRecordMethod')).toMatchObject({
    AuthorizationType: 'CUSTOM',
    AuthorizerId: 'abc123',
  });

  const made = stack({ ...shared, authorizerFunction: 'check' });
  expect(propertiesOf(made, 'Authorizer').RestApiId).toBe('a1b2c3d4e5');
  expect(propertiesOf(made, 'AuthorizerPermission').SourceArn).toMatchObject({
    'Fn::Sub': expect.stringContaining(':a1b2c3d4e5/authorizers/*'),
  });
});

const ALLOW = 'method.response.header.Access-Control-Allow-Headers';
function allowedAt(template: CompiledTemplate, id: string): string[] {
  const { Integration: integration } = propertiesOf(template, id) as {
    Integration: { IntegrationResponses: { ResponseParameters: Record<string, string> }[] };
  };
  const [answer] = integration.IntegrationResponses;
  return (answer?.ResponseParameters[ALLOW] ?? '').slice(1, -1).split(',');
}

test('web pages may send the headers that the authorizer of a path reads, each once', () => {
  const template = stack(
    {
      ...LAMBDA,
      authorizerType: 'REQUEST',
      identitySource: 'method.request.header.X-Token,method.request.header.authorization',
      corsOrigins: '*',
    },
    { open: { authorization: 'NONE' } },
  );
  const allowed = allowedAt(template, 'StreamsPreflightMethod');
  expect(allowed).toContain('X-Token');
  expect(allowed.filter((name) => name.toLowerCase() === 'authorization')).toHaveLength(1);
  expect(allowedAt(template, 'EventsOpenPreflightMethod')).not.toContain('X-Token');
  expect(doorOf(template, 'StreamsPreflightMethod').AuthorizationType).toBe('NONE');
});

test('the Kafka REST proxy does not get what lets a caller in', () => {
  const parametersOf = (values: Readonly<Record<string, string>>, streams: Streams = {}) => {
    const template = stack({ kafkaRestUrl: 'https://kafka.example', ...values }, streams);
    const { Integration: integration } = propertiesOf(template, 'KafkaRestMethod');
    return (integration as { RequestParameters: Record<string, string> }).RequestParameters;
  };

  expect(parametersOf(COGNITO)).toHaveProperty(
    ['integration.request.header.Authorization'],
    "'withheld'",
  );
  const own: Streams = {
    orders: {
      authorization: {
        type: 'LAMBDA',
        function: 'check',
        kind: 'REQUEST',
        identitySource: ['method.request.querystring.token', 'context.stage'],
      },
    },
  };
  expect(parametersOf({}, own)).toHaveProperty(
    ['integration.request.querystring.token'],
    "'withheld'",
  );
  expect(Object.keys(parametersOf({ authorization: 'NONE' }))).toEqual([
    'integration.request.path.proxy',
  ]);
});
