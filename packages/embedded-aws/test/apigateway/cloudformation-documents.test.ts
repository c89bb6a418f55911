import { createApiGateway } from '../../src/apigateway';
import type { Caller } from '../../src/core/caller';
import { AwsError } from '../../src/core/errors';
import { testCaller } from '../support/aws-request';
import { stackOf } from './stack';

const document = (rest: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'Orders', version: '1' },
  paths: { '/orders/{id}': { get: { responses: { 200: { description: 'ok' } } } } },
  ...rest,
});

const YAML = `openapi: 3.0.1
info: {title: From S3, version: 1.0}
paths:
  /orders:
    get: {responses: {200: {description: ok}}}
`;

/** A stack whose S3 has one object. */
function stackWithObject(caller: Caller = testCaller) {
  const object = { body: Buffer.from(YAML), etag: 'e1' };
  const apiGateway = createApiGateway({
    readObject({ bucket, key, versionId }) {
      if (`${bucket}/${key}` === 'docs/api.yaml' && [undefined, 'v1'].includes(versionId)) {
        return object;
      }
      throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
    },
  });
  const apiOf = (id: string) => apiGateway.store.in(testCaller).restApi(id);
  const pathsOf = (id: string) => [...apiOf(id).resources.values()].map(({ path }) => path);
  return { stack: stackOf(apiGateway, 'stack', caller), apiGateway, apiOf, pathsOf };
}

const LOCATION = { Bucket: 'docs', Key: 'api.yaml' };

// Recorded: test_cfn_deploy_apigateway_from_s3_swagger, 15-07-2025.
describe('a document in S3', () => {
  test.each([
    ['', {}],
    [' at a version', { Version: 'v1' }],
    [' with its ETag', { ETag: '"e1"' }],
  ])('becomes an API, named by it%s', async (_what, more) => {
    const { stack, apiOf, pathsOf } = stackWithObject();

    const { physicalId } = await stack.create('RestApi', {
      BodyS3Location: { ...LOCATION, ...more },
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });

    expect(apiOf(physicalId)).toMatchObject({
      name: 'From S3',
      version: '1.0',
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    expect(pathsOf(physicalId)).toEqual(['/', '/orders']);
  });

  test.each<[object, string]>([
    [{ ...LOCATION, Key: 'other' }, 'The specified key does not exist.'],
    [{ ...LOCATION, ETag: 'e2' }, 'has the ETag e1, and the template expects e2'],
    [{ Bucket: 'docs' }, 'required key [BodyS3Location/Key] not found'],
  ])('at %j is refused, and no API is left', async (BodyS3Location, message) => {
    const { stack, apiGateway } = stackWithObject();

    await expect(stack.create('RestApi', { BodyS3Location })).rejects.toThrow(message);

    expect(apiGateway.store.in(testCaller).restApis.size).toBe(0);
  });

  test.each([
    [{}, 's3:GetObject'],
    [{ Version: 'v1' }, 's3:GetObjectVersion'],
  ])('needs the right to read it: %j', async (more, action) => {
    const asked: string[] = [];
    const authorize: Caller['authorize'] = (name, resource) => {
      if (name.startsWith('s3:')) asked.push(`${name} ${resource}`);
    };
    const { stack } = stackWithObject({ ...testCaller, authorize });

    await stack.create('RestApi', { BodyS3Location: { ...LOCATION, ...more } });

    expect(asked).toEqual([`${action} arn:aws:s3:::docs/api.yaml`]);
  });

  test('replaces the one before in an update', async () => {
    const { stack, apiOf, pathsOf } = stackWithObject();
    const { physicalId } = await stack.create('RestApi', { Body: document() });

    await stack.update('RestApi', physicalId, { BodyS3Location: LOCATION });

    expect(apiOf(physicalId).name).toBe('From S3');
    expect(pathsOf(physicalId)).toEqual(['/', '/orders']);
  });
});

describe('the Body of a template', () => {
  test('may be a text in YAML', async () => {
    const { stack, pathsOf } = stackWithObject();

    const { physicalId } = await stack.create('RestApi', { Body: YAML });

    expect(pathsOf(physicalId)).toEqual(['/', '/orders']);
  });

  test('stands beside properties, binary types of both', async () => {
    const { stack, apiOf } = stackWithObject();
    const Body = document({
      'x-amazon-apigateway-binary-media-types': ['image/gif'],
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    });
    const properties = { Name: 'mine', Description: 'mine', BinaryMediaTypes: ['image/png'], Body };

    const { physicalId } = await stack.create('RestApi', properties);

    const both = { name: 'mine', description: 'mine', apiKeySource: 'AUTHORIZER' };
    expect(apiOf(physicalId)).toMatchObject({
      ...both,
      binaryMediaTypes: ['image/png', 'image/gif'],
    });
    await stack.update('RestApi', physicalId, { ...properties, Body: document() });
    expect(apiOf(physicalId)).toMatchObject({
      name: 'mine',
      apiKeySource: 'HEADER',
      binaryMediaTypes: ['image/png'],
    });
  });

  test('declares the variables of its paths', async () => {
    const { stack, apiOf } = stackWithObject();

    const { physicalId } = await stack.create('RestApi', { Body: document() });

    const resource = [...apiOf(physicalId).resources.values()].at(-1);
    expect(resource?.methods.get('GET')?.requestParameters).toEqual({
      'method.request.path.id': true,
    });
  });

  test('has its parameters: base path and type', async () => {
    const { stack, apiOf, pathsOf } = stackWithObject();

    const { physicalId } = await stack.create('RestApi', {
      Body: document({ servers: [{ url: 'https://shop.test/v1' }] }),
      Parameters: {
        basepath: 'prepend',
        endpointConfigurationTypes: 'REGIONAL',
        ignore: 'documentation',
      },
    });

    expect(apiOf(physicalId).endpointConfiguration.types).toEqual(['REGIONAL']);
    expect(pathsOf(physicalId)).toEqual(['/', '/v1', '/v1/orders', '/v1/orders/{id}']);
  });

  test('with warnings is refused where FailOnWarnings says so', async () => {
    const { stack, apiGateway } = stackWithObject();
    const Body = document({ servers: [{ url: '/a' }, { url: '/b' }] });

    await expect(stack.create('RestApi', { Body, FailOnWarnings: true })).rejects.toThrow(
      'Warnings found during import:\n\tMore than one server provided.',
    );
    expect(apiGateway.store.in(testCaller).restApis.size).toBe(0);
    await stack.create('RestApi', { Body, FailOnWarnings: false });
  });
});
