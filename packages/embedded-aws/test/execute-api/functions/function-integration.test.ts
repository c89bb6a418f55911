import type { Properties } from '../../../src/core/resource-handler';
import { ROLE } from '../api-under-test';
import { FUNCTION, fails, functionUnderTest, INVOKES, returns } from './function-under-test';

const INTERNAL_ERROR = '{"message": "Internal server error"}';

describe('an integration with a function', () => {
  test('needs the permission of the function, for the method that is called', async () => {
    const asked: unknown[] = [];
    const api = await functionUnderTest({
      path: '/orders/{id}',
      options: {
        functionAllows: (...question) => {
          asked.push(question);
          return false;
        },
      },
    });

    expect(await api.call({ method: 'PUT', path: '/orders/7' })).toMatchObject({
      status: 500,
      text: INTERNAL_ERROR,
    });
    const source = `arn:aws:execute-api:us-east-1:000000000000:${api.restApiId}/dev/PUT/orders/{id}`;
    expect(asked).toEqual([
      [
        FUNCTION,
        { kind: 'service', name: 'apigateway.amazonaws.com' },
        { 'aws:SourceArn': source, 'aws:SourceAccount': '000000000000' },
      ],
    ]);
    expect(api.sent).toEqual([]);
    expect(api.failures).toEqual([
      expect.stringMatching(
        /Execution failed due to configuration error: Invalid permissions on Lambda function \(API Gateway does not have permission to invoke the function/,
      ),
    ]);
  });

  test('with a role needs no permission of the function', async () => {
    const api = await functionUnderTest({
      integration: { Credentials: ROLE },
      options: { functionAllows: () => false },
    });

    expect((await api.call({ path: '/x' })).status).toBe(200);
  });

  test('tells the function where AWS is', async () => {
    const api = await functionUnderTest();
    await api.call({ path: '/x', headers: { Host: '127.0.0.1:4567' } });

    expect(api.sent).toMatchObject([
      { service: 'lambda', request: { method: 'POST', headers: { host: '127.0.0.1:4567' } } },
    ]);
  });

  test('takes the function’s name from a stage variable', async () => {
    const api = await functionUnderTest({
      integration: { Uri: INVOKES.replace('orders', '$' + '{stageVariables.fn}') },
      stage: { Variables: { fn: 'orders:live' } },
    });
    await api.call({ path: '/x' });

    expect(api.sent[0]?.request.path).toContain(`/functions/${FUNCTION}:live/invocations`);
  });

  // Recorded: LocalStack's test_lambda_aws_proxy_integration_non_post_method, 2024-03-20.
  test('that Lambda refuses is a 500, until the API says otherwise', async () => {
    const api = await functionUnderTest({
      answer: () => ({ status: 403, headers: { 'x-amzn-requestid': 'r-2' }, body: '{}' }),
    });
    const plain = await api.call({ path: '/x' });
    await api.stack.create('GatewayResponse', {
      RestApiId: api.restApiId,
      ResponseType: 'INTEGRATION_FAILURE',
      StatusCode: '503',
    });
    await api.deploy();

    expect(plain).toMatchObject({ status: 500, text: INTERNAL_ERROR });
    expect((await api.call({ path: '/x' })).status).toBe(503);
    expect(api.failures).toEqual([]);
  });

  test('has the function’s status and Lambda’s in access logs', async () => {
    const lines: string[] = [];
    const api = await functionUnderTest({
      answer: () => returns({ statusCode: 404 }),
      options: { writeLog: (_group, line) => lines.push(line) },
      stage: {
        AccessLogSetting: {
          DestinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:access',
          Format:
            '$context.requestId $context.status $context.integration.status $context.integration.integrationStatus $context.integrationStatus',
        },
      },
    });
    await api.call({ path: '/x' });

    expect(lines).toEqual([expect.stringMatching(/^\S+ 404 404 200 200$/)]);
  });

  test.each(['content-length', 'transfer-encoding', 'authorization', 'connection', 'expect', 'te'])(
    'fails when a mapping sets the header %s',
    async (name) => {
      const api = await functionUnderTest({
        integration: { RequestParameters: { [`integration.request.header.${name}`]: "'x'" } },
      });

      expect(await api.call({ path: '/x' })).toMatchObject({ status: 500, text: INTERNAL_ERROR });
    },
  );
});

/** An integration of the type AWS, with a response for errors that name 4xx. */
const CUSTOM: Properties = {
  Type: 'AWS',
  IntegrationResponses: [
    { StatusCode: '200' },
    { StatusCode: '404', SelectionPattern: '.*no such.*' },
  ],
};
const STATUSES = { MethodResponses: [{ StatusCode: '200' }, { StatusCode: '404' }] };

// Recorded: LocalStack's test_lambda_selection_patterns, 2023-09-05.
describe('a custom integration with a function', () => {
  test.each([
    [returns({ a: 1 }), 200, '{"a":1}'],
    [returns({ errorMessage: 'no such order' }), 200, '{"errorMessage":"no such order"}'],
    [fails('no such order'), 404, '{"errorMessage":"no such order","errorType":"Error"}'],
    [fails('else'), 200, '{"errorMessage":"else","errorType":"Error"}'],
  ])('picks by the message of an error: %#', async (answer, status, text) => {
    const api = await functionUnderTest({
      integration: CUSTOM,
      properties: STATUSES,
      answer: () => answer,
    });

    expect(await api.call({ path: '/x' })).toMatchObject({ status, text });
  });

  test('sends what the template renders, and calls without waiting when a mapping says so', async () => {
    const api = await functionUnderTest({
      integration: {
        ...CUSTOM,
        RequestTemplates: { 'application/json': '{"id":"$input.params(\'id\')"}' },
        RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
      },
      properties: STATUSES,
      answer: () => ({ status: 202, headers: {}, body: '' }),
    });

    expect(await api.call({ path: '/x', query: 'id=7' })).toMatchObject({ status: 200, text: '' });
    expect(api.sent[0]?.request).toMatchObject({ body: Buffer.from('{"id":"7"}') });
    expect(api.sent[0]?.request.headers).toMatchObject({ 'x-amz-invocation-type': 'Event' });
  });
});
