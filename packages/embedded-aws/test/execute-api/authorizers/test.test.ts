import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  TestInvokeAuthorizerCommand,
  type TestInvokeAuthorizerCommandInput,
} from '@aws-sdk/client-api-gateway';
import { inProcess } from '../../../src/in-process';
import {
  type AuthorizedApiOptions,
  allow,
  authorizedApi,
  failing,
  invokes,
  policy,
  statement,
  TOKEN,
} from './authorized-api';

/** Makes an authorizer by the control API, and tests it. */
async function tested(
  options: AuthorizedApiOptions,
  input: Partial<TestInvokeAuthorizerCommandInput> = { headers: TOKEN },
) {
  const api = await authorizedApi(options);
  const client = new APIGatewayClient(inProcess(api.apiGateway));
  const { restApiId } = api;
  const { id } = await client.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: 'tested',
      type: 'TOKEN',
      authorizerUri: invokes(),
      identitySource: 'method.request.header.Authorization',
      ...options.authorizer,
      providerARNs: undefined,
    }),
  );
  const send = () =>
    client.send(new TestInvokeAuthorizerCommand({ restApiId, authorizerId: id, ...input }));
  return { ...api, send, answer: await send() };
}

describe('TestInvokeAuthorizer', () => {
  test('shows what the function answers, and the log', async () => {
    const { answer, events, restApiId, sent } = await tested({
      answers: allow({ context: { level: 1 } }),
    });

    expect(answer).toMatchObject({
      clientStatus: 0,
      principalId: 'ann',
      policy: JSON.stringify(policy(statement('Allow'))),
      authorization: { level: ['1'] },
      latency: expect.any(Number),
    });
    expect(sent[0]?.request.headers.host).toBe('127.0.0.1:4566');
    expect(answer.log).toMatch(/^Execution log for request [0-9a-f-]{36}\n/);
    expect(answer.log).toContain(' : Successfully completed authorizer execution');
    expect(events).toMatchObject([
      {
        methodArn: `arn:aws:execute-api:us-east-1:000000000000:${restApiId}/ESTestInvoke-stage/GET/`,
      },
    ]);
  });

  test('has no cache, and does not judge the policy', async () => {
    const { answer, send, events } = await tested({
      answers: () => ({ policyDocument: policy(statement('Deny')) }),
    });

    expect(answer.clientStatus).toBe(0);
    await send();
    expect(events).toHaveLength(2);
  });

  test.each<[string, unknown, object, number, string]>([
    ['no token', null, {}, 401, ' : Unauthorized\n'],
    ['an unknown one', failing('Unauthorized'), { headers: TOKEN }, 401, ' : Unauthorized\n'],
    ['a failure', failing('x'), { headers: TOKEN }, 500, ' : AuthorizerConfigurationException\n'],
  ])('tells the status of %s', async (_, answers, input, clientStatus, line) => {
    const { answer } = await tested({ answers: () => answers }, input);

    expect(answer).toMatchObject({ clientStatus });
    expect(answer.log?.endsWith(line)).toBe(true);
  });

  test('shows a REQUEST authorizer headers, query, stage variables and context', async () => {
    const { answer, events } = await tested(
      {
        authorizer: {
          type: 'REQUEST',
          identitySource:
            'method.request.querystring.user,stageVariables.team,context.identity.sourceIp,context.x.y',
        },
      },
      {
        pathWithQueryString: '/a/b?user=ann',
        headers: { 'X-One': '1' },
        multiValueHeaders: { 'X-Two': ['2', '3'] },
        stageVariables: { team: 'data' },
        additionalContext: { 'identity.sourceIp': '192.0.2.7', 'x.y': 'z' },
      },
    );

    expect(answer.clientStatus).toBe(0);
    expect(events).toMatchObject([
      {
        type: 'REQUEST',
        path: '/a/b',
        multiValueHeaders: { 'X-One': ['1'], 'X-Two': ['2', '3'] },
        queryStringParameters: { user: 'ann' },
        stageVariables: { team: 'data' },
        requestContext: { identity: { sourceIp: '192.0.2.7' }, stage: 'test-invoke-stage' },
      },
    ]);
  });
});
