import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { mockClient } from 'aws-sdk-client-mock';
import type { Target } from '../../../hooks/stage/target';
import type { Exchange } from '../../../hooks/verify/api-client';
import { curl, evidence, mappingLog, masked } from '../../../hooks/verify/diagnosis';

const exchange: Exchange = {
  method: 'PUT',
  url: 'https://api.example/dev/streams/s/record',
  requestHeaders: { 'content-type': 'application/json' },
  requestBody: '{"Data":"it\'s"}',
  anonymous: false,
  status: 500,
  headers: {},
  requestId: 'request-1',
  body: '{"message":"Internal server error"}',
  attempts: 3,
  mayHaveActed: 3,
  retried: ['status 500', 'status 500'],
};

const target = (authorization: string) =>
  ({
    region: 'eu-west-1',
    invokeUrl: 'https://api.example/dev',
    restApiId: 'abc',
    parameters: { authorization },
    streams: [],
  }) as unknown as Target;

test('a ready curl, quoted for the shell', () => {
  expect(curl(exchange, target('NONE'))).toBe(
    `curl -i -X PUT 'https://api.example/dev/streams/s/record' -H 'content-type: application/json' --data-raw '{"Data":"it'\\''s"}'`,
  );
});

test('the caller signs, or gives a key, with what his environment has', () => {
  expect(curl(exchange, target('AWS_IAM'))).toContain(
    `--aws-sigv4 'aws:amz:eu-west-1:execute-api' --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`,
  );
  expect(curl(exchange, target('API_KEY'))).toContain('-H "x-api-key: $API_KEY"');
  expect(curl({ ...exchange, anonymous: true }, target('API_KEY'))).not.toContain('x-api-key');
});

test('the request, the answer, its id and the attempts', () => {
  const [request, answer, ids] = evidence(exchange, target('NONE'));
  expect(request).toBe('request  PUT https://api.example/dev/streams/s/record {"Data":"it\'s"}');
  expect(answer).toBe('answer   500 {"message":"Internal server error"}');
  expect(ids).toBe('x-amzn-requestid request-1, attempts 3 (status 500)');
});

test('what is long is cut', () => {
  const large = { ...exchange, requestBody: 'x'.repeat(1_048_576) };
  expect(evidence(large, target('NONE')).join('\n').length).toBeLessThan(4_000);
});

test.each([
  ['Authorization=AWS4-HMAC-SHA256 Credential=AKIA1/2/x, Signature=abcdef', 'AKIA1'],
  ['{x-api-key=secret1234, Host=h}', 'secret1234'],
  ['X-Amz-Security-Token: token1234', 'token1234'],
])('secrets are masked: %s', (text, secret) => {
  expect(masked(text)).not.toContain(secret);
});

test('a gateway whose log is not to be had is said, and hides nothing', async () => {
  const gateway = mockClient(APIGatewayClient);
  gateway.rejects(new Error('not authorized to perform: apigateway:POST'));
  const client = new APIGatewayClient({ region: 'eu-west-1' });
  await expect(
    mappingLog(client, target('NONE'), '/streams/{stream-name}/record', exchange),
  ).resolves.toEqual([
    "API Gateway's own log is not available (not authorized to perform: apigateway:POST)",
  ]);
  gateway.restore();
});

test('a refusal at the door has no mapping to look at', async () => {
  const client = new APIGatewayClient({ region: 'eu-west-1' });
  await expect(
    mappingLog(client, target('NONE'), '/streams/{stream-name}/record', {
      ...exchange,
      status: 403,
    }),
  ).resolves.toEqual([]);
});
