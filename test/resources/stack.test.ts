import { resourceType } from 'embedded-aws/resource-types';
import { stack } from '../../resources';
import type { Resource, ResourceType } from '../../resources/cloudformation';
import { endpoints } from '../../resources/endpoints';
import { compiledStack } from '../support/compiled-stack';

function resourcesOf<Type extends ResourceType>(type: Type): Resource<Type>[] {
  const all: Resource[] = Object.values(stack.Resources);
  return all.filter((declared): declared is Resource<Type> => declared.Type === type);
}

function statementsOf(values: Record<string, string>): { Action: string[]; Resource: unknown }[] {
  const role = compiledStack({ streams: '${param:streams}', ...values }).Resources.KinesisRole;
  return JSON.parse(JSON.stringify(role?.Properties)).Policies[0].PolicyDocument.Statement;
}

describe('role', () => {
  const [role] = resourcesOf('AWS::IAM::Role');

  test('API Gateway, and nobody else, may take it', () => {
    expect(role?.Properties.AssumeRolePolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    });
  });

  test("it grants exactly the endpoints' actions, on the stage's streams where IAM knows streams", () => {
    const statements = statementsOf({ manageStreams: 'true' });
    const granted = (scope: string) =>
      endpoints
        .filter(({ grantedOn }) => grantedOn === scope)
        .map(({ action }) => `kinesis:${action}`);

    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: [...new Set(granted('streams'))].sort(),
        Resource: ['${param:streams}', 'verify-kinesis-rest-proxy-dev-*'].map((name) => ({
          'Fn::Sub': `arn:\${AWS::Partition}:kinesis:\${AWS::Region}:\${AWS::AccountId}:stream/${name}`,
        })),
      },
      { Effect: 'Allow', Action: [...new Set(granted('*'))].sort(), Resource: '*' },
    ]);
    expect(statements[0]?.Action).toContain('kinesis:PutRecord');
    expect(statements[1]?.Action).toContain('kinesis:ListStreams');
  });

  test('with keys of your own it may write and read with them, through Kinesis alone', () => {
    const keys = ['1', '2'].map(
      (last) => `arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-55555555555${last}`,
    );
    expect(statementsOf({ kmsKeyArns: keys.join(',') })[2]).toEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: { 'Fn::Split': [',', keys.join(',')] },
      Condition: {
        StringLike: { 'kms:ViaService': { 'Fn::Sub': 'kinesis.${AWS::Region}.amazonaws.com*' } },
      },
    });
    expect(statementsOf({})).toHaveLength(2);
  });
});

test('a stage that does not manage streams has neither those endpoints nor the right to call their actions', () => {
  const granted = statementsOf({ manageStreams: 'false' }).flatMap(({ Action }) => Action);
  expect(granted).not.toContain('kinesis:CreateStream');
  expect(granted).not.toContain('kinesis:DeleteStream');
  const { Resources: resources } = compiledStack({ manageStreams: 'false' });
  expect(resources).not.toHaveProperty('CreateStreamMethod');
  expect(resources).not.toHaveProperty('DeleteStreamMethod');
  expect(resources).toHaveProperty('PutRecordMethod');
});

test.each([
  ['AWS_IAM', 'AWS_IAM', false],
  ['API_KEY', 'NONE', true],
  ['NONE', 'NONE', false],
])('authorization %s', (authorization, type, keyRequired) => {
  const { Resources: resources } = compiledStack({ authorization });
  const methods = Object.values(resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Method');
  expect(methods.length).toBe(endpoints.length);
  for (const { Properties } of methods) {
    expect(Properties).toMatchObject({ AuthorizationType: type, ApiKeyRequired: keyRequired });
  }
  expect('UsagePlan' in resources).toBe(keyRequired);
});

describe('methods', () => {
  const methods = resourcesOf('AWS::ApiGateway::Method').filter(
    ({ Properties }) => JSON.parse(JSON.stringify(Properties.Integration)).Type === 'AWS',
  );

  const actions = new Map<string, string>(endpoints.map(({ id, action }) => [id, action]));

  test('there is one for each endpoint, named by its id', () => {
    expect(methods.map(({ Properties }) => Properties.OperationName)).toEqual(
      endpoints.map(({ id }) => id),
    );
  });

  test.each(methods)(
    '$Properties.OperationName calls its Kinesis action directly',
    ({ Properties }) => {
      expect(Properties.Integration).toMatchObject({
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Uri: {
          'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:kinesis:action/${actions.get(String(Properties.OperationName))}`,
        },
        Credentials: { 'Fn::GetAtt': ['KinesisRole', 'Arn'] },
        RequestParameters: {
          'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
        },
        PassthroughBehavior: 'NEVER',
      });
    },
  );

  test('an answer that nobody foresaw is an error', () => {
    for (const { Properties } of methods) {
      const responses = JSON.parse(JSON.stringify(Properties.Integration)).IntegrationResponses;
      const byDefault = responses.filter(
        (response: { SelectionPattern?: string }) => response.SelectionPattern === undefined,
      );
      expect(byDefault).toEqual([expect.objectContaining({ StatusCode: '502' })]);
    }
  });
});

test('the deployment comes after every method', () => {
  const [deployment] = resourcesOf('AWS::ApiGateway::Deployment');
  const methods = Object.entries(stack.Resources)
    .filter(([, { Type }]) => Type === 'AWS::ApiGateway::Method')
    .map(([id]) => id);

  expect(deployment?.DependsOn).toEqual(expect.arrayContaining(methods));
});

test('each path is declared once, below its parent', () => {
  const { Resources } = compiledStack({ kafkaRestUrl: 'https://kafka-rest.example' });
  const declared = Object.entries(Resources).filter(
    ([, { Type }]) => Type === 'AWS::ApiGateway::Resource',
  );
  const properties = new Map(declared.map(([id, { Properties }]) => [id, Properties]));
  const pathOf = (id: string): string => {
    const { PathPart, ParentId } = properties.get(id) as {
      PathPart: string;
      ParentId: { Ref?: string };
    };
    return `${ParentId.Ref === undefined ? '' : pathOf(ParentId.Ref)}/${PathPart}`;
  };
  const paths = declared.map(([id]) => pathOf(id));
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(
    expect.arrayContaining([...endpoints.map(({ path }) => path), '/{proxy+}']),
  );
  expect(paths).not.toContain('/');
});

test("under somebody else's API, the stack has what hangs there and nothing of the owner's", () => {
  const given = { restApiId: 'a1b2c3d4e5', rootResourceId: 'f6g7h8', authorization: 'API_KEY' };
  const { Resources: shared } = compiledStack({ ...given, corsOrigins: '*' });
  expect([...new Set(Object.values(shared).map(({ Type }) => Type))].sort()).toEqual([
    'AWS::ApiGateway::ApiKey',
    'AWS::ApiGateway::Method',
    'AWS::ApiGateway::Model',
    'AWS::ApiGateway::RequestValidator',
    'AWS::ApiGateway::Resource',
    'AWS::ApiGateway::UsagePlan',
    'AWS::ApiGateway::UsagePlanKey',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::IAM::Role',
  ]);
  expect(shared.StreamsResource?.Properties).toMatchObject({
    RestApiId: 'a1b2c3d4e5',
    ParentId: 'f6g7h8',
  });
  expect(JSON.stringify(shared)).not.toContain('RestApi"}');
});

test('every resource whose type takes tags has them', () => {
  const takesTags = (type: string) => {
    const schema = resourceType(type);
    return schema !== undefined && 'Tags' in schema.properties;
  };
  // A checkout may add tags of its own.
  const tags = expect.arrayContaining([
    { Key: 'service', Value: '${self:service}' },
    { Key: 'stage', Value: '${self:provider.stage}' },
  ]);
  for (const [id, { Type, Properties }] of Object.entries(stack.Resources)) {
    const found = 'Tags' in Properties ? Properties.Tags : undefined;
    expect({ id, found }).toEqual({ id, found: takesTags(Type) ? tags : undefined });
  }
});
