import { createApiGateway } from '../../src/apigateway';
import type { Properties } from '../../src/core/resource-handler';
import { testCaller } from '../support/aws-request';
import { stackOf } from './stack';

/** A stack with an API; `method` creates its GET method, and `api` returns the created API. */
export async function stackWithApi(services?: string[]) {
  const apiGateway = createApiGateway(services && { services: () => services });
  const stack = stackOf(apiGateway);
  const { physicalId: RestApiId, attributes } = await stack.create('RestApi', { Name: 'a' }, 'Api');
  const ResourceId = attributes?.RootResourceId;
  const mock = { Type: 'MOCK', IntegrationResponses: [{ StatusCode: '200' }] };
  return {
    apiGateway,
    stack,
    RestApiId,
    api: () => apiGateway.store.in(testCaller).restApi(RestApiId),
    method: (properties: Properties = {}) =>
      stack.create('Method', {
        RestApiId,
        ResourceId,
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        MethodResponses: [{ StatusCode: 200 }],
        Integration: mock,
        ...properties,
      }),
    mock,
  };
}
