import {
  GetModelCommand,
  GetModelsCommand,
  GetResourcesCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import { bytes, imported, methodAt, OPENAPI, SWAGGER } from './openapi-documents';
import { sdkClient } from './sdk-client';

describe('importing', () => {
  test('OpenAPI 3 creates resources, methods, models, validators and responses', async () => {
    const { sdk, restApiId, api } = await imported(OPENAPI);

    const put = await methodAt(sdk, restApiId, '/streams/{name}', 'PUT');
    const any = await methodAt(sdk, restApiId, '/streams/{name}', 'ANY');
    const items = await sdk.send(new GetModelCommand({ restApiId, modelName: 'Items' }));
    const item = await sdk.send(new GetModelCommand({ restApiId, modelName: 'Item' }));

    expect(api).toMatchObject({
      name: 'Streams',
      description: 'of records',
      version: '2',
      binaryMediaTypes: ['image/png'],
    });
    expect(put).toMatchObject({
      operationName: 'PutIt',
      authorizationType: 'AWS_IAM',
      apiKeyRequired: true,
      requestParameters: { 'method.request.path.name': true },
      requestModels: { 'application/json': 'Item' },
      methodResponses: {
        200: {
          responseModels: { 'application/json': 'Items' },
          responseParameters: { 'method.response.header.X-A': false },
        },
      },
      methodIntegration: {
        type: 'AWS',
        httpMethod: 'POST',
        passthroughBehavior: 'NEVER',
        integrationResponses: { 200: { statusCode: '200' } },
      },
    });
    expect(put.requestValidatorId).toBeDefined();
    expect(any.methodIntegration?.type).toBe('MOCK');
    expect(JSON.parse(items.schema ?? '')).toEqual({
      type: 'array',
      items: {
        $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Item`,
      },
    });
    expect(item.schema).not.toContain('example');
  });

  test('Swagger 2 reads body parameters and schemas', async () => {
    const { sdk, restApiId } = await imported(SWAGGER);

    expect(await methodAt(sdk, restApiId, '/pets', 'POST')).toMatchObject({
      requestParameters: { 'method.request.querystring.type': false },
      requestModels: { 'application/json': 'Pet' },
      methodResponses: { 200: { responseModels: { 'application/json': 'Pet' } } },
      methodIntegration: { type: 'HTTP', uri: 'http://pets.test/pets' },
    });
  });

  // Recorded: test_import_and_validate_rest_api[swagger-mock-cors.json], 02-07-2025.
  test('declares the variables of a path, which mappings may then read', async () => {
    const { sdk, restApiId } = await imported({
      openapi: '3.0.1',
      info: { title: 'T' },
      paths: {
        '/shops/{shop}/{proxy+}': {
          'x-amazon-apigateway-any-method': {
            parameters: [{ name: 'page', in: 'query', schema: { type: 'string' } }],
            'x-amazon-apigateway-integration': {
              type: 'http_proxy',
              httpMethod: 'ANY',
              uri: 'http://shop.test/{proxy}',
              requestParameters: {
                'integration.request.path.proxy': 'method.request.path.proxy',
                'integration.request.header.shop': 'method.request.path.shop',
              },
            },
          },
        },
      },
    });

    const any = await methodAt(sdk, restApiId, '/shops/{shop}/{proxy+}', 'ANY');

    expect(any.requestParameters).toEqual({
      'method.request.querystring.page': false,
      'method.request.path.shop': true,
      'method.request.path.proxy': true,
    });
  });

  test('merges, or overwrites', async () => {
    const { sdk, restApiId } = await imported(OPENAPI);
    const paths = async () =>
      (await sdk.send(new GetResourcesCommand({ restApiId }))).items?.map(({ path }) => path);

    await sdk.send(new PutRestApiCommand({ restApiId, mode: 'merge', body: bytes(SWAGGER) }));
    const merged = await paths();
    await sdk.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', body: bytes(SWAGGER) }));

    expect(merged).toEqual(['/', '/pets', '/streams', '/streams/{name}']);
    expect(await paths()).toEqual(['/', '/pets']);
  });

  test('keeps only the models of the document', async () => {
    const { sdk, restApiId } = await imported(SWAGGER);

    const { items } = await sdk.send(new GetModelsCommand({ restApiId }));

    expect(items?.map(({ name }) => name)).toEqual(['Pet']);
  });

  test('keeps the ids of overwritten paths', async () => {
    const { sdk, restApiId } = await imported(SWAGGER);
    const idsByPath = async () => {
      const { items = [] } = await sdk.send(new GetResourcesCommand({ restApiId }));
      return Object.fromEntries(items.map(({ path, id }) => [path, id]));
    };
    const before = await idsByPath();

    const put = await sdk.send(
      new PutRestApiCommand({ restApiId, mode: 'overwrite', body: bytes(SWAGGER) }),
    );

    expect(await idsByPath()).toEqual(before);
    const method = await methodAt(sdk, restApiId, '/pets', 'POST');
    expect(method.methodIntegration?.cacheNamespace).toBe(before['/pets']);
    expect(put.tags).toEqual({});
  });

  const THREE = {
    openapi: '3.0.1',
    info: { title: 'T' },
    paths: {
      '/pets': { get: { responses: {}, 'x-amazon-apigateway-integration': { type: 'mock' } } },
    },
  };
  const variable = { basePath: { default: '/base-var' } };
  test.each([
    ['ignore', { ...SWAGGER, basePath: '/a/b' }, '/pets'],
    ['prepend', { ...SWAGGER, basePath: '/a/b' }, '/a/b/pets'],
    ['split', { ...SWAGGER, basePath: '/a/b' }, '/b/pets'],
    ['split', { ...SWAGGER, basePath: '/base' }, '/pets'],
    ['prepend', SWAGGER, '/pets'],
    ['prepend', { ...THREE, servers: [{ url: 'https://x.test/u/v/' }] }, '/u/v/pets'],
    ['split', { ...THREE, servers: [{ url: 'https://x.test/u/v/' }] }, '/v/pets'],
    ['prepend', { ...THREE, servers: [{ url: '/u', variables: variable }] }, '/base-var/pets'],
  ])('handles the base path as requested: %s', async (basepath, document, expected) => {
    const sdk = sdkClient(createApiGateway());

    const { id: restApiId } = await sdk.send(
      new ImportRestApiCommand({ body: bytes(document), parameters: { basepath } }),
    );

    const { items = [] } = await sdk.send(new GetResourcesCommand({ restApiId }));
    expect(items.filter(({ resourceMethods }) => resourceMethods).map(({ path }) => path)).toEqual([
      expected,
    ]);
  });

  test.each([
    ['any-thing', 'path', { ...SWAGGER, paths: { '/a': { 'x-amazon-apigateway-any-thing': {} } } }],
    [
      'authorizer',
      'operation',
      { ...SWAGGER, paths: { '/a': { get: { 'x-amazon-apigateway-authorizer': {} } } } },
    ],
  ])('refuses the extension %s of a %s by name', async (name, place, document) => {
    await expect(imported(document)).rejects.toThrow(
      `does not support the extension 'x-amazon-apigateway-${name}' of a ${place}`,
    );
  });

  test('takes documents of 6 MB and no larger ones', async () => {
    const sized = (bytes: number) => {
      const text = JSON.stringify({ ...SWAGGER, 'x-filler': '' });
      return Buffer.from(
        text.replace('"x-filler":""', `"x-filler":"${'x'.repeat(bytes - text.length)}"`),
      );
    };
    const sdk = sdkClient(createApiGateway());

    expect(await sdk.send(new ImportRestApiCommand({ body: sized(6_291_456) }))).toBeDefined();
    await expect(sdk.send(new ImportRestApiCommand({ body: sized(6_291_457) }))).rejects.toThrow(
      'The API definition has 6291457 bytes, and at most 6291456 are allowed',
    );
  });

  // Recorded: test_import_swagger_api, 03-07-2025, imports a document with its documentation.
  test('ignores documentation and extensions of HTTP APIs', async () => {
    const sdk = sdkClient(createApiGateway());
    const document = {
      ...SWAGGER,
      'x-amazon-apigateway-documentation': {},
      'x-amazon-apigateway-cors': {},
      'x-amazon-apigateway-importexport-version': '1.0',
    };

    const both: Record<string, string>[] = [{}, { ignore: 'documentation' }];
    for (const parameters of both) {
      const api = await sdk.send(new ImportRestApiCommand({ body: bytes(document), parameters }));

      expect(api.name).toBe('Pets');
    }
  });

  test('changes nothing if any part is refused', async () => {
    const { sdk, restApiId } = await imported(SWAGGER);
    const broken = structuredClone(OPENAPI);
    broken.paths['/streams/{name}'].put['x-amazon-apigateway-integration'].uri = 'nonsense';

    await expect(
      sdk.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', body: bytes(broken) })),
    ).rejects.toThrow('Invalid ARN specified in the request');

    const { items } = await sdk.send(new GetResourcesCommand({ restApiId }));
    expect(items?.map(({ path }) => path)).toEqual(['/', '/pets']);
  });

  test.each([
    'nonsense',
    '',
    '[]',
    '{"openapi": "3.0.1"',
    'openapi: [3.0.1',
    'openapi: 3.0.1\n---\nopenapi: 3.0.1',
    '{"openapi":"3.1.0"}',
    '{"swagger":"1.2"}',
  ])('refuses %j in AWS’s words', async (body) => {
    // Recorded: test_import_api_bad_file, 18-11-2025.
    const expected = { name: 'BadRequestException', message: 'Invalid OpenAPI input.' };
    const { sdk, restApiId } = await imported(SWAGGER);
    const document = Buffer.from(body);

    await expect(sdk.send(new ImportRestApiCommand({ body: document }))).rejects.toMatchObject(
      expected,
    );
    await expect(
      sdk.send(new PutRestApiCommand({ restApiId, body: document })),
    ).rejects.toMatchObject(expected);
  });
});
