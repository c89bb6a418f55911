import {
  type APIGatewayClient,
  CreateDeploymentCommand,
  GetExportCommand,
} from '@aws-sdk/client-api-gateway';
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
