import { TestInvokeMethodCommand } from '@aws-sdk/client-api-gateway';
import { sdkClient } from '../apigateway/sdk-client';
import { apiUnderTest, kinesisIntegration, mockIntegration } from './api-under-test';

const NOW = Date.UTC(2026, 10, 22, 17, 5, 9);
const TIME = 'Sun Nov 22 17:05:09 UTC 2026';

async function tested(integration = mockIntegration()) {
  const api = await apiUnderTest({
    options: { now: () => NOW, fetch: async () => new Response('{}') },
    answer: () => ({ status: 400, headers: { 'x-a': 'b' }, body: '{"__type":"X"}' }),
  });
  const { resourceId } = await api.route({ path: '/pets/{petId}', integration });
  const invoke = (input: object = {}) =>
    sdkClient(api.apiGateway).send(
      new TestInvokeMethodCommand({
        restApiId: api.restApiId,
        resourceId,
        httpMethod: 'GET',
        ...input,
      }),
    );
  return { ...api, invoke };
}

/** The log's lines without their times; the first names the request. */
function linesOf(log: string | undefined): string[] {
  const [first = '', ...lines] = (log ?? '').split('\n');
  expect(first).toMatch(/^Execution log for request [0-9a-f-]{36}$/);
  return lines.filter((line) => line !== '').map((line) => line.replace(`${TIME} : `, ''));
}

test('TestInvokeMethod runs what is not deployed and tells every step of a mock', async () => {
  const { invoke } = await tested();

  const result = await invoke({ pathWithQueryString: '/pets/123?foo=bar' });

  expect(result).toMatchObject({
    status: 200,
    body: '{"mock":true}',
    headers: { 'Content-Type': 'application/json' },
    multiValueHeaders: { 'Content-Type': ['application/json'] },
    latency: 0,
  });
  const [start, ...lines] = linesOf(result.log);
  expect(start).toMatch(/^Starting execution for request: /);
  expect(lines).toEqual([
    'HTTP Method: GET, Resource Path: /pets/123',
    'Method request path: {petId=123}',
    'Method request query string: {foo=bar}',
    'Method request headers: {}',
    'Method request body before transformations: ',
    'Method response body after transformations: {"mock":true}',
    'Method response headers: {Content-Type=application/json}',
    'Successfully completed execution',
    'Method completed with status: 200',
  ]);
});

test('a path that leads elsewhere has no parameters, and none given is the resource’s own', async () => {
  const { invoke } = await tested();

  const elsewhere = await invoke({ pathWithQueryString: '/random/test' });
  const own = await invoke();

  expect(linesOf(elsewhere.log)[2]).toBe('Method request path: {}');
  expect(linesOf(own.log)[2]).toBe('Method request path: {petId={petId}}');
});

test('the log of a service shows its request and its answer', async () => {
  const { invoke } = await tested(
    kinesisIntegration({ RequestTemplates: { 'application/json': '{"a":1}' } }),
  );

  const { log, status } = await invoke();

  expect(status).toBe(200);
  const lines = linesOf(log).join('\n');
  expect(lines).toContain(
    'Endpoint request URI: https://kinesis.eu-west-1.amazonaws.com/?Action=ListStreams',
  );
  expect(lines).toContain('Endpoint request body after transformations: {"a":1}');
  expect(lines).toContain('Received response. Status: 400, Integration latency: 0 ms');
  expect(lines).toContain('Endpoint response headers: {x-a=b}');
  expect(lines).toContain('Endpoint response body before transformations: {"__type":"X"}');
});

test('the log says what the client is not told', async () => {
  const { invoke } = await tested(
    kinesisIntegration({
      IntegrationResponses: [{ StatusCode: '200', SelectionPattern: '200' }],
    }),
  );

  const result = await invoke();

  expect(result).toMatchObject({
    status: 500,
    body: '{"message": "Internal server error"}',
    headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' },
  });
  expect(linesOf(result.log).slice(-2)).toEqual([
    'Execution failed due to configuration error: No match for output mapping and no default output mapping configured. Endpoint Response Status Code: 400',
    'Method completed with status: 500',
  ]);
});

test('the log has the address of the backend with its query', async () => {
  const { invoke } = await tested({
    Type: 'HTTP_PROXY',
    IntegrationHttpMethod: 'GET',
    Uri: 'http://backend.invalid/pets?all=1',
  });

  const { log } = await invoke({ pathWithQueryString: '/pets/1?type=dog' });

  expect(linesOf(log)).toContain('Sending request to http://backend.invalid/pets?all=1&type=dog');
});

// Recorded: LocalStack's test_failed_invoke_test_method, 2025-09-29.
test.each([
  { Type: 'HTTP', Uri: 'http://$' + '{stageVariables.host}/pets' },
  { Type: 'HTTP_PROXY', Uri: '$' + '{stageVariables.host}' },
])('an address that is none ends the test before anything is sent: %j', async (integration) => {
  const { invoke } = await tested({ ...integration, IntegrationHttpMethod: 'GET' });

  const { log, status } = await invoke({ pathWithQueryString: '/pets/1' });

  expect(status).toBe(500);
  expect(linesOf(log).slice(-3)).toEqual([
    'Method request body before transformations: ',
    'Execution failed due to configuration error: Invalid endpoint address',
    'Method completed with status: 500',
  ]);
});

test('a method that is not there is not found', async () => {
  const { invoke } = await tested();

  await expect(invoke({ httpMethod: 'PUT' })).rejects.toThrow(
    'Invalid Method identifier specified',
  );
});

test('headers with several values are read as from a client', async () => {
  const { invoke } = await tested(
    mockIntegration({
      IntegrationResponses: [
        {
          StatusCode: '200',
          ResponseTemplates: { 'application/json': "$input.params('X-A') $input.params('x-b')" },
        },
      ],
    }),
  );

  const { body } = await invoke({
    headers: { 'X-B': 'b' },
    multiValueHeaders: { 'X-A': ['1', '2'] },
  });

  expect(body).toBe('1, 2 b');
});

test('a client certificate is refused by name', async () => {
  const { invoke } = await tested();

  await expect(invoke({ clientCertificateId: 'abc' })).rejects.toThrow(
    'does not support client certificates',
  );
});
