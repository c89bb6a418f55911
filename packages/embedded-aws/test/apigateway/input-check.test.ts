import { createApiGateway } from '../../src/apigateway';
import { rootCaller } from '../../src/core/caller';
import { awsRequest } from '../support/aws-request';

/** The error of a request to an empty account. */
async function refusalOf(route: string, body?: unknown) {
  const [method = '', target = ''] = route.split(' ');
  const [path = '', query = ''] = target.split('?');
  const answer = await createApiGateway().handle(
    awsRequest({ method, path, query, body: body === undefined ? '' : JSON.stringify(body) }),
  );
  const { message } = JSON.parse(String(answer.body));
  return { status: answer.status, code: answer.headers['x-amzn-errortype'], message };
}

const enumeration = (values: string) => `Member must satisfy enum value set: [${values}]`;
const failed = (value: string, path: string, constraint: string) =>
  `Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`;
const one = (violation: string) => `1 validation error detected: ${violation}`;

const TYPES = enumeration('HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS');
const OPS = enumeration('add, remove, move, test, replace, copy');
const STATUS = 'Member must satisfy regular expression pattern: [1-5]\\d\\d';
const METHOD = '/restapis/none/resources/none/methods/GET';

describe('constraints come before look-ups', () => {
  test.each([
    // Recorded: test_put_integration_wrong_type, 15-04-2024.
    [
      `PUT ${METHOD}/integration`,
      { type: 'FTP' },
      one(failed("'FTP'", 'putIntegrationInput.type', TYPES)),
    ],
    [
      `PUT ${METHOD}/integration`,
      {},
      one(failed('null', 'putIntegrationInput.type', 'Member must not be null')),
    ],
    // Recorded: test_integration_response_invalid_statuscode, 18-06-2025.
    [
      `GET ${METHOD}/integration/responses/2xx`,
      undefined,
      one(failed("'2xx'", 'statusCode', STATUS)),
    ],
    [`PUT ${METHOD}/responses/2000`, {}, one(failed("'2000'", 'statusCode', STATUS))],
    // Recorded: test_update_method_response_negative_tests, 30-06-2025: the body before the path.
    [
      `PATCH ${METHOD}/responses/abc`,
      { patchOperations: [{ op: 'set', path: '/x' }] },
      `2 validation errors detected: ${failed("'set'", 'updateMethodResponseInput.patchOperations.1.member.op', OPS)}; ${failed("'abc'", 'statusCode', STATUS)}`,
    ],
    // Recorded: test_create_rest_api_with_endpoint_configuration, 11-07-2025: the order is the model's.
    [
      'POST /restapis',
      { name: 'a', endpointConfiguration: { ipAddressType: 'ipv6', types: ['NEAR'] } },
      `2 validation errors detected: ${failed("'[NEAR]'", 'createRestApiInput.endpointConfiguration.types', `Member must satisfy constraint: [${enumeration('PRIVATE, EDGE, REGIONAL')}]`)}; ${failed("'ipv6'", 'createRestApiInput.endpointConfiguration.ipAddressType', enumeration('ipv4, dualstack'))}`,
    ],
    [
      'POST /restapis/none/stages',
      {},
      `2 validation errors detected: ${failed('null', 'createStageInput.stageName', 'Member must not be null')}; ${failed('null', 'createStageInput.deploymentId', 'Member must not be null')}`,
    ],
    [
      'PUT /restapis/none?mode=replace',
      undefined,
      one(failed("'replace'", 'mode', enumeration('overwrite, merge'))),
    ],
  ])('%s %j', async (route, body, message) => {
    expect(await refusalOf(route, body)).toEqual({
      status: 400,
      code: 'ValidationException',
      message,
    });
  });

  test('a type of gateway response is in the path', async () => {
    const { code, message } = await refusalOf('GET /restapis/none/gatewayresponses/TEAPOT');

    expect(code).toBe('ValidationException');
    // Recorded: test_gateway_response_validation, 15-04-2024.
    expect(message).toContain(
      "Value 'TEAPOT' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, ",
    );
  });
});

// Recorded: test_put_integration_request_parameter_bool_type, 12-12-2024, and
// test_integration_response_invalid_responsetemplates, 18-06-2025.
test.each([
  [
    `PUT ${METHOD}/integration`,
    { type: 'FTP', requestParameters: { a: true } },
    'java.lang.Boolean',
  ],
  [
    `PUT ${METHOD}/integration/responses/2xx`,
    { responseTemplates: { 'text/plain': 1 } },
    'com.amazon.coral.value.json.numbers.TruncatingBigNumber',
  ],
])('types come before constraints: %s %j', async (route, body, javaClass) => {
  expect(await refusalOf(route, body)).toEqual({
    status: 400,
    code: 'SerializationException',
    message: `class ${javaClass} can not be converted to an String`,
  });
});

test('a body that is a list is of the wrong type', async () => {
  expect(await refusalOf('POST /restapis', [])).toMatchObject({
    code: 'SerializationException',
    message: 'Start of list found where not expected',
  });
});

test('null is absent, and so is what the model does not know', async () => {
  const { code } = await refusalOf(`PUT ${METHOD}/integration`, {
    type: 'MOCK',
    connectionType: null,
    requestParameters: null,
    somethingNew: 1,
  });

  expect(code).toBe('NotFoundException');
});

test('a caller who may do nothing learns what is wrong with the request', async () => {
  const caller = rootCaller({ accountId: '111111111111', region: 'us-east-1' });
  const answer = await createApiGateway().handle(
    awsRequest({ method: 'POST', path: '/restapis', body: '{}', caller }),
  );

  expect(String(answer.body)).toContain('createRestApiInput.name');
});
