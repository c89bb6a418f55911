import {
  type APIGatewayClient,
  CreateDeploymentCommand,
  GetExportCommand,
  GetMethodCommand,
  GetModelCommand,
  GetModelsCommand,
  GetResourcesCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../../local/apigateway';
import { sdkClient } from './sdk-client';

const OPENAPI = {
  openapi: '3.0.1',
  info: { title: 'Streams', description: 'of records', version: '2' },
  'x-amazon-apigateway-request-validators': {
    body: { validateRequestBody: true, validateRequestParameters: false },
  },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { statusCode: 418 } },
  paths: {
    '/streams/{name}': {
      parameters: [{ $ref: '#/components/parameters/Name' }],
      put: {
        operationId: 'PutIt',
        security: [{ sigv4: [] }, { api_key: [] }],
        'x-amazon-apigateway-request-validator': 'body',
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } },
        },
        responses: {
          200: {
            description: 'ok',
            headers: { 'X-A': { schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Items' } } },
          },
          default: { description: 'else' },
        },
        'x-amazon-apigateway-integration': {
          type: 'aws',
          httpMethod: 'POST',
          uri: 'arn:aws:apigateway:us-east-1:kinesis:action/PutRecord',
          credentials: 'arn:aws:iam::000000000000:role/r',
          passthroughBehavior: 'never',
          requestTemplates: { 'application/json': '{}' },
          responses: {
            default: {
              statusCode: '200',
              responseParameters: { 'method.response.header.X-A': "'1'" },
            },
          },
        },
      },
      'x-amazon-apigateway-any-method': {
        responses: {},
        'x-amazon-apigateway-integration': { type: 'mock', passthroughBehavior: 'when_no_match' },
      },
    },
  },
  components: {
    parameters: { Name: { name: 'name', in: 'path', required: true, schema: { type: 'string' } } },
    schemas: {
      Item: {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', example: 'x' } },
      },
      Items: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
    },
    securitySchemes: {
      sigv4: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
      api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    },
  },
};

const SWAGGER = {
  swagger: '2.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      post: {
        consumes: ['application/json'],
        produces: ['application/json'],
        parameters: [
          { in: 'body', name: 'Pet', required: true, schema: { $ref: '#/definitions/Pet' } },
          { in: 'query', name: 'type', type: 'string' },
        ],
        responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } },
        'x-amazon-apigateway-integration': {
          type: 'http',
          httpMethod: 'POST',
          uri: 'http://pets.test/pets',
          responses: { default: { statusCode: '200' } },
        },
      },
    },
  },
  definitions: { Pet: { type: 'object' } },
};

const bytes = (document: unknown) => Buffer.from(JSON.stringify(document));

async function imported(document: unknown) {
  const sdk = sdkClient(createApiGateway());
  const api = await sdk.send(new ImportRestApiCommand({ body: bytes(document) }));
  return { sdk, restApiId: api.id ?? '', api };
}

async function methodAt(
  sdk: APIGatewayClient,
  restApiId: string,
  path: string,
  httpMethod: string,
) {
  const { items } = await sdk.send(new GetResourcesCommand({ restApiId }));
  const resourceId = items?.find((item) => item.path === path)?.id;
  return sdk.send(new GetMethodCommand({ restApiId, resourceId, httpMethod }));
}

async function exported(
  sdk: APIGatewayClient,
  restApiId: string,
  exportType: string,
  extensions?: string,
) {
  const { body, contentDisposition } = await sdk.send(
    new GetExportCommand({
      restApiId,
      stageName: 'dev',
      exportType,
      ...(extensions && { parameters: { extensions } }),
    }),
  );
  expect(contentDisposition).toContain(`filename="${exportType}_`);
  return JSON.parse(Buffer.from(body ?? []).toString());
}

describe('importing', () => {
  test('OpenAPI 3 makes resources, methods, models, validators and responses', async () => {
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

  test('leaves the models of the document and no others', async () => {
    const { sdk, restApiId } = await imported(SWAGGER);

    const { items } = await sdk.send(new GetModelsCommand({ restApiId }));

    expect(items?.map(({ name }) => name)).toEqual(['Pet']);
  });

  test('keeps the ids of paths that are overwritten by themselves', async () => {
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
  ])('takes the base path as it is told to: %s', async (basepath, document, expected) => {
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
    ['documentation', 'document', { ...SWAGGER, 'x-amazon-apigateway-documentation': {} }],
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

  test('ignores documentation when it is told to, and extensions of HTTP APIs anyway', async () => {
    const sdk = sdkClient(createApiGateway());
    const document = {
      ...SWAGGER,
      'x-amazon-apigateway-documentation': {},
      'x-amazon-apigateway-cors': {},
      'x-amazon-apigateway-importexport-version': '1.0',
    };

    const api = await sdk.send(
      new ImportRestApiCommand({
        body: bytes(document),
        parameters: { ignore: 'documentation' },
      }),
    );

    expect(api.name).toBe('Pets');
  });

  test('changes nothing when any of it is refused', async () => {
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
    ['nonsense', 'Unable to build importer with provided input.'],
    ['openapi: 3.0.1', 'does not support API documents in YAML'],
    ['{"openapi":"3.1.0"}', 'does not support OpenAPI 3.1.0'],
    [
      JSON.stringify({ ...OPENAPI, components: { ...OPENAPI.components, securitySchemes: {} } }),
      "does not support the security scheme 'sigv4' (authorizers)",
    ],
  ])('refuses %.30s', async (body, message) => {
    const sdk = sdkClient(createApiGateway());

    await expect(sdk.send(new ImportRestApiCommand({ body: Buffer.from(body) }))).rejects.toThrow(
      message,
    );
  });
});

describe('exporting', () => {
  test('OpenAPI 3 says what was deployed', async () => {
    const { sdk, restApiId } = await imported(OPENAPI);
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));

    const document = await exported(sdk, restApiId, 'oas30');

    expect(document).toMatchObject({
      openapi: '3.0.1',
      info: { title: 'Streams', version: '2' },
      servers: [
        {
          url: `https://${restApiId}.execute-api.us-east-1.amazonaws.com/{basePath}`,
          variables: { basePath: { default: 'dev' } },
        },
      ],
      components: {
        schemas: { Items: { items: { $ref: '#/components/schemas/Item' } } },
        securitySchemes: { api_key: { name: 'x-api-key' } },
      },
    });
    const { put } = document.paths['/streams/{name}'];
    expect(put).toMatchObject({
      operationId: 'PutIt',
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      security: [{ sigv4: [] }, { api_key: [] }],
    });
    expect(put).not.toHaveProperty('x-amazon-apigateway-integration');
  });

  test('Swagger 2 has definitions, a host and a base path', async () => {
    const { sdk, restApiId } = await imported(SWAGGER);
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));

    const document = await exported(sdk, restApiId, 'swagger', 'integrations');

    expect(document).toMatchObject({
      swagger: '2.0',
      host: `${restApiId}.execute-api.us-east-1.amazonaws.com`,
      basePath: '/dev',
      definitions: { Pet: { type: 'object' } },
    });
    expect(document.paths['/pets'].post).toMatchObject({
      consumes: ['application/json'],
      produces: ['application/json'],
      'x-amazon-apigateway-integration': {
        type: 'http',
        passthroughBehavior: 'when_no_match',
        responses: { default: { statusCode: '200' } },
      },
    });
  });

  test.each(['oas30', 'swagger'])('%s with all extensions can be imported again', async (type) => {
    const { sdk, restApiId } = await imported(OPENAPI);
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const document = await exported(sdk, restApiId, type, 'apigateway');

    const again = await imported(document);
    const [before, after] = [
      await methodAt(sdk, restApiId, '/streams/{name}', 'PUT'),
      await methodAt(again.sdk, again.restApiId, '/streams/{name}', 'PUT'),
    ];

    const { requestValidatorId: _before, methodIntegration: from, ...method } = before;
    expect(after).toMatchObject({ ...method, $metadata: expect.anything() });
    expect(after.methodIntegration).toMatchObject({
      ...from,
      cacheNamespace: expect.any(String),
    });
    expect(again.api.binaryMediaTypes).toEqual(['image/png']);
  });
});
