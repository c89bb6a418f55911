/** A CloudFormation template of a REST API with this many routes that answer by themselves. */
export function apiTemplate(routes: number): unknown {
  const numbers = Array.from({ length: routes }, (_, index) => index + 1);
  const methods = Object.fromEntries(
    numbers.flatMap((route) => [
      [
        `Resource${route}`,
        {
          Type: 'AWS::ApiGateway::Resource',
          Properties: {
            RestApiId: { Ref: 'Api' },
            ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
            PathPart: `route-${route}`,
          },
        },
      ],
      [`Method${route}`, method(route)],
    ]),
  );
  return {
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'bench' } },
      ...methods,
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: numbers.map((route) => `Method${route}`),
        Properties: { RestApiId: { Ref: 'Api' } },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: { Ref: 'Api' },
          DeploymentId: { Ref: 'Deployment' },
          StageName: 'bench',
        },
      },
    },
    Outputs: { ApiId: { Value: { Ref: 'Api' } } },
  };
}

function method(route: number): unknown {
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: `Resource${route}` },
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode": 200}' },
        IntegrationResponses: [{ StatusCode: '200' }],
      },
      MethodResponses: [{ StatusCode: '200' }],
    },
  };
}
