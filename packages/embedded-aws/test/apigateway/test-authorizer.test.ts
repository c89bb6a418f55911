import { CreateRestApiCommand, TestInvokeAuthorizerCommand } from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import type { AuthorizerTest, AuthorizerTestResult } from '../../src/apigateway/operation';
import { authorizerIn, LEAST } from './authorizer-inputs';
import { sdkClient } from './sdk-client';

const RESULT: AuthorizerTestResult = {
  clientStatus: 0,
  log: 'Execution log for request\n',
  latency: 12,
  principalId: 'maya',
  policy: '{"Version":"2012-10-17"}',
  authorization: { tenant: ['blue'] },
  claims: { sub: '1' },
};

async function tested(input: object) {
  const tests: AuthorizerTest[] = [];
  const apiGateway = createApiGateway();
  apiGateway.provideAuthorizers({
    test: async (test) => {
      tests.push(test);
      return RESULT;
    },
    flush: () => {},
  });
  const sdk = sdkClient(apiGateway);
  const { id: restApiId = '' } = await sdk.send(new CreateRestApiCommand({ name: 'a' }));
  const authorizerId = await authorizerIn({ sdk, restApiId }, LEAST.REQUEST);
  const { $metadata, ...answer } = await sdk.send(
    new TestInvokeAuthorizerCommand({ restApiId, authorizerId, ...input }),
  );
  return { answer, test: tests[0], restApiId, authorizerId, status: $metadata.httpStatusCode };
}

describe('TestInvokeAuthorizer', () => {
  test('tells what the authorizer says to a request', async () => {
    const { answer, test, status, restApiId, authorizerId } = await tested({
      headers: { Auth: 'one', Other: 'x' },
      multiValueHeaders: { Auth: ['two', 'three'] },
      pathWithQueryString: '/a?key=1',
      body: '{}',
      stageVariables: { tenant: 'blue' },
      additionalContext: { 'identity.sourceIp': '192.0.2.1' },
    });

    expect(status).toBe(200);
    expect(answer).toEqual(RESULT);
    expect(test).toMatchObject({
      api: { id: restApiId },
      authorizer: { id: authorizerId, name: 'request' },
      headers: { Auth: ['two', 'three'], Other: ['x'] },
      pathWithQueryString: '/a?key=1',
      body: '{}',
      stageVariables: { tenant: 'blue' },
      additionalContext: { 'identity.sourceIp': '192.0.2.1' },
    });
  });

  test('shows an empty request to the root if nothing is given', async () => {
    const { test } = await tested({});

    expect(test).toMatchObject({
      headers: {},
      pathWithQueryString: '/',
      body: '',
      stageVariables: {},
      additionalContext: {},
    });
  });
});
