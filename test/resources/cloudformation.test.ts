import { resource } from '../../resources/cloudformation';

// Tested by the compiler: each directive below is itself an error if the line under it compiles.

test('a misspelt property does not compile', () => {
  const declared = resource('AWS::ApiGateway::RestApi', {
    // @ts-expect-error Nmae is not a property of RestApi
    Nmae: 'api',
  });
  expect(declared.Type).toBe('AWS::ApiGateway::RestApi');
});

test('a value outside an enum does not compile', () => {
  const declared = resource('AWS::ApiGateway::Method', {
    RestApiId: { Ref: 'RestApi' },
    ResourceId: { Ref: 'Resource' },
    HttpMethod: 'GET',
    // @ts-expect-error AWSS is not an integration type
    Integration: { Type: 'AWSS' },
  });
  expect(declared.Properties.HttpMethod).toBe('GET');
});

test('a missing required property does not compile', () => {
  // @ts-expect-error PathPart is required
  const declared = resource('AWS::ApiGateway::Resource', {
    RestApiId: { Ref: 'RestApi' },
    ParentId: { Ref: 'Parent' },
  });
  expect(declared.DependsOn).toBeUndefined();
});

test('an intrinsic or a Serverless variable may stand for any value', () => {
  const declared = resource('AWS::ApiGateway::Method', {
    RestApiId: { Ref: 'RestApi' },
    ResourceId: { Ref: 'Resource' },
    HttpMethod: '${param:method}',
    Integration: { Type: 'MOCK', TimeoutInMillis: '${param:timeout}' },
  });
  expect(declared.Properties.HttpMethod).toBe('${param:method}');
});
