import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { createAws } from '../src/aws';
import { resourceType, resourceTypeNames } from '../src/cloudformation/resource-types';
import { answeredBy } from '../src/in-process';

type Declaration = { Type: string; Properties?: Record<string, unknown>; DependsOn?: string };

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const allow = (statement: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...statement }],
});
const POLICY = allow({ Action: 'kinesis:*', Resource: '*' });

/** One resource of each type that the embedded AWS makes. */
const RESOURCES: Record<string, Declaration> = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: allow({
        Principal: { Service: ['apigateway.amazonaws.com', 'lambda.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      }),
      ManagedPolicyArns: [
        'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
      ],
    },
  },
  RolePolicy: {
    Type: 'AWS::IAM::RolePolicy',
    Properties: { PolicyName: 'a', PolicyDocument: POLICY, RoleName: ref('Role') },
  },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'b', PolicyDocument: POLICY, Roles: [ref('Role')] },
  },
  ManagedPolicy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: POLICY } },
  Oidc: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://tokens.example.com' } },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
  Account: {
    Type: 'AWS::ApiGateway::Account',
    Properties: { CloudWatchRoleArn: att('Role', 'Arn') },
  },
  ApiKey: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true } },
  Authorizer: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      Name: 'a',
      Type: 'TOKEN',
      RestApiId: ref('Api'),
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerUri: {
        'Fn::Sub':
          'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations',
      },
    },
  },
  Resource: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: {
      RestApiId: ref('Api'),
      ParentId: att('Api', 'RootResourceId'),
      PathPart: 'orders',
    },
  },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Api'),
      ResourceId: ref('Resource'),
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: { Type: 'MOCK' },
    },
  },
  Model: {
    Type: 'AWS::ApiGateway::Model',
    Properties: { RestApiId: ref('Api'), ContentType: 'application/json', Schema: {} },
  },
  Validator: {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: { RestApiId: ref('Api'), ValidateRequestBody: true },
  },
  GatewayResponse: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: { RestApiId: ref('Api'), ResponseType: 'DEFAULT_4XX' },
  },
  Deployment: {
    Type: 'AWS::ApiGateway::Deployment',
    Properties: { RestApiId: ref('Api') },
    DependsOn: 'Method',
  },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: ref('Api'), DeploymentId: ref('Deployment'), StageName: 'dev' },
  },
  UsagePlan: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Stage') }] },
  },
  UsagePlanKey: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: ref('ApiKey'), KeyType: 'API_KEY', UsagePlanId: ref('UsagePlan') },
  },
  Edge: {
    Type: 'AWS::ApiGateway::DomainName',
    Properties: {
      DomainName: 'edge.example.com',
      CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a',
    },
  },
  Regional: {
    Type: 'AWS::ApiGateway::DomainName',
    Properties: {
      DomainName: 'regional.example.com',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      RegionalCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a',
    },
  },
  Mapping: {
    Type: 'AWS::ApiGateway::BasePathMapping',
    Properties: { DomainName: ref('Edge'), RestApiId: ref('Api'), Stage: ref('Stage') },
  },
  Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
  Metadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:a' } },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
  Consumer: {
    Type: 'AWS::Kinesis::StreamConsumer',
    Properties: { ConsumerName: 'c', StreamARN: att('Stream', 'Arn') },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: att('Role', 'Arn'),
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => 1;' },
    },
    DependsOn: 'RolePolicy',
  },
  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Function') } },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: ref('Function'),
      Principal: 'apigateway.amazonaws.com',
    },
  },
  Invoke: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: ref('Function'), Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
  },
  Source: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: att('Stream', 'Arn'),
      FunctionName: ref('Function'),
      StartingPosition: 'LATEST',
      Enabled: false,
    },
  },
  LogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } },
  Filter: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: ref('LogGroup'),
      FilterPattern: 'ERROR',
      MetricTransformations: [{ MetricName: 'm', MetricNamespace: 'n', MetricValue: '1' }],
    },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'n',
      MetricName: 'm',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  },
  Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{}' } },
  Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['a'] } } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'Orders', TopicName: 'orders' } },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: ref('Topic'), Protocol: 'email', Endpoint: 'a@example.com' },
  },
  TopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref('Topic')],
      PolicyDocument: allow({ Principal: '*', Action: 'sns:Publish', Resource: ref('Topic') }),
    },
  },
  Bucket: { Type: 'AWS::S3::Bucket' },
  BucketPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref('Bucket'),
      PolicyDocument: allow({
        Principal: { AWS: att('Role', 'Arn') },
        Action: 's3:GetObject',
        Resource: { 'Fn::Sub': '${Bucket.Arn}/*' },
      }),
    },
  },
  WebAcl: {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: false,
        MetricName: 'm',
      },
    },
  },
  Association: {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: {
      WebACLArn: att('WebAcl', 'Arn'),
      ResourceArn: {
        'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}',
      },
    },
  },
};

/** A domain name has the attributes of its kind of endpoint, on AWS as well. */
const OF_THE_OTHER_ENDPOINT: Readonly<Record<string, RegExp>> = {
  Edge: /^Regional/,
  Regional: /^Dist/,
};

/** All attributes, and the properties that are set, as outputs: `RoleArn`, by resource and name. */
function everyAttribute() {
  return Object.entries(RESOURCES).flatMap(([id, { Type, Properties = {} }]) =>
    [...(resourceType(Type)?.attributes ?? []), ...Object.keys(Properties)]
      .filter((name, index, names) => names.indexOf(name) === index)
      .filter((name) => OF_THE_OTHER_ENDPOINT[id]?.test(name) !== true)
      .map((name) => ({ id, name, key: `${id}${name.replaceAll('.', '')}` })),
  );
}

function account() {
  const aws = createAws({ kinesis: { createMs: 0 } });
  const client = new CloudFormationClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: '123456789012', secretAccessKey: '123456789012' },
    maxAttempts: 1,
    requestHandler: answeredBy((request) => aws.handle(request)),
  });
  const create = (StackName: string, template: object) =>
    client.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: JSON.stringify(template),
        Capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      }),
    );
  const settled = async (StackName: string) => {
    for (;;) {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      if (Stacks?.[0]?.StackStatus?.endsWith('_IN_PROGRESS') === false) return Stacks[0];
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { aws, create, settled };
}

describe('Fn::GetAtt', () => {
  test('of every attribute of every type is given, or refused by name before anything is made', async () => {
    // Prepare
    const { aws, create, settled } = account();
    const refused: string[] = [];
    const wanted = () =>
      everyAttribute().filter(({ id, name }) => !refused.includes(`${id}.${name}`));
    const template = () => ({
      Transform: 'AWS::LanguageExtensions',
      Resources: RESOURCES,
      Outputs: Object.fromEntries(
        wanted().map(({ id, name, key }) => [
          key,
          { Value: { 'Fn::ToJsonString': { value: att(id, name) } } },
        ]),
      ),
    });

    // Act: each refusal names one attribute, which the next template does without.
    for (let isRefused = true; isRefused; ) {
      const message = await create('all', template()).then(() => '', String);
      const [, name, id] =
        / does not return the attribute (\S+) of \S+ \(resource (\w+)\)/.exec(message) ?? [];
      isRefused = message !== '';
      if (isRefused && name === undefined) throw new Error(message);
      if (isRefused) refused.push(`${id}.${name}`);
    }
    const stack = await settled('all');
    aws.close?.();

    // Assess
    expect(stack.StackStatusReason).toBeUndefined();
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(stack.Outputs?.map(({ OutputKey }) => OutputKey).sort()).toEqual(
      wanted()
        .map(({ key }) => key)
        .sort(),
    );
    expect(stack.Outputs?.filter(({ OutputValue }) => OutputValue === '{}')).toEqual([]);
    expect(refused.every((name) => /^(Stream\.Warm|Bucket\.Metadata)/.test(name))).toBe(true);
    expect(stack.Outputs).toContainEqual({
      OutputKey: 'TopicDisplayName',
      OutputValue: '{"value":"Orders"}',
    });
  });

  test.each(
    resourceTypeNames().filter(
      (type) => !Object.values(RESOURCES).some((declared) => declared.Type === type),
    ),
  )('%s is refused before anything is made', async (type) => {
    const { create } = account();
    const creation = create('none', { Resources: { Other: { Type: type } } });
    await expect(creation).rejects.toThrow(`The embedded AWS does not support ${type}`);
  });
});
