import { UpdateIntegrationCommand } from '@aws-sdk/client-api-gateway';
import { apiWithMethod, KINESIS } from './api-with-method';
import { stackWithApi } from './stack-with-api';

const INVALID_ARN = 'Invalid ARN specified in the request';
const NO_TARGET = 'AWS ARN for integration must contain path or action';
const INVALID_URL = 'Invalid HTTP endpoint specified for URI';

const http = (uri: string) => ({ type: 'HTTP', uri }) as const;

describe('an integration is refused when it is put', () => {
  test.each([
    // Reported: aws-cloudformation-templates#379, aws-sdk-java#860.
    [{ credentials: 'my-role' }, INVALID_ARN],
    [{ ...http('https://example.com'), credentials: 'NONE' }, INVALID_ARN],
    [{ credentials: 'arn:aws-cn:iam::000000000000:role/r' }, INVALID_ARN],
    [
      { credentials: 'arn:aws:iam::123456789012:role/r' },
      'Cross-account pass role is not allowed.',
    ],
    // Recorded: L test_put_integration_validation, 06-06-2024.
    [{ uri: 'arn:aws:iam::000000000000:role/service-role/r' }, NO_TARGET],
    [{ uri: KINESIS.replace(':kinesis', '::kinesis') }, NO_TARGET],
    [{ uri: KINESIS.replace('us-east-1', 'region') }, INVALID_ARN],
    [{ uri: KINESIS.replace('arn:aws:', 'arn:aws-us-gov:') }, INVALID_ARN],
    [{ uri: KINESIS.replace('us-east-1', 'cn-north-1') }, INVALID_ARN],
    [{ uri: KINESIS.replace('apigateway', 'gateway') }, INVALID_ARN],
    [{ integrationHttpMethod: 'FETCH' }, 'Invalid HttpMethod specified. Valid options are GET,'],
    [http('https://{name}.example.com/'), INVALID_URL],
    [http('https://example.com/a b'), INVALID_URL],
    [http('ftp://example.com'), INVALID_URL],
    [http('https://example.com:22/'), INVALID_URL],
    [http('https://:8080/'), INVALID_URL],
    [
      { cacheKeyParameters: ['method.request.path.id'] },
      'Invalid mapping expression parameter specified: method.request.path.id',
    ],
  ])('with %j', async (input, message) => {
    const { put } = await apiWithMethod();

    await expect(put(input)).rejects.toThrow(message);
  });
});

describe('so it is in a stack and in a document', () => {
  const document = (integration: object) => ({
    swagger: '2.0',
    info: { title: 'a', version: '1' },
    paths: {
      '/': {
        get: {
          responses: { 200: { description: 'ok' } },
          'x-amazon-apigateway-integration': integration,
        },
      },
    },
  });

  test.each([
    ['my-role', KINESIS, INVALID_ARN],
    ['arn:aws:iam::123456789012:role/r', KINESIS, 'Cross-account pass role is not allowed.'],
    ['arn:aws:iam::000000000000:role/r', KINESIS.replace('us-east-1', 'region'), INVALID_ARN],
  ])('with %s and %s', async (credentials, uri, message) => {
    const { method, stack } = await stackWithApi();

    await expect(
      method({
        Integration: {
          Type: 'AWS',
          IntegrationHttpMethod: 'POST',
          Uri: uri,
          Credentials: credentials,
        },
      }),
    ).rejects.toThrow(message);
    await expect(
      stack.create('RestApi', {
        Body: document({ type: 'aws', httpMethod: 'POST', uri, credentials }),
      }),
    ).rejects.toThrow(message);
  });
});

describe('an integration is taken', () => {
  test.each([
    [{ credentials: 'arn:aws:iam::*:user/*' }],
    [{ credentials: 'arn:aws:iam::${stageVariables.account}:role/r' }],
    [{ uri: KINESIS.replace('us-east-1', 'eu-central-1') }],
    [http('http://127.0.0.1:4566/{name}?a={b}')],
    [http('https://${stageVariables.host}/orders')],
    [http('${stageVariables.url}/orders')],
    [{ cacheKeyParameters: ['method.request.querystring.q'] }],
    [
      {
        requestParameters: { 'integration.request.header.key': 'method.request.body.key' },
        cacheKeyParameters: ['integration.request.header.key'],
      },
    ],
  ])('with %j', async (input) => {
    const { put } = await apiWithMethod();

    expect(await put(input)).toMatchObject(input);
  });

  test('with the method of the backend in any case', async () => {
    const { put } = await apiWithMethod();

    expect(await put({ integrationHttpMethod: 'post' })).toMatchObject({ httpMethod: 'POST' });
  });
});

describe('patches of an integration', () => {
  async function patches() {
    const { sdk, method, put } = await apiWithMethod();
    await put({});
    return (op: 'add' | 'remove' | 'replace', path: string, value?: string) =>
      sdk.send(new UpdateIntegrationCommand({ ...method, patchOperations: [{ op, path, value }] }));
  }

  test('add and remove keys of a cache that the method declares', async () => {
    const patch = await patches();

    const added = await patch('add', '/cacheKeyParameters/method.request.querystring.q');
    const removed = await patch('remove', '/cacheKeyParameters/method.request.querystring.q');

    expect(added.cacheKeyParameters).toEqual(['method.request.querystring.q']);
    expect(removed.cacheKeyParameters).toEqual([]);
  });

  test.each([
    // Reported: serverless#1806.
    ['add', '/cacheKeyParameters/method.request.path.id', '', 'Invalid parameter name specified'],
    ['remove', '/cacheKeyParameters/method.request.querystring.q', '', 'Invalid parameter name'],
    ['replace', '/requestParameters/integration.request.header.a', '', 'Invalid parameter name'],
    ['remove', '/requestTemplates/text~1csv', '', 'Content-Type specified was not found'],
    ['replace', '/credentials', '', 'Role ARN must be specified for AWS integrations'],
    ['replace', '/connectionType', 'VPC_LINK', "does not support the connection type 'VPC_LINK'"],
    ['replace', '/tlsConfig/insecureSkipVerification', 'true', "'insecureSkipVerification'"],
  ] as const)('refuse %s of %s with %j', async (op, path, value, message) => {
    const patch = await patches();

    await expect(patch(op, path, value)).rejects.toThrow(message);
  });
});
