import {
  type APIGatewayClient,
  CreateDeploymentCommand,
  GetExportCommand,
} from '@aws-sdk/client-api-gateway';
import { load } from 'js-yaml';
import { imported, methodAt, OPENAPI, SWAGGER } from './openapi-documents';

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

describe('exporting', () => {
  test('OpenAPI 3 describes the deployed API', async () => {
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

  // "Any combination": https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html
  test('takes combinations of extensions, and no others', async () => {
    const { sdk, restApiId } = await imported(OPENAPI);
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const extensionsOf = async (extensions?: string) =>
      [
        ...JSON.stringify(await exported(sdk, restApiId, 'oas30', extensions)).matchAll(
          /"x-amazon-apigateway-([a-z-]+)":/g,
        ),
      ]
        .map(([, name]) => name)
        .filter((name, index, all) => all.indexOf(name) === index)
        .sort();

    expect(await extensionsOf()).toEqual(['any-method', 'authtype']);
    expect(await extensionsOf('integrations,authorizers')).toEqual([
      'any-method',
      'authtype',
      'integration',
    ]);
    expect(await extensionsOf('authorizers, integrations, apigateway')).toEqual([
      'any-method',
      'authtype',
      'binary-media-types',
      'gateway-responses',
      'integration',
      'request-validator',
      'request-validators',
    ]);
    await expect(exported(sdk, restApiId, 'oas30', 'integrations,postman')).rejects.toThrow(
      'does not support the export parameter extensions=postman',
    );
  });

  test('is in YAML where the client accepts that', async () => {
    const { sdk, restApiId } = await imported(OPENAPI);
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const command = { restApiId, stageName: 'dev', exportType: 'oas30' };
    const parameters = { extensions: 'apigateway' };

    const { body, contentType, contentDisposition } = await sdk.send(
      new GetExportCommand({ ...command, parameters, accepts: 'application/yaml' }),
    );

    expect(contentType).toBe('application/octet-stream');
    expect(contentDisposition).toBe('attachment; filename="oas30_2.yaml"');
    const yaml = Buffer.from(body ?? []).toString();
    expect(yaml).toMatch(/^---\nopenapi: "3\.0\.1"\ninfo:\n {2}title: "/);
    expect(load(yaml)).toEqual(await exported(sdk, restApiId, 'oas30', 'apigateway'));
  });

  // Recorded: test_export_swagger_openapi and test_export_oas30_openapi, 15-04-2024.
  test('says what operations consume and produce as their document did', async () => {
    const integration = { 'x-amazon-apigateway-integration': { type: 'mock' } };
    const { sdk, restApiId } = await imported({
      swagger: '2.0',
      info: { title: 'Shop' },
      produces: ['text/csv'],
      paths: {
        '/page': {
          get: {
            consumes: ['application/json'],
            produces: ['text/html'],
            responses: { 200: { description: 'A page' } },
            ...integration,
          },
          delete: { responses: { 200: { description: 'ok' } }, ...integration },
        },
      },
    });
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));

    const swagger = await exported(sdk, restApiId, 'swagger');
    const oas30 = await exported(sdk, restApiId, 'oas30');

    expect(swagger.paths['/page']).toEqual({
      get: {
        consumes: ['application/json'],
        produces: ['text/html'],
        responses: { 200: { description: '200 response' } },
      },
      delete: { produces: ['text/csv'], responses: { 200: { description: '200 response' } } },
    });
    expect(swagger).not.toHaveProperty('definitions');
    expect(oas30.components).toEqual({});
    expect(oas30.paths['/page'].get).toEqual({
      responses: { 200: { description: '200 response', content: {} } },
    });
    expect(oas30.info.version).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
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
