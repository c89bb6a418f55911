import { authorizedApi, TOKEN } from './authorized-api';

const call = { path: '/streams/orders' };

const UNAUTHORIZED = {
  status: 401,
  text: '{"message":"Unauthorized"}',
  headers: { 'x-amzn-ErrorType': 'UnauthorizedException' },
};

describe('a TOKEN authorizer', () => {
  test('does not call its function for a request without the header', async () => {
    const api = await authorizedApi({
      authorizer: { identitySource: 'method.request.header.X-Token' },
    });

    expect(await api.call({ ...call, headers: TOKEN })).toMatchObject(UNAUTHORIZED);
    expect(await api.call({ ...call, headers: { 'x-token': '' } })).toMatchObject(UNAUTHORIZED);
    expect(api.events).toEqual([]);

    expect((await api.call({ ...call, headers: { 'x-token': 'abc' } })).status).toBe(200);
    expect(api.events).toEqual([
      {
        type: 'TOKEN',
        authorizationToken: 'abc',
        methodArn: `arn:aws:execute-api:us-east-1:000000000000:${api.restApiId}/dev/GET/streams/orders`,
      },
    ]);
  });

  test.each([
    ['\\w{5}', 'abcde', 200],
    ['\\w{5}', 'abcdef', 401],
    ['\\w{5}', 'Bearer abcde', 401],
    ['Bearer [a-z&&[^x]]+', 'Bearer abcde', 200],
    ['Bearer [a-z&&[^x]]+', 'Bearer xyz', 401],
  ])('admits with the expression %s the whole header %s: %d', async (expression, token, status) => {
    const api = await authorizedApi({ authorizer: { identityValidationExpression: expression } });

    const answer = await api.call({ ...call, headers: { authorization: token } });

    expect(answer.status).toBe(status);
    expect(api.events).toHaveLength(status === 200 ? 1 : 0);
  });
});

test('an expression that takes forever ends in a 500', async () => {
  const api = await authorizedApi({ authorizer: { identityValidationExpression: '(a+)+b' } });

  const answer = await api.call({ ...call, headers: { authorization: 'a'.repeat(50) } });

  expect(answer).toMatchObject({ status: 500, text: '{"message":null}' });
  expect(api.failures).toEqual([expect.stringContaining('(a+)+b')]);
});

describe('a REQUEST authorizer', () => {
  const SOURCES = [
    'method.request.header.X-Tenant',
    'method.request.querystring.user',
    'method.request.multivaluequerystring.role',
    'stageVariables.team',
    'context.identity.sourceIp',
  ].join(', ');
  const whole = { ...call, query: 'user=ann&role=a&role=b', headers: { 'x-tenant': 't' } };

  test('wants every one of its sources, of all kinds', async () => {
    const api = await authorizedApi({
      authorizer: { type: 'REQUEST', identitySource: SOURCES },
      stage: { Variables: { team: 'data' } },
    });

    expect((await api.call(whole)).status).toBe(200);
    for (const lacking of [
      { headers: {} },
      { query: 'role=a' },
      { query: 'user=ann' },
      { query: 'user=&role=a' },
    ]) {
      expect(await api.call({ ...whole, ...lacking })).toMatchObject(UNAUTHORIZED);
    }
    expect(api.events).toHaveLength(1);
  });

  test('wants them without a cache too, and a stage variable that is not there', async () => {
    const api = await authorizedApi({
      authorizer: {
        type: 'REQUEST',
        identitySource: SOURCES,
        authorizerResultTtlInSeconds: 0,
      },
    });

    expect(await api.call(whole)).toMatchObject(UNAUTHORIZED);
  });

  test('without sources and cache calls its function for every request', async () => {
    const api = await authorizedApi({
      authorizer: { type: 'REQUEST', authorizerResultTtlInSeconds: 0 },
    });

    expect((await api.call(call)).status).toBe(200);
    expect((await api.call(call)).status).toBe(200);
    expect(api.events).toHaveLength(2);
  });

  test('does not look at the expression', async () => {
    const api = await authorizedApi({
      authorizer: {
        type: 'REQUEST',
        identitySource: 'method.request.header.Authorization',
        identityValidationExpression: 'never',
      },
    });

    expect((await api.call({ ...call, headers: TOKEN })).status).toBe(200);
  });
});

test('methods without an authorizer, such as preflights, are not asked about', async () => {
  const api = await authorizedApi({
    prepare: async ({ route }) => {
      await route({
        method: 'OPTIONS',
        path: '/streams/{name}',
        integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{"statusCode": 200}' },
          IntegrationResponses: [{ StatusCode: '200' }],
        },
      });
    },
  });

  expect((await api.call({ ...call, method: 'OPTIONS' })).status).toBe(200);
  expect(api.events).toEqual([]);
});
