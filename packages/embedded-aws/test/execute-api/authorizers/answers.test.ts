import { testCaller } from '../../support/aws-request';
import { allow, authorizedApi, failing, policy, statement, TOKEN } from './authorized-api';

const call = { path: '/streams/orders', headers: TOKEN };

const allowed = policy(statement('Allow'));

describe('an answer that is none', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'Allow'],
    ['a list', [allowed]],
    ['no policy', { principalId: 'ann' }],
    ['a policy that is a text', { policyDocument: JSON.stringify(allowed) }],
    ['a policy without statements', { policyDocument: { Version: '2012-10-17' } }],
    [
      'a statement without a resource',
      { policyDocument: policy({ Effect: 'Allow', Action: '*' }) },
    ],
    ['another effect', { policyDocument: policy({ ...statement('Allow'), Effect: 'allow' }) }],
    ['a member of its own', { policyDocument: allowed, isAuthorized: true }],
    ['a context with an object', { policyDocument: allowed, context: { user: { id: 1 } } }],
    ['a context with a list', { policyDocument: allowed, context: { roles: ['a'] } }],
    ['a context that is a text', { policyDocument: allowed, context: 'a' }],
    ['more than 8 KB', { policyDocument: allowed, context: { text: 'x'.repeat(8 * 1024) } }],
    [
      'a resource that is too long',
      { policyDocument: policy(statement('Allow', `*${'?'.repeat(512)}`)) },
    ],
    ['an error', failing('no database')],
    ['an error that only begins like it', failing('Unauthorized user')],
    ['an error of Lambda', { status: 404, headers: {}, body: '{"Message":"Function not found"}' }],
    ['no JSON', { status: 200, headers: {}, body: '<html>' }],
  ])('is a 500 with a message that is null: %s', async (_, answer) => {
    const api = await authorizedApi({ answers: () => answer });

    expect(await api.call(call)).toMatchObject({
      status: 500,
      text: '{"message":null}',
      headers: {
        'x-amzn-ErrorType': 'AuthorizerConfigurationException',
        'Content-Type': 'application/json',
      },
    });
    expect(api.failures).toEqual([
      expect.stringMatching(
        /^GET \/streams\/orders: Execution failed due to configuration error: ./,
      ),
    ]);
    expect(api.sent.every(({ service }) => service === 'lambda')).toBe(true);
  });

  test('may also be one that takes too long', async () => {
    const api = await authorizedApi({
      answers: () => new Promise(() => {}),
      options: { authorizerTimeout: 20 },
    });

    expect(await api.call(call)).toMatchObject({ status: 500, text: '{"message":null}' });
    expect(api.failures).toEqual([expect.stringContaining('no answer within 20 ms')]);
  });

  test('is told by name in the words of AWS’s log', async () => {
    const api = await authorizedApi({
      answers: () => ({ policyDocument: allowed, context: { roles: ['a'] } }),
    });

    await api.call(call);

    expect(api.failures).toEqual([
      'GET /streams/orders: Execution failed due to configuration error: Invalid JSON in response: Can not deserialize instance of java.lang.String out of START_ARRAY token',
    ]);
  });
});

describe('an answer', () => {
  test.each<[string, unknown, number]>([
    ['without a principal', { policyDocument: allowed }, 200],
    ['with a context of null', { policyDocument: allowed, context: null }, 200],
    [
      'with a statement that is no list',
      { policyDocument: { Statement: statement('Allow') } },
      200,
    ],
    ['without any statement', { policyDocument: policy() }, 403],
    ['that is the error Unauthorized', failing('Unauthorized'), 401],
  ])('may be one %s', async (_, answer, status) => {
    const api = await authorizedApi({ answers: () => answer });

    expect((await api.call(call)).status).toBe(status);
  });

  test('of a method that names an authorizer which is not there is a 500', async () => {
    const api = await authorizedApi();
    const { deployments } = api.apiGateway.store.in(testCaller).restApi(api.restApiId);
    for (const { definition } of deployments.values()) definition.authorizers.clear();

    expect(await api.call(call)).toMatchObject({ status: 500, text: '{"message":null}' });
  });

  test('comes before API keys and validation', async () => {
    const api = await authorizedApi({
      answers: () => ({ policyDocument: policy(statement('Deny')) }),
      routes: [
        {
          path: '/streams/{name}',
          properties: { ApiKeyRequired: true },
          integration: { Type: 'MOCK', IntegrationResponses: [{ StatusCode: '200' }] },
        },
      ],
    });

    expect((await api.call(call)).text).toContain('with an explicit deny');
  });
});

describe('a customized gateway response', () => {
  const respond = (type: string, more: object = {}) => ({
    ResponseType: type,
    ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
    ResponseTemplates: {
      'application/json':
        '{"type":"$context.error.responseType","text":$context.error.messageString,"plain":"$context.error.message","who":"$context.authorizer.principalId","why":"$context.authorizer.reason"}',
    },
    ...more,
  });

  test.each<[string, string, unknown, object]>([
    [
      'ACCESS_DENIED',
      'ACCESS_DENIED',
      { principalId: 'ann', policyDocument: policy(), context: { reason: 'late' } },
      { who: 'ann', why: 'late', plain: expect.stringContaining('no identity-based policy') },
    ],
    ['DEFAULT_4XX', 'UNAUTHORIZED', failing('Unauthorized'), { text: 'Unauthorized', who: '' }],
    [
      'AUTHORIZER_CONFIGURATION_ERROR',
      'AUTHORIZER_CONFIGURATION_ERROR',
      null,
      { text: null, plain: '' },
    ],
    ['DEFAULT_5XX', 'AUTHORIZER_CONFIGURATION_ERROR', null, { text: null }],
  ])('%s is what a client gets for %s', async (customized, type, answer, body) => {
    const api = await authorizedApi({
      answers: () => answer,
      prepare: async ({ stack, restApiId }) => {
        await stack.create('GatewayResponse', {
          RestApiId: restApiId,
          ...respond(customized, { StatusCode: customized.endsWith('5XX') ? '599' : '499' }),
        });
      },
    });

    const response = await api.call(call);

    expect(JSON.parse(response.text)).toMatchObject({ type, ...body });
    expect(response.status).toBe(customized.endsWith('5XX') ? 599 : 499);
    expect(response.headers).toMatchObject({ 'Access-Control-Allow-Origin': '*' });
  });
});

describe('API keys from authorizers', () => {
  const keyedApi = (usageIdentifierKey: string | undefined, apiKeySource = 'AUTHORIZER') =>
    authorizedApi({
      restApi: { ApiKeySourceType: apiKeySource },
      answers: allow({ usageIdentifierKey }),
      routes: [
        {
          path: '/streams/{name}',
          properties: { ApiKeyRequired: true },
          integration: {
            Type: 'MOCK',
            RequestTemplates: { 'application/json': '{"statusCode": 200}' },
            IntegrationResponses: [
              {
                StatusCode: '200',
                ResponseTemplates: { 'application/json': '$context.identity.apiKeyId' },
              },
            ],
          },
        },
      ],
    });

  const withPlan = async (usageIdentifierKey: string | undefined, source?: string) => {
    const api = await keyedApi(usageIdentifierKey, source);
    const { stack, restApiId } = api;
    const key = await stack.create('ApiKey', {
      Enabled: true,
      Value: 'a-key-of-twenty-characters',
    });
    const plan = await stack.create('UsagePlan', {
      ApiStages: [{ ApiId: restApiId, Stage: 'dev' }],
    });
    await stack.create('UsagePlanKey', {
      KeyId: key.physicalId,
      KeyType: 'API_KEY',
      UsagePlanId: plan.physicalId,
    });
    return { api, keyId: key.physicalId };
  };

  test('open the stages of their plan', async () => {
    const { api, keyId } = await withPlan('a-key-of-twenty-characters');

    expect(await api.call(call)).toMatchObject({ status: 200, text: keyId });
  });

  test.each([[undefined], ['another-key-of-twenty-characters']])(
    'are forbidden when the function names %j, whatever the client sends',
    async (named) => {
      const { api } = await withPlan(named);

      expect(
        await api.call({
          ...call,
          headers: { ...TOKEN, 'x-api-key': 'a-key-of-twenty-characters' },
        }),
      ).toMatchObject({
        status: 403,
        text: '{"message":"Forbidden"}',
        headers: { 'x-amzn-ErrorType': 'ForbiddenException' },
      });
    },
  );

  test('count for nothing where keys come from the header', async () => {
    const { api } = await withPlan('a-key-of-twenty-characters', 'HEADER');

    expect((await api.call(call)).status).toBe(403);
  });
});
