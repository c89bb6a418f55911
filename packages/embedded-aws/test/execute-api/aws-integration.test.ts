import { AwsError } from '../../src/core/errors';
import { apiUnderTest, kinesisIntegration, ROLE } from './api-under-test';

const PUT_RECORD = 'arn:aws:apigateway:eu-west-1:kinesis:action/PutRecord';

describe('an integration with an action of a service', () => {
  test('sends the rendered request as the role, in the region of the URI', async () => {
    const api = await apiUnderTest();
    await api.route({
      method: 'PUT',
      path: '/streams/{stream-name}/record',
      integration: kinesisIntegration({
        Uri: PUT_RECORD,
        RequestParameters: {
          'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
        },
        RequestTemplates: {
          'application/json': `{"StreamName":"$input.params('stream-name')","Data":$input.body}`,
        },
      }),
    });
    await api.deploy();

    await api.call({ method: 'PUT', path: '/streams/orders/record', body: '"x"' });

    const [{ service, request }] = api.sent as [(typeof api.sent)[0]];
    expect(service).toBe('kinesis');
    expect(request).toMatchObject({ method: 'POST', path: '/' });
    expect(request.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Kinesis_20131202.PutRecord',
      'user-agent': `AmazonAPIGateway_${api.restApiId}`,
    });
    expect(request.body.toString()).toBe('{"StreamName":"orders","Data":"x"}');
    expect(request.caller).toMatchObject({
      arn: `${ROLE}/BackplaneAssumeRoleSession`,
      region: 'eu-west-1',
      accountId: '000000000000',
    });
  });

  test('passes the service answer through when there is no template, without its headers', async () => {
    const api = await apiUnderTest({
      answer: () => ({
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-secret': 'backend' },
        body: '{"StreamNames":[]}',
      }),
    });
    await api.route({ integration: kinesisIntegration() });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response.text).toBe('{"StreamNames":[]}');
    expect(Object.keys(response.headers).sort()).toEqual([
      'Content-Type',
      'Date',
      'X-Amzn-Trace-Id',
      'x-amz-apigw-id',
      'x-amzn-RequestId',
    ]);
    expect(response.headers['Content-Type']).toBe('application/json');
  });

  test('answers 500 and says nothing more when the role cannot be assumed', async () => {
    const api = await apiUnderTest({
      options: {
        assumeRole: () => {
          throw new AwsError('AccessDenied', 'no trust', { status: 403 });
        },
      },
    });
    await api.route({ integration: kinesisIntegration() });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject({ status: 500, text: '{"message": "Internal server error"}' });
    expect(response.headers['x-amzn-ErrorType']).toBe('InternalServerErrorException');
    expect(api.sent).toEqual([]);
  });

  test('answers 504 when the service takes longer than the integration allows', async () => {
    const api = await apiUnderTest({ answer: () => new Promise(() => {}) });
    await api.route({ integration: kinesisIntegration({ TimeoutInMillis: 50 }) });
    await api.deploy();

    const response = await api.call({ path: '/' });

    expect(response).toMatchObject({
      status: 504,
      text: '{"message": "Endpoint request timed out"}',
    });
  });

  test('calls a path of a service with the mapped path parameters', async () => {
    const api = await apiUnderTest();
    await api.route({
      method: 'GET',
      path: '/files/{key}',
      properties: { RequestParameters: { 'method.request.path.key': true } },
      integration: kinesisIntegration({
        Uri: 'arn:aws:apigateway:us-east-1:s3:path/bucket/{object}',
        IntegrationHttpMethod: 'GET',
        RequestParameters: { 'integration.request.path.object': 'method.request.path.key' },
      }),
    });
    await api.deploy();

    await api.call({ path: '/files/a.txt' });

    expect(api.sent[0]).toMatchObject({
      service: 's3',
      request: { method: 'GET', path: '/bucket/a.txt', query: '' },
    });
  });

  test('forwards the caller itself when the credentials say so', async () => {
    const api = await apiUnderTest({
      options: {
        verifySignature: () => ({
          accountId: '000000000000',
          region: 'us-east-1',
          arn: 'arn:aws:iam::000000000000:user/ann',
          accessKeyId: 'AKIA',
          authorize: () => {},
        }),
      },
    });
    await api.route({
      properties: { AuthorizationType: 'AWS_IAM' },
      integration: kinesisIntegration({ Credentials: 'arn:aws:iam::*:user/*' }),
    });
    await api.deploy();

    await api.call({ path: '/' });

    expect(api.sent[0]?.request.caller).toMatchObject({
      arn: 'arn:aws:iam::000000000000:user/ann',
      region: 'eu-west-1',
    });
  });

  test.each(['authorization', 'Connection', 'Content-Length', 'expect', 'Transfer-Encoding', 'TE'])(
    'fails when a mapping sets the header %s',
    async (header) => {
      const api = await apiUnderTest();
      await api.route({
        integration: kinesisIntegration({
          RequestParameters: { [`integration.request.header.${header}`]: "'x'" },
        }),
      });
      await api.deploy();

      const response = await api.call({ path: '/' });

      expect(response).toMatchObject({ status: 500, text: '{"message": "Internal server error"}' });
    },
  );
});

describe('the content type of a call to a JSON service', () => {
  test.each([
    ['what the client sent', 'application/json', undefined],
    ['nothing', undefined, undefined],
    ['a form', 'application/x-www-form-urlencoded', undefined],
    ['what AWS’s tutorial maps, which is no content type', 'application/json', 'x-amz-json-1.1'],
  ])('is put right when it would be %s', async (_, sent, mapped) => {
    const api = await apiUnderTest();
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({
        RequestTemplates: { $default: '{}' },
        ...(mapped && {
          RequestParameters: { 'integration.request.header.Content-Type': `'${mapped}'` },
        }),
      }),
    });
    await api.deploy();

    await api.call({
      method: 'POST',
      path: '/',
      body: 'x',
      headers: sent === undefined ? {} : { 'content-type': sent },
    });

    expect(api.sent[0]?.request.headers['content-type']).toBe('application/x-amz-json-1.1');
  });

  test.each([
    ['kinesis', 'application/x-amz-cbor-1.1', 'application/x-amz-cbor-1.1'],
    ['dynamodb', 'application/json', 'application/x-amz-json-1.0'],
    ['sns', 'application/json', 'application/json'],
  ])('of %s: %s becomes %s', async (service, mapped, expected) => {
    const api = await apiUnderTest();
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({
        Uri: `arn:aws:apigateway:us-east-1:${service}:action/Some`,
        RequestParameters: { 'integration.request.header.Content-Type': `'${mapped}'` },
      }),
    });
    await api.deploy();

    await api.call({ method: 'POST', path: '/' });

    expect(api.sent[0]?.request.headers['content-type']).toBe(expected);
  });
});

// Recorded: LocalStack's test_invocation_trace_id, 2024-08-07.
describe('the trace of a request', () => {
  const ROOT = 'Root=1-6553f100-0123456789abcdef01234567';
  const PARENT = 'Parent=0123456789abcdef';

  test.each([
    [`${ROOT};${PARENT};Sampled=1`, `^${ROOT};${PARENT};Sampled=1$`],
    [ROOT, `^${ROOT};Parent=[0-9a-f]{16};Sampled=0$`],
    [`Sampled=1; ${ROOT}`, `^${ROOT};Parent=[0-9a-f]{16};Sampled=1$`],
    ['nonsense', '^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$'],
  ])('%s goes on to the backend and back', async (sent, expected) => {
    const api = await apiUnderTest();
    await api.route({ integration: kinesisIntegration() });
    await api.deploy();

    const { headers } = await api.call({ path: '/', headers: { 'x-amzn-trace-id': sent } });

    const trace = headers['X-Amzn-Trace-Id'];
    expect(trace).toMatch(new RegExp(expected));
    expect(api.sent[0]?.request.headers['x-amzn-trace-id']).toBe(trace);
  });
});
