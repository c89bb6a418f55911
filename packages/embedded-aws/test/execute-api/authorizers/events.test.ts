import { awsRequest } from '../../support/aws-request';
import { authorizedApi, TOKEN } from './authorized-api';

test('a REQUEST authorizer gets the request without its body', async () => {
  const api = await authorizedApi({
    authorizer: { type: 'REQUEST', authorizerResultTtlInSeconds: 0 },
    stage: { Variables: { team: 'data' } },
  });

  await api.call({
    path: '/streams/a%20b',
    query: 'x=1&x=2&y=%2F',
    headers: { ...TOKEN, 'User-Agent': 'curl', 'X-Api-Key': 'key' },
  });

  expect(api.events).toEqual([
    {
      type: 'REQUEST',
      methodArn: `arn:aws:execute-api:us-east-1:000000000000:${api.restApiId}/dev/GET/streams/a%20b`,
      resource: '/streams/{name}',
      path: '/streams/a%20b',
      httpMethod: 'GET',
      headers: expect.objectContaining({ Authorization: 'Bearer abc', 'User-Agent': 'curl' }),
      multiValueHeaders: expect.objectContaining({
        Authorization: ['Bearer abc'],
        'X-Forwarded-Proto': ['https'],
      }),
      queryStringParameters: { x: '2', y: '/' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['/'] },
      pathParameters: { name: 'a%20b' },
      stageVariables: { team: 'data' },
      requestContext: {
        accountId: '000000000000',
        apiId: api.restApiId,
        deploymentId: expect.any(String),
        domainName: '127.0.0.1',
        domainPrefix: '127',
        extendedRequestId: expect.any(String),
        httpMethod: 'GET',
        identity: {
          accessKey: null,
          accountId: null,
          apiKey: 'key',
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: '127.0.0.1',
          user: null,
          userAgent: 'curl',
          userArn: null,
        },
        path: '/dev/streams/a%20b',
        protocol: 'HTTP/1.1',
        requestId: expect.any(String),
        requestTime: expect.any(String),
        requestTimeEpoch: expect.any(Number),
        resourceId: expect.any(String),
        resourcePath: '/streams/{name}',
        stage: 'dev',
      },
    },
  ]);
});

test('what is empty is an empty object, and repeated headers have all their values', async () => {
  const api = await authorizedApi({
    authorizer: { type: 'REQUEST', authorizerResultTtlInSeconds: 0 },
  });

  await api.front.handle({
    method: 'GET',
    path: `/_aws/execute-api/${api.restApiId}/dev/other`,
    query: '',
    headers: { host: '127.0.0.1:4566', 'x-role': 'a, b' },
    rawHeaders: ['X-Role', 'a', 'X-Role', 'b'],
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });

  expect(api.events).toMatchObject([
    {
      headers: { 'X-Role': 'b', Host: '127.0.0.1:4566' },
      multiValueHeaders: { 'X-Role': ['a', 'b'] },
      queryStringParameters: {},
      multiValueQueryStringParameters: {},
      pathParameters: {},
      stageVariables: {},
    },
  ]);
});

test.each([
  ['GET', '/other', 'GET/other'],
  ['HEAD', '/other/', 'HEAD/other/'],
  ['DELETE', '/other', 'DELETE/other'],
])('%s %s is asked about as %s', async (method, path, asked) => {
  const api = await authorizedApi();

  await api.call({ method, path, headers: TOKEN });

  expect(api.events).toMatchObject([
    { methodArn: expect.stringMatching(new RegExp(`/dev/${asked}$`)) },
  ]);
});

test('the method that a header overrides is the one that is asked about', async () => {
  const api = await authorizedApi();

  await api.call({
    method: 'POST',
    path: '/other',
    headers: { ...TOKEN, 'X-HTTP-Method-Override': 'PATCH' },
  });

  expect(api.events).toMatchObject([{ methodArn: expect.stringContaining('/dev/PATCH/other') }]);
});

test('a method’s ARN that is too long is a 414, and the function is not called', async () => {
  const api = await authorizedApi();

  const answer = await api.call({ path: `/streams/${'x'.repeat(1600)}`, headers: TOKEN });

  expect(answer.status).toBe(414);
  expect(JSON.parse(answer.text)).toEqual({ message: 'Request URI too long' });
  expect(api.events).toEqual([]);
});

test('stage variables pick the function', async () => {
  const urls: string[] = [];
  const api = await authorizedApi({
    authorizer: {
      authorizerUri:
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${stageVariables.guard}/invocations',
    },
    stage: { Variables: { guard: 'of-dev' } },
    answers: (_event, { path }) => {
      urls.push(path);
      return { policyDocument: { Statement: [] } };
    },
  });

  await api.call({ path: '/other', headers: TOKEN });

  expect(urls).toEqual([
    '/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:of-dev/invocations',
  ]);
});

test('a custom domain name’s base path is no part of what is asked about', async () => {
  const api = await authorizedApi();
  await api.stack.create('DomainName', {
    DomainName: 'api.example.com',
    CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b',
  });
  await api.stack.create('BasePathMapping', {
    DomainName: 'api.example.com',
    RestApiId: api.restApiId,
    BasePath: 'v1',
    Stage: 'dev',
  });

  const headers = { host: 'api.example.com:4566', authorization: 'abc' };
  const request = awsRequest({ method: 'GET', path: '/v1/streams/a', headers });
  const { status } = await api.front.handle(request);

  expect(status).toBe(200);
  expect(api.events).toMatchObject([
    { methodArn: expect.stringMatching(/:[a-z0-9]+\/dev\/GET\/streams\/a$/) },
  ]);
  expect(api.sent[0]?.request.headers.host).toBe('127.0.0.1:4566');
});
