import { apiUnderTest, kinesisIntegration } from './api-under-test';

const GROUP = 'arn:aws:logs:us-east-1:000000000000:log-group:access';

async function loggedApi(format: string) {
  const lines: [string, string][] = [];
  const api = await apiUnderTest({
    options: {
      now: () => Date.UTC(2026, 10, 22, 17, 5, 9),
      writeLog: (...line) => lines.push(line),
    },
  });
  await api.route({ path: '/streams/{name}', integration: kinesisIntegration() });
  await api.deploy({ AccessLogSetting: { DestinationArn: GROUP, Format: format } });
  return { ...api, lines };
}

test('an access log has a line for each request, with a dash for what is not there', async () => {
  const api = await loggedApi(
    '$context.identity.sourceIp [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.integration.status $context.error.message $context.path',
  );

  await api.call({ path: '/streams/orders' });
  await api.call({ path: '/nowhere' });

  expect(api.lines).toEqual([
    [
      GROUP,
      '127.0.0.1 [22/Nov/2026:17:05:09 +0000] "GET /streams/{name} HTTP/1.1" 200 2 200 - /dev/streams/orders',
    ],
    [
      GROUP,
      '127.0.0.1 [22/Nov/2026:17:05:09 +0000] "GET - HTTP/1.1" 403 42 - Missing Authentication Token /dev/nowhere',
    ],
  ]);
});

test('a JSON format stays JSON, and names the request as the client is told', async () => {
  const api = await loggedApi('{"id":"$context.requestId","e":"$context.extendedRequestId"}');

  const { headers } = await api.call({ path: '/streams/orders' });

  expect(JSON.parse(api.lines[0]?.[1] ?? '')).toEqual({
    id: headers['x-amzn-RequestId'],
    e: headers['x-amz-apigw-id'],
  });
});

test('a log that cannot be written does not fail the request', async () => {
  const api = await apiUnderTest({
    options: {
      writeLog: () => {
        throw new Error('no such group');
      },
    },
  });
  await api.route({ integration: kinesisIntegration() });
  await api.deploy({ AccessLogSetting: { DestinationArn: GROUP, Format: '$context.requestId' } });

  expect((await api.call({ path: '/' })).status).toBe(200);
});

test.each([
  ['arn:aws:firehose:us-east-1:000000000000:deliverystream/x', 'access logs in a Firehose stream'],
  ['nonsense', 'Invalid ARN specified in the request'],
])('access logs to %s are refused when they are set up', async (DestinationArn, message) => {
  const api = await apiUnderTest();
  await api.route({ integration: kinesisIntegration() });

  await expect(api.deploy({ AccessLogSetting: { DestinationArn, Format: 'x' } })).rejects.toThrow(
    message,
  );
});

describe('execution logs', () => {
  const run = async (LoggingLevel: string, DataTraceEnabled: boolean) => {
    const written: { group: string; lines: readonly string[] }[] = [];
    const api = await apiUnderTest({
      options: { writeExecutionLog: (_scope, group, lines) => written.push({ group, lines }) },
    });
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({ PassthroughBehavior: 'NEVER' }),
    });
    await api.deploy({
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel, DataTraceEnabled }],
    });
    await api.call({ method: 'POST', path: '/', body: 'secret' });
    return { api, written };
  };

  test('go to the group of the stage, without data unless it is asked for', async () => {
    const { api, written } = await run('INFO', false);
    const traced = await run('INFO', true);

    expect(written[0]?.group).toBe(`API-Gateway-Execution-Logs_${api.restApiId}/dev`);
    expect(written[0]?.lines.join()).not.toContain('secret');
    expect(written[0]?.lines.at(-1)).toMatch(
      /^\([0-9a-f-]{36}\) Method completed with status: 415$/,
    );
    expect(traced.written[0]?.lines.join()).toContain(
      'Method request body before transformations: secret',
    );
  });

  test('are written for failures only at ERROR, and not at all at OFF', async () => {
    expect((await run('ERROR', false)).written).toHaveLength(1);
    expect((await run('OFF', false)).written).toHaveLength(0);
  });
});

test('an access log tells what the integration answered, and why it failed', async () => {
  const lines: string[] = [];
  const api = await apiUnderTest({
    answer: () => ({ status: 200, headers: { 'x-amzn-requestid': 'kinesis-1' }, body: '{}' }),
    options: {
      writeLog: (_group, line) => lines.push(line),
      fetch: async () => {
        throw new TypeError('fetch failed');
      },
    },
  });
  await api.route({ path: '/aws', integration: kinesisIntegration() });
  await api.route({
    path: '/http',
    integration: {
      Type: 'HTTP',
      IntegrationHttpMethod: 'GET',
      Uri: 'http://backend.test/',
      IntegrationResponses: [{ StatusCode: '200' }],
    },
  });
  await api.deploy({
    AccessLogSetting: {
      DestinationArn: GROUP,
      Format:
        '$context.awsEndpointRequestId $context.integration.requestId $context.integration.integrationStatus $context.integrationErrorMessage',
    },
  });

  await api.call({ path: '/aws' });
  await api.call({ path: '/http' });

  expect(lines).toEqual([
    'kinesis-1 kinesis-1 200 -',
    '- - - Network error communicating with endpoint',
  ]);
});

test('a format may begin and end with variables, and name what every object has', async () => {
  const api = await loggedApi('$context.stage$context.httpMethod $context.toString.$context.stage');

  await api.call({ path: '/streams/orders' });

  expect(api.lines).toEqual([[GROUP, 'devGET -.dev']]);
});
