import type { Properties } from '../../src/core/resource-handler';
import { apiUnderTest, kinesisIntegration, mockIntegration } from './api-under-test';

async function answered(
  status: number,
  responses: Properties[],
  methodResponses: Properties[] = [
    { StatusCode: '200' },
    { StatusCode: '400' },
    { StatusCode: '500' },
  ],
  body = '{"from":"kinesis"}',
) {
  const api = await apiUnderTest({
    answer: () => ({
      status,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' },
      body,
    }),
  });
  await api.route({
    properties: { MethodResponses: methodResponses },
    integration: kinesisIntegration({ IntegrationResponses: responses }),
  });
  await api.deploy();
  return api;
}

const template = (text: string) => ({ ResponseTemplates: { 'application/json': text } });

describe('the integration response', () => {
  test.each([
    [200, 'default'],
    [400, 'client'],
    [404, 'client'],
    [503, 'server'],
    [4000, 'default'],
  ])('of status %d is the one whose pattern matches it whole', async (status, expected) => {
    const api = await answered(status, [
      { StatusCode: '200', ...template('default') },
      { StatusCode: '400', SelectionPattern: '4\\d{2}', ...template('client') },
      { StatusCode: '500', SelectionPattern: '5\\d{2}', ...template('server') },
    ]);

    const response = await api.call({ path: '/' });

    expect(response.text).toBe(expected);
  });

  test('is picked by patterns of Java, which JavaScript does not all know', async () => {
    const patterns = ['(?i)4\\d{2}+', '\\A5\\p{Digit}\\p{Digit}\\z'];
    const api = await answered(404, [
      { StatusCode: '200' },
      { StatusCode: '400', SelectionPattern: patterns[0] },
      { StatusCode: '500', SelectionPattern: patterns[1] },
    ]);

    expect((await api.call({ path: '/' })).status).toBe(400);
    await expect(answered(200, [{ StatusCode: '200', SelectionPattern: '4(' }])).rejects.toThrow(
      'Invalid selection pattern specified',
    );
  });

  test('without a default leaves other statuses to an internal error', async () => {
    const api = await answered(400, [{ StatusCode: '200', SelectionPattern: '200' }]);

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject({ status: 500, text: '{"message": "Internal server error"}' });
  });

  test('a lone default hides errors behind its own status, as on AWS', async () => {
    const api = await answered(400, [{ StatusCode: '200' }]);

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject({ status: 200, text: '{"from":"kinesis"}' });
  });

  test('of a status that the method does not declare is an internal error', async () => {
    const api = await answered(200, [{ StatusCode: '202' }], [{ StatusCode: '200' }]);

    const response = await api.call({ path: '/' });

    expect(response.status).toBe(500);
  });

  test('renders the template that the client accepts, else JSON, else the first', async () => {
    const templates = { 'text/plain': 'plain', 'application/json': 'json' };
    const api = await answered(200, [{ StatusCode: '200', ResponseTemplates: templates }]);
    const alone = await answered(200, [
      { StatusCode: '200', ResponseTemplates: { 'text/csv': 'csv' } },
    ]);

    const plain = await api.call({ path: '/', headers: { accept: 'text/plain' } });
    const json = await api.call({ path: '/', headers: { accept: 'image/png' } });
    const none = await api.call({ path: '/' });
    const first = await alone.call({ path: '/' });

    expect([plain.text, json.text, none.text, first.text]).toEqual([
      'plain',
      'json',
      'json',
      'csv',
    ]);
    expect(plain.headers['Content-Type']).toBe('text/plain');
  });

  test('maps headers from the backend, its body, the context and constants', async () => {
    const declared = ['Request', 'From', 'Stage', 'Constant', 'Missing'];
    const api = await answered(
      200,
      [
        {
          StatusCode: '200',
          ResponseParameters: {
            'method.response.header.Request': 'integration.response.header.x-amzn-RequestId',
            'method.response.header.From': 'integration.response.body.from',
            'method.response.header.Stage': 'context.stage',
            'method.response.header.Constant': "'a, b'",
            'method.response.header.Missing': 'integration.response.header.nothing',
          },
        },
      ],
      [
        {
          StatusCode: '200',
          ResponseParameters: Object.fromEntries(
            declared.map((name) => [`method.response.header.${name}`, false]),
          ),
        },
      ],
    );

    const response = await api.call({ path: '/' });

    expect(response.headers).toMatchObject({
      Request: 'r-1',
      From: 'kinesis',
      Stage: 'dev',
      Constant: 'a, b',
    });
    expect(response.headers).not.toHaveProperty('Missing');
  });

  test('renames headers that an API may not set', async () => {
    const api = await answered(
      200,
      [
        {
          StatusCode: '200',
          ResponseParameters: {
            'method.response.header.Date': "'yesterday'",
            'method.response.header.WWW-Authenticate': "'Basic'",
            'method.response.header.Content-Type': "'text/html'",
          },
        },
      ],
      [
        {
          StatusCode: '200',
          ResponseParameters: {
            'method.response.header.Date': true,
            'method.response.header.WWW-Authenticate': true,
            'method.response.header.Content-Type': true,
          },
        },
      ],
    );

    const { headers } = await api.call({ path: '/' });

    expect(headers).toMatchObject({
      'x-amzn-Remapped-Date': 'yesterday',
      'x-amzn-Remapped-WWW-Authenticate': 'Basic',
      'Content-Type': 'text/html',
    });
    expect(headers.Date).toMatch(/GMT$/);
  });

  test.each([
    ['207', 207],
    ['99', 200],
    ['600', 200],
    ['207.5', 200],
    ['"many"', 200],
  ])('takes the status %s of a template for %d', async (status, expected) => {
    const api = await answered(200, [
      {
        StatusCode: '200',
        ...template(
          `#set($context.responseOverride.status = ${status})#set($context.responseOverride.header.X-Partial = "yes")done`,
        ),
      },
    ]);

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject({ status: expected, text: 'done' });
    expect(response.headers['X-Partial']).toBe('yes');
  });

  test('sees what the request template overrode', async () => {
    const api = await apiUnderTest();
    await api.route({
      integration: mockIntegration({
        RequestTemplates: {
          'application/json':
            '#set($context.requestOverride.path.name = "orders")#set($context.responseOverride.status = 202){"statusCode":200}',
        },
        IntegrationResponses: [
          { StatusCode: '200', ...template('$context.requestOverride.path.name') },
        ],
      }),
    });
    await api.deploy();

    expect(await api.call({ path: '/' })).toMatchObject({ status: 202, text: 'orders' });
  });

  test.each([
    ['', 'from-request', 201],
    ['#set($context.responseOverride.header["x-A"] = "from-response")x', 'from-response', 201],
    ['#set($context.responseOverride.status = 202)x', 'from-request', 202],
    ['#set($context.responseOverride.status = "none")x', 'from-request', 200],
    ['#set($context.responseOverride.status = 99)x', 'from-request', 200],
    ['#set($context.responseOverride.status = [404])x', 'from-request', 200],
    ['#set($context.responseOverride.header = {})x', 'from-mapping', 201],
  ])(
    'overrides the request template, and both what is mapped: %s',
    async (text, header, status) => {
      const api = await apiUnderTest();
      await api.route({
        properties: {
          MethodResponses: [
            { StatusCode: '200', ResponseParameters: { 'method.response.header.X-A': true } },
          ],
        },
        integration: mockIntegration({
          RequestTemplates: {
            'application/json':
              '#set($context.responseOverride.header.x-a = "from-request")#set($context.responseOverride.status = 201){"statusCode":200}',
          },
          IntegrationResponses: [
            {
              StatusCode: '200',
              ResponseParameters: { 'method.response.header.X-A': "'from-mapping'" },
              ...template(text),
            },
          ],
        }),
      });
      await api.deploy();

      const answer = await api.call({ path: '/' });

      const named = Object.entries(answer.headers).filter(([name]) => /^x-a$/i.test(name));
      expect({ status: answer.status, values: named.map(([, value]) => value) }).toEqual({
        status,
        values: [header],
      });
    },
  );

  test('that is an empty text is none: the body passes through', async () => {
    const api = await answered(200, [{ StatusCode: '200', ...template('') }]);

    expect(await api.call({ path: '/' })).toMatchObject({
      status: 200,
      text: '{"from":"kinesis"}',
    });
  });

  test('learns a reason that the request template leaves in a member of its own', async () => {
    const api = await apiUnderTest();
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({
        RequestTemplates: {
          'application/json':
            '#set($context.responseOverride.status = 413)#set($context.responseOverride.reason = "501 records"){"Records":[]}',
        },
        IntegrationResponses: [
          { StatusCode: '200', ...template('$context.responseOverride.reason') },
        ],
      }),
    });
    await api.deploy();

    const response = await api.call({ method: 'POST', path: '/' });

    expect(response).toMatchObject({ status: 413, text: '501 records' });
  });

  test('larger than 10 MiB is an internal error', async () => {
    const api = await answered(200, [{ StatusCode: '200' }], undefined, 'x'.repeat(10_485_761));

    const response = await api.call({ path: '/' });

    expect(response.status).toBe(500);
  });
});

describe('a mock integration', () => {
  test.each([
    '{"statusCode": 200}',
    '{statusCode: 200}',
    "{'statusCode': 200}",
    '{"statusCode": "200"}',
  ])('answers without a backend for %s', async (text) => {
    const api = await apiUnderTest();
    await api.route({
      integration: mockIntegration({ RequestTemplates: { 'application/json': text } }),
    });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject({ status: 200, text: '{"mock":true}' });
    expect(response.headers).not.toHaveProperty('X-Amzn-Trace-Id');
    expect(api.sent).toEqual([]);
  });

  test('picks the response by the status it is given', async () => {
    const api = await apiUnderTest();
    await api.route({
      properties: { MethodResponses: [{ StatusCode: '404' }] },
      integration: mockIntegration({
        RequestTemplates: { 'application/json': '{"statusCode": 404}' },
        IntegrationResponses: [{ StatusCode: '404', SelectionPattern: '404' }],
      }),
    });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject({ status: 404, text: '' });
  });

  test('without a status is an internal error', async () => {
    const api = await apiUnderTest();
    await api.route({
      integration: mockIntegration({ RequestTemplates: { 'application/json': '{}' } }),
    });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response.status).toBe(500);
  });

  test('answers a CORS preflight', async () => {
    const headers = {
      'method.response.header.Access-Control-Allow-Origin': "'*'",
      'method.response.header.Access-Control-Allow-Methods': "'GET,PUT'",
    };
    const api = await apiUnderTest();
    await api.route({
      method: 'OPTIONS',
      properties: {
        MethodResponses: [
          {
            StatusCode: '204',
            ResponseParameters: Object.fromEntries(
              Object.keys(headers).map((name) => [name, true]),
            ),
          },
        ],
      },
      integration: mockIntegration({
        IntegrationResponses: [{ StatusCode: '204', ResponseParameters: headers }],
      }),
    });
    await api.deploy();

    const response = await api.call({
      method: 'OPTIONS',
      path: '/',
      headers: { origin: 'http://x' },
    });

    expect(response.status).toBe(204);
    expect(response.headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET,PUT',
    });
  });
});
