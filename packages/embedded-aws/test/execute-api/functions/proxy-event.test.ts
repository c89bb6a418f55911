import { allow, authorizedApi } from '../authorizers/authorized-api';
import { eventOf, INVOKES } from './function-under-test';

// Events as recorded: LocalStack's test_lambda_aws_proxy_integration, 2024-08-02.

const ADDED = [
  'Host',
  'X-Amzn-Trace-Id',
  'X-Forwarded-For',
  'X-Forwarded-Port',
  'X-Forwarded-Proto',
];

describe('the event of a proxy integration', () => {
  test('has null for what a request does not have', async () => {
    const event = await eventOf({ path: '/shop' });

    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/shop',
      httpMethod: 'GET',
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: { proxy: 'shop' },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
    expect(Object.keys(Object(event.headers)).sort()).toEqual(ADDED);
  });

  test('has its members in AWS’s order', async () => {
    expect(Object.keys(await eventOf({ path: '/shop' }))).toEqual([
      'resource',
      'path',
      'httpMethod',
      'headers',
      'multiValueHeaders',
      'queryStringParameters',
      'multiValueQueryStringParameters',
      'pathParameters',
      'stageVariables',
      'requestContext',
      'body',
      'isBase64Encoded',
    ]);
  });

  test('has headers in the client’s case, but for Authorization, and all values of repeated ones', async () => {
    const event = await eventOf({
      path: '/shop',
      headers: { 'x-CUSTOM-id': 'a', authorization: 'b', Connection: 'close', TE: 'trailers' },
    });

    expect(event.headers).toMatchObject({ 'x-CUSTOM-id': 'a', Authorization: 'b' });
    expect(event.multiValueHeaders).toMatchObject({ 'x-CUSTOM-id': ['a'], Authorization: ['b'] });
    expect(Object.keys(Object(event.headers))).toHaveLength(ADDED.length + 2);
  });

  test.each([
    ['at=10%3A30%2B02&who=a%2Bb@c', { at: '10:30+02', who: 'a+b@c' }],
    ['who=a+b', { who: 'a b' }],
    ['sku=1&sku=2', { sku: '2' }],
    ['empty=', { empty: '' }],
  ])('has the query %s decoded, and of equal parameters the last', async (query, expected) => {
    expect((await eventOf({ path: '/shop', query })).queryStringParameters).toEqual(expected);
  });

  test('has all values of a parameter in order', async () => {
    const event = await eventOf({ path: '/shop', query: 'sku=1&sku=2&a=b' });

    expect(event.multiValueQueryStringParameters).toEqual({ sku: ['1', '2'], a: ['b'] });
  });

  test.each([
    ['/shop/', '/shop/', 'shop'],
    ['/shop//deep', '/shop//deep', 'shop//deep'],
    ['/who/a%2Bb@c.example', '/who/a%2Bb@c.example', 'who/a%2Bb@c.example'],
  ])('has the path %s as it was sent', async (path, sent, proxy) => {
    const event = await eventOf({ path });

    expect(event).toMatchObject({
      path: sent,
      pathParameters: { proxy },
      requestContext: { path: `/dev${sent}`, resourcePath: '/{proxy+}' },
    });
  });

  test('has no path parameters for a path without any', async () => {
    expect(await eventOf({ path: '/fixed' }, { path: '/fixed' })).toMatchObject({
      resource: '/fixed',
      pathParameters: null,
    });
  });

  test('has the context, with null for identities that are not known', async () => {
    const { requestContext } = await eventOf({
      path: '/shop',
      headers: { 'User-Agent': 'tests/1' },
    });

    expect(requestContext).toEqual({
      resourceId: expect.stringMatching(/^[a-z0-9]{6,10}$/),
      resourcePath: '/{proxy+}',
      httpMethod: 'GET',
      extendedRequestId: expect.stringMatching(/=$/),
      requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      path: '/dev/shop',
      accountId: '000000000000',
      protocol: 'HTTP/1.1',
      stage: 'dev',
      domainPrefix: expect.any(String),
      requestTimeEpoch: expect.any(Number),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: '127.0.0.1',
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: 'tests/1',
        user: null,
      },
      domainName: expect.any(String),
      deploymentId: expect.any(String),
      apiId: expect.any(String),
    });
  });

  test('has stage variables and the name of the operation', async () => {
    const event = await eventOf(
      { path: '/shop' },
      {
        stage: { Variables: { table: 'orders' } },
        properties: { OperationName: 'anyShop' },
      },
    );

    expect(event).toMatchObject({
      stageVariables: { table: 'orders' },
      requestContext: { operationName: 'anyShop' },
    });
  });

  test('has the answer of the method’s authorizer, and the time that it took', async () => {
    const answers = allow({ context: { team: 'shop', level: 3 } });
    const api = await authorizedApi({
      answers: (event, request) => ('type' in event ? answers(event, request) : {}),
      routes: [
        {
          method: 'GET',
          path: '/x',
          integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: INVOKES },
        },
      ],
    });
    await api.call({ path: '/x', headers: { authorization: 'token' } });

    expect(api.events[1]?.requestContext).toMatchObject({
      authorizer: {
        principalId: 'ann',
        team: 'shop',
        level: '3',
        integrationLatency: expect.any(Number),
      },
    });
  });

  test('takes no notice of mappings and templates', async () => {
    const event = await eventOf(
      { method: 'POST', path: '/shop', headers: { 'X-From': 'client' }, body: 'as it is' },
      {
        properties: { RequestParameters: { 'method.request.header.X-From': false } },
        integration: {
          RequestParameters: { 'integration.request.header.X-To': 'method.request.header.X-From' },
          RequestTemplates: { 'application/json': '{}' },
        },
      },
    );

    expect(event).toMatchObject({ body: 'as it is', headers: { 'X-From': 'client' } });
    expect(event.headers).not.toHaveProperty('X-To');
  });
});

describe('the body of an event', () => {
  const BYTES = Buffer.from([0x89, 0x50, 0xff]);

  test.each([
    [[], 'image/png', '\ufffdP\ufffd', false],
    [['image/png'], 'image/png', 'iVD/', true],
    [['image/*'], 'image/png', 'iVD/', true],
    [['image/png'], 'text/plain', '\ufffdP\ufffd', false],
  ])(
    'of the list %j and the type %s is %j',
    async (binaryMediaTypes, type, body, isBase64Encoded) => {
      const event = await eventOf(
        { method: 'POST', path: '/shop', headers: { 'Content-Type': type }, body: BYTES },
        { restApi: { BinaryMediaTypes: binaryMediaTypes } },
      );

      expect(event).toMatchObject({ body, isBase64Encoded });
    },
  );

  test('that is empty is null, and not binary', async () => {
    const event = await eventOf({ path: '/shop' }, { restApi: { BinaryMediaTypes: ['*/*'] } });

    expect(event).toMatchObject({ body: null, isBase64Encoded: false });
  });
});
