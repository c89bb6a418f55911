/** The form of a REST API whose methods answer by themselves. */
export interface ApiForm {
  readonly methods: number;
  /** Below the root; by default as few as can have the methods. */
  readonly resources?: number;
  readonly stages?: number;
  /** True if its methods want an API key. */
  readonly apiKeyRequired?: boolean;
}

const VERBS = ['GET', 'PUT', 'POST'] as const;

/** A method, counted from 1, as clients call it: resource by resource. */
export const calledBy = (method: number) => ({
  verb: VERBS[(method - 1) % VERBS.length] ?? 'GET',
  path: `/route-${Math.ceil(method / VERBS.length)}`,
});

export const stageName = (stage: number): string => `bench${stage}`;

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A CloudFormation template of a REST API. */
export function apiTemplate({
  methods,
  resources = Math.ceil(methods / VERBS.length),
  stages = 1,
  apiKeyRequired = false,
}: ApiForm): unknown {
  const routes = upTo(resources).map((route) => [`Resource${route}`, resource(route)]);
  const all = upTo(methods).map((one) => [`Method${one}`, method(one, apiKeyRequired)]);
  return {
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'bench' } },
      ...Object.fromEntries([...routes, ...all]),
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: all.map(([name]) => name),
        Properties: { RestApiId: { Ref: 'Api' } },
      },
      ...Object.fromEntries(upTo(stages).map((one) => [`Stage${one}`, stage(one)])),
    },
    Outputs: { ApiId: { Value: { Ref: 'Api' } } },
  };
}

const resource = (route: number) => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
    PathPart: `route-${route}`,
  },
});

const method = (count: number, ApiKeyRequired: boolean) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ResourceId: { Ref: `Resource${Math.ceil(count / VERBS.length)}` },
    HttpMethod: calledBy(count).verb,
    AuthorizationType: 'NONE',
    ApiKeyRequired,
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode": 200}' },
      IntegrationResponses: [{ StatusCode: '200' }],
    },
    MethodResponses: [{ StatusCode: '200' }],
  },
});

const stage = (count: number) => ({
  Type: 'AWS::ApiGateway::Stage',
  Properties: {
    RestApiId: { Ref: 'Api' },
    DeploymentId: { Ref: 'Deployment' },
    StageName: stageName(count),
  },
});
